/**
 * Turns the moves of «let a write come late» into a trace of the simulator's shape, so that the same drawing shows both.
 *
 * Times and ids mean nothing here; the drawing shows neither.
 */

import type { AwsAnswer } from '../../../simulator/contract/answer.ts';
import type { Trace, TraceEvent } from '../../../simulator/trace.ts';
import { type Happening, traceOfMoves } from '../../kit/puzzle-trace.ts';
import { type AccountRuns, type ApplyRun, type BookedAccount, playApplying, seqOf, written } from './late-write.ts';

/** The account of the puzzle. */
export const ACCOUNT = 'a-7';

const TABLE = 'Accounts';
const KEY = { account: ACCOUNT };
const PATH = `dynamodb/${TABLE}/${ACCOUNT}`;

/** These moves as a trace. A move that changes nothing makes no step. */
export function traceOfApplying(moves: readonly ApplyRun[]): Trace {
  return traceOfMoves(moves, { play: playApplying, happens: eventsOf });
}

function eventsOf(run: ApplyRun, before: AccountRuns, after: AccountRuns): readonly Happening[] {
  if (after === before) return [];
  const of = (...events: readonly TraceEvent[]) => events.map((event) => ({ actor: run, event }));
  const progress = before.runs[run];
  switch (progress.next) {
    case 'look': {
      const ends = after.runs[run].next === null ? [ended(run)] : [];
      return of(started(run), applied(run, 'GetItem', before.account), ...ends);
    }
    case 'send':
      return of(sent(run, written(run, progress)), reset(run));
    case 'arrive':
      return of(...arrived(run, before, written(run, progress)));
    case 'write':
      return of(...arrived(run, before, written(run, progress)), ended(run));
    case null:
      return [];
  }
}

const common = (run: ApplyRun) => ({ invocation: run, functionName: 'apply', environment: environmentOf(run) });

/** The first one dies with its invocation, and another one takes its place. */
function environmentOf(run: ApplyRun): string {
  return run === 'apply#1' ? 'apply/1' : 'apply/2';
}

function started(run: ApplyRun): TraceEvent {
  const payload = { Records: [{ kinesis: { partitionKey: ACCOUNT, sequenceNumber: `…${seqOf(run)}` } }] };
  return { kind: 'invocation-started', ...common(run), cold: run !== 'apply#3', requestId: run, payload };
}

function ended(run: ApplyRun): TraceEvent {
  return { kind: 'invocation-ended', ...common(run), outcome: { kind: 'returned', payload: null } };
}

function reset(run: ApplyRun): TraceEvent {
  return { kind: 'environment-reset', functionName: 'apply', environment: environmentOf(run), why: 'timeout' };
}

function itemOf(account: BookedAccount | null): object | null {
  return account === null ? null : { ...KEY, ...account };
}

function sent(run: ApplyRun, item: BookedAccount): TraceEvent {
  const input = { TableName: TABLE, Item: itemOf(item) };
  return { kind: 'call-sent', call: `${run}/PutItem`, service: 'DynamoDB', operation: 'PutItem', input };
}

function applied(run: ApplyRun, operation: 'GetItem' | 'PutItem', account: BookedAccount | null): TraceEvent {
  const item = itemOf(account);
  const isWrite = operation === 'PutItem';
  const input = isWrite ? { TableName: TABLE, Item: item } : { TableName: TABLE, Key: KEY };
  const answer: AwsAnswer = { ok: true, output: isWrite || item === null ? {} : { Item: item } };
  const footprint = { reads: [PATH], writes: isWrite ? [PATH] : [] };
  return {
    kind: 'call-applied',
    call: `${run}/${operation}`,
    service: 'DynamoDB',
    operation,
    input,
    answer,
    footprint,
  };
}

function arrived(run: ApplyRun, { account }: AccountRuns, item: BookedAccount): readonly TraceEvent[] {
  return [
    applied(run, 'PutItem', item),
    { kind: 'item-changed', table: TABLE, key: KEY, before: itemOf(account), after: itemOf(item) },
  ];
}
