/**
 * The systems that a lab protects, as a service. `Invoke` reaches them by a function name; they are no functions otherwise.
 *
 * They stand outside the account's concurrency. A request enters when its call is applied, and leaves at any moment within
 * the service time. Its sender may have died by then, which a downstream cannot know. The lab defines what a downstream does
 * (contract/downstream.ts).
 */

import { type AwsAnswer, type CallId, type Input, notSimulated, ok } from '../../contract/answer.ts';
import type { AnsweredInstead } from '../../contract/call-fault.ts';
import { type Downstream, functionNameOf, type Ledger } from '../../contract/downstream.ts';
import { answeredAtOnce, type Effect, type Served, type Step } from '../../contract/effect.ts';
import { type Footprint, NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { WaitMs } from '../../contract/latency.ts';
import type { Moment } from '../../contract/moment.ts';
import type { ServiceCall, ServiceModule } from '../../contract/service-module.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { fromUtf8, toUtf8 } from '../../contract/utf8.ts';
import { invariant } from '../../kernel/bug.ts';
import { showDownstreams } from './shown.ts';
import type { DownstreamEvent } from './trace-events.ts';

export interface DownstreamState {
  readonly all: readonly Downstream[];
  /** The ledgers, by the downstream's name. */
  readonly ledgers: Map<string, Ledger>;
}

/** The service's message that the work on a request is done. */
export interface WorkDone {
  readonly downstream: string;
  readonly pending: string;
  readonly call: CallId;
  readonly by: Actor;
}

export const DOWNSTREAM: ServiceModule<DownstreamState, WorkDone, DownstreamEvent> = {
  name: 'downstream',
  service: 'Lambda',
  client: null,
  arns: [],
  resourceTypes: [],
  faults: ['refused'],
  latency: () => WAY,
  create: ({ downstreams: all }) => ({ all, ledgers: new Map(all.map(({ name, ledger }) => [name, ledger])) }),
  copy: ({ all, ledgers }) => ({ all, ledgers: new Map(ledgers) }),
  claims: (state, { operation, input }) => operation === 'Invoke' && downstreamOf(state, input) !== undefined,
  faultsAt: refusing,
  call: enter,
  on: leave,
  shown: showDownstreams,
};

/** A policy: the way to a downstream is as long as the way to a warm function. */
const WAY: WaitMs = { fromMs: 4, toMs: 16 };

/** The ledger of a downstream at this moment, and the footprint of reading it. */
export function ledgerOf(
  { ledgers }: DownstreamState,
  name: string,
): { readonly ledger: Ledger; readonly footprint: Footprint } {
  return { ledger: ledgers.get(name) ?? {}, footprint: footprintOf(name) };
}

function downstreamOf({ all }: DownstreamState, { FunctionName }: Input): Downstream | undefined {
  return all.find((one) => functionNameOf(one) === FunctionName);
}

/** The refusal that a request may meet, if the downstream has one. Nothing is written into its ledger. */
function refusing(state: DownstreamState, { input }: ServiceCall): readonly AnsweredInstead[] {
  const refusal = downstreamOf(state, input)?.refusal;
  if (refusal === undefined || !isAwaited(input)) return [];
  return [{ fault: 'refused', served: answeredAtOnce(answered(refusal), NO_FOOTPRINT) }];
}

function isAwaited({ InvocationType }: Input): boolean {
  return (InvocationType ?? 'RequestResponse') === 'RequestResponse';
}

/** Takes a request that arrives. */
function enter(state: DownstreamState, call: ServiceCall, moment: Moment): Served<WorkDone, DownstreamEvent> {
  const { id, by, input } = call;
  const downstream = downstreamOf(state, input);
  invariant(downstream !== undefined, `no downstream «${String(input.FunctionName)}»`);
  const { name } = downstream;
  if (!isAwaited(input)) {
    const what = `Invoking the downstream ${name} with InvocationType «${String(input.InvocationType)}»`;
    return answeredAtOnce(notSimulated(what), NO_FOOTPRINT);
  }
  const request = requestIn(input.Payload);
  const entered = downstream.enter(ledgerOf(state, name).ledger, request, moment.nowMs + moment.epochMs);
  state.ledgers.set(name, entered.ledger);
  const footprint = footprintOf(name);
  const noted = note(by, { kind: 'downstream-entered', downstream: name, call: id, request });
  if (!('pending' in entered)) {
    const { answer } = entered;
    return { answer: answered(answer), effects: [noted, noteExit(name, call, answer, moment)], footprint };
  }
  const done: WorkDone = { downstream: name, pending: entered.pending, call: id, by };
  return { answer: null, effects: [noted, working(downstream, done, moment)], footprint };
}

/**
 * The effects of work in progress. In a timed run it takes exactly the service time; in exploration at most the service time,
 * and its end moves no clock.
 */
function working(
  { name, serviceTimeMs }: Downstream,
  message: WorkDone,
  { nowMs, isTimed }: Moment,
): Effect<WorkDone, DownstreamEvent> {
  const timer = {
    kind: 'timer',
    of: `${message.call}/${name}`,
    message,
    label: `${name} works for ${message.by}`,
  } as const;
  const endMs = nowMs + serviceTimeMs;
  return isTimed ? { ...timer, as: 'sleep', atMs: endMs } : { ...timer, as: 'step', atMs: nowMs, latestMs: endMs };
}

function leave(state: DownstreamState, message: WorkDone, moment: Moment): Step<WorkDone, DownstreamEvent> {
  const { downstream: name, pending, call, by } = message;
  const downstream = state.all.find((one) => one.name === name);
  invariant(downstream !== undefined, `no downstream «${name}»`);
  const left = downstream.leave(ledgerOf(state, name).ledger, pending, moment.nowMs + moment.epochMs);
  state.ledgers.set(name, left.ledger);
  const noted = noteExit(name, { id: call, by }, left.answer, moment);
  return {
    effects: [noted, { kind: 'reply', call, answer: answered(left.answer) }],
    footprint: footprintOf(name),
  };
}

function noteExit(
  downstream: string,
  { id: call, by }: Pick<ServiceCall, 'id' | 'by'>,
  answer: unknown,
  moment: Moment,
): Effect<WorkDone, DownstreamEvent> {
  return note(by, { kind: 'downstream-left', downstream, call, answer, abandoned: !moment.isSenderAlive(call) });
}

function note(by: Actor, event: DownstreamEvent): Effect<WorkDone, DownstreamEvent> {
  return { kind: 'note', by, event };
}

function answered(answer: unknown): AwsAnswer {
  const Payload = toUtf8(JSON.stringify(answer ?? null));
  return ok({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload });
}

/** The request as JSON; null if it is not JSON. */
function requestIn(payload: unknown): unknown {
  const text = payload instanceof Uint8Array ? fromUtf8(payload) : String(payload ?? '{}');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function footprintOf(name: string): Footprint {
  return { reads: [], writes: [`downstream/${name}`] };
}
