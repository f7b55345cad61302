/**
 * Calls to the systems that a lab protects: answered by the world, outside the account's concurrency.
 *
 * A request enters when its call is applied, and leaves at any moment within the service time. Whoever asked may be dead by
 * then; the downstream could not know.
 */

import { type AwsAnswer, type Footprint, NO_FOOTPRINT, notSimulated, ok } from '../services/service.ts';
import { fromUtf8, toUtf8 } from '../services/utf8.ts';
import { answerWaiting } from './answers.ts';
import type { PendingCall, RunContext } from './context.ts';
import { type Downstream, functionNameOf } from './downstream.ts';
import { ofDownstream } from './footprints.ts';

/** The downstream that a call is for, or null. */
export function downstreamOf(context: RunContext, { service, operation, input }: PendingCall): Downstream | null {
  if (service !== 'Lambda' || operation !== 'Invoke') return null;
  const all = context.options.downstreams ?? [];
  return all.find((one) => functionNameOf(one) === input.FunctionName) ?? null;
}

export interface DownstreamStep {
  /** Null while the downstream is at work. */
  readonly answer: AwsAnswer | null;
  readonly footprint: Footprint;
  /** Notes it, and sees to the end of the work. */
  follow(cause: number): void;
}

/** A request arrives. */
export function enter(context: RunContext, call: PendingCall, downstream: Downstream): DownstreamStep {
  const { name } = downstream;
  if ((call.input.InvocationType ?? 'RequestResponse') !== 'RequestResponse')
    return refusal(notSimulated(`Invoking the downstream ${name} with InvocationType «${call.input.InvocationType}»`));
  const request = requestIn(call.input.Payload);
  const nowMs = context.clock.nowMs + context.options.epochMs;
  const entered = downstream.enter(context.ledgers.get(name) ?? downstream.ledger, request, nowMs);
  context.ledgers.set(name, entered.ledger);
  const noteEntry = (cause: number) =>
    context.recorder.note(call.actor, cause, { kind: 'downstream-entered', downstream: name, call: call.id, request });
  const footprint = ofDownstream(name);
  if (!('pending' in entered)) {
    const { answer } = entered;
    return {
      answer: answered(answer),
      footprint,
      follow: (cause) => {
        noteExit(context, call, name, answer, noteEntry(cause));
      },
    };
  }
  return {
    answer: null,
    footprint,
    follow(cause) {
      const noted = noteEntry(cause);
      const about = { lane: `${call.id}/${name}`, label: `${name} works for ${call.actor}`, cause: noted };
      const end = () => leave(context, call, downstream, entered.pending, noted);
      const { serviceTimeMs } = downstream;
      // In a timed run it takes so long; in exploration at most so long, and its end moves no clock.
      if (context.options.latency !== undefined) context.schedule('sleep', serviceTimeMs, about, end);
      else context.schedule('step', 0, { ...about, latestMs: context.clock.nowMs + serviceTimeMs }, end);
    },
  };
}

function leave(context: RunContext, call: PendingCall, downstream: Downstream, pending: string, cause: number): void {
  const { name } = downstream;
  context.touch(ofDownstream(name));
  const nowMs = context.clock.nowMs + context.options.epochMs;
  const left = downstream.leave(context.ledgers.get(name) ?? downstream.ledger, pending, nowMs);
  context.ledgers.set(name, left.ledger);
  const noted = noteExit(context, call, name, left.answer, cause);
  answerWaiting(context, call.id, answered(left.answer), noted);
}

function noteExit(context: RunContext, call: PendingCall, name: string, answer: unknown, cause: number): number {
  const abandoned = call.environment !== null && !call.environment.alive;
  return context.recorder.note(call.actor, cause, {
    kind: 'downstream-left',
    downstream: name,
    call: call.id,
    answer,
    abandoned,
  });
}

function answered(answer: unknown): AwsAnswer {
  const Payload = toUtf8(JSON.stringify(answer ?? null));
  return ok({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload });
}

function refusal(answer: AwsAnswer): DownstreamStep {
  return { answer, footprint: NO_FOOTPRINT, follow() {} };
}

/** The request as JSON; null for what is none. */
function requestIn(payload: unknown): unknown {
  const text = payload instanceof Uint8Array ? fromUtf8(payload) : String(payload ?? '{}');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
