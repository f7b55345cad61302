/**
 * Finds writes that their own condition refused, and what their senders did next: try again, give up, or go on as if nothing
 * had happened.
 *
 * A refused write that is followed by a successful one is the pattern working, and is not mentioned. The same holds if its
 * message is reported as failed, since it is delivered again, and if its sender then called another service.
 */

import type { Access, CallSeen } from '../../simulator/contract/shown.ts';
import type { Actor } from '../../simulator/contract/trace-entry.ts';
import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import { count } from '../../words/phrases.ts';
import { atStep, type Numbering } from './numbering.ts';

/** One invocation whose last write was refused, and how it ended. */
export interface RefusedInvocation {
  readonly actor: Actor;
  /** The refused writes in order. */
  readonly refused: readonly [Access, ...Access[]];
  readonly end: TraceEntry;
  readonly gaveUp: boolean;
  /** What the invocation had from a queue or a stream, and reported as done; null if it reported nothing as done. */
  readonly tookForDone: 'message' | 'record' | null;
}

/** Invocations that ended without a successful write after a refused one. In a batch, each item is looked at separately. */
export function refusals(trace: Trace, accesses: readonly Access[]): readonly RefusedInvocation[] {
  return trace.flatMap((end) => {
    if (end.event.kind !== 'invocation-ended') return [];
    const { invocation, outcome } = end.event;
    const reported = outcome.kind === 'returned' ? failuresIn(outcome.payload) : null;
    if (reported !== null && reported > 0) return [];
    const own = accesses.filter((access) => access.actor === invocation && access.kind !== 'read');
    const records = recordsOf(invocation, trace);
    const batch = records.length > 1;
    const tookForDone = reported === 0 ? (isOfStream(records) ? 'record' : 'message') : null;
    const works = batch ? [...Map.groupBy(own, ({ path }) => path).values()] : [own];
    return works.flatMap((work) => {
      const lastWrite = work.findLastIndex((access) => access.kind === 'write');
      const [first, ...more] = work.slice(lastWrite + 1);
      if (first === undefined || (batch ? actedNext(first, trace) : actedSince(first, trace))) return [];
      const refused = [first, ...more] as const;
      return [{ actor: invocation, refused, end, gaveUp: outcome.kind === 'failed', tookForDone }];
    });
  });
}

/** What the invocation was given of a queue or a stream. */
function recordsOf(invocation: Actor, trace: Trace): readonly unknown[] {
  const start = trace.find(({ event }) => event.kind === 'invocation-started' && event.invocation === invocation);
  const payload: unknown = start?.event.kind === 'invocation-started' ? start.event.payload : null;
  const records: unknown = Reflect.get(Object(payload), 'Records');
  return Array.isArray(records) ? records : [];
}

/** A stream keeps its records: what is done is passed over, and not deleted. */
function isOfStream([first]: readonly unknown[]): boolean {
  const source: unknown = Reflect.get(Object(first), 'eventSource');
  return source === 'aws:kinesis' || source === 'aws:dynamodb';
}

/** Whether the sender went on to act elsewhere, which shows that it handled the refusal. */
function actedSince({ actor, entry }: Access, trace: Trace): boolean {
  return trace.some(({ seq, actor: other, event }) => {
    if (seq < entry.seq || other !== actor || event.kind !== 'call-applied') return false;
    return event.service !== entry.event.service && event.answer?.ok !== false;
  });
}

/** The same for a batch, where calls after the next one may be about another message. */
function actedNext({ actor, entry }: Access, trace: Trace): boolean {
  const next = trace.find((it) => it.seq > entry.seq && it.actor === actor && it.event.kind === 'call-applied')?.event;
  return next?.kind === 'call-applied' && next.service !== entry.event.service && next.answer?.ok !== false;
}

/** How many messages of its batch an invocation has reported as failed; null if it reports no failures at all (SE-12). */
function failuresIn(payload: unknown): number | null {
  const failures: unknown = Reflect.get(Object(payload), 'batchItemFailures');
  return Array.isArray(failures) ? failures.length : null;
}

/** Whether an invocation ended with the error of its own refused write. That end is told together with the write. */
export function isToldByRefusal({ event }: TraceEntry, accesses: readonly Access[]): boolean {
  if (event.kind !== 'invocation-ended' || event.outcome.kind !== 'failed') return false;
  const { invocation, outcome } = event;
  return accesses.some((access) => {
    const isOwn = access.actor === invocation && access.kind === 'refused-write';
    return isOwn && refusalCodeOf(access.entry) === outcome.error.errorType;
  });
}

/** The error code of the answer to a call; null if it was not refused. */
export function refusalCodeOf({ event }: CallSeen): string | null {
  return event.answer?.ok === false ? event.answer.error.code : null;
}

const DONE = { message: 'message was deleted', record: 'record does not come again' } as const;

/** Why the condition failed, and what the invocation did then. */
export function explainRefusal(
  refusal: RefusedInvocation,
  accesses: readonly Access[],
  numbering: Numbering,
): readonly string[] {
  const { actor, refused, end, gaveUp, tookForDone } = refusal;
  const rounds = refused.slice(0, 3).map((write, index) => sayRound(write, index, refused, accesses, numbering));
  const attempts = refused.length === 1 ? 'its only attempt' : count(refused.length, 'attempt');
  const last = gaveUp
    ? `After ${attempts} ${actor} gave up and failed.`
    : tookForDone === null
      ? `${actor} answered${atStep(numbering, end)} all the same, though it had written nothing.`
      : `${actor} took that for done${atStep(numbering, end)}, so its ${DONE[tookForDone]}.`;
  return [...rounds, last];
}

function sayRound(
  write: Access,
  index: number,
  refused: readonly Access[],
  accesses: readonly Access[],
  numbering: Numbering,
): string {
  const { actor } = write;
  const at = (access: Access) => atStep(numbering, access.entry);
  const earlier = accesses.slice(0, accesses.indexOf(write)).filter((access) => access.path === write.path);
  const read = earlier.findLast((access) => access.actor === actor && access.kind === 'read');
  const before = refused[index - 1];
  if (before !== undefined && read !== undefined && accesses.indexOf(read) < accesses.indexOf(before)) {
    return `It tried again${at(write)} without reading again, so the condition failed again.`;
  }
  const winner = earlier.findLast((access) => access.actor !== actor && access.kind === 'write');
  const failed = `the condition of ${actor}'s write${at(write)} failed`;
  if (winner === undefined) return `T${failed.slice(1)}.`;
  const had = read === undefined ? '' : `${actor} read${at(read)}, `;
  return `${had}${winner.actor} wrote${at(winner)}, so ${failed}.`;
}
