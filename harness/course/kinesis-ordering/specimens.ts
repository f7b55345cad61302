/**
 * Runs that the page of lab 5 shows: of the solution, and one of a wrong fix.
 */

import type { Trace } from '../../simulator/trace.ts';
import { mostInFlight } from '../kit/counters/in-flight.ts';
import type { Specimen } from '../kit/definition.ts';
import { APPLY } from './checks/counters.ts';
import { poison } from './scenarios/poison.ts';
import { publishing } from './scenarios/publishing.ts';
import { lateWrite, twoAccounts } from './scenarios/small.ts';

export const specimens: readonly Specimen[] = [
  {
    name: 'side-by-side',
    scenario: twoAccounts,
    headline: 'Two accounts are worked on at once, each in order.',
    shows: (trace) => mostInFlight(APPLY).of(trace) >= 2,
  },
  {
    name: 'old-write',
    scenario: lateWrite,
    headline: 'A write arrives when the account is further on, and the table refuses it.',
    shows: (trace) => cutOffCalls(trace).some((call) => isRefused(trace, call)),
  },
  {
    name: 'bisected',
    scenario: poison,
    headline: 'A batch is split until the broken record stands alone, and the queue learns where it is.',
    shows: (trace) =>
      trace.some(
        ({ event }) => event.kind === 'records-given-up' && event.itemIds.length === 1 && event.sentTo !== null,
      ),
  },
  {
    name: 'turned-round',
    mutant: 'two-of-one-account',
    scenario: publishing,
    headline:
      'Two events of one account go with one request, each under its account’s key, and are stored the wrong way round.',
    shows: (trace) => storedSequences(trace).some(([before, after]) => before > after),
  },
];

/** The numbers of each two records that were stored one after the other with one key. */
function storedSequences(trace: Trace): readonly (readonly [before: number, after: number])[] {
  const last = new Map<string, number>();
  return trace.flatMap(({ event }) => {
    if (event.kind !== 'stream-record-put' || event.data === null) return [];
    const { seq }: { readonly seq?: unknown } = Object(JSON.parse(event.data));
    const before = last.get(event.partitionKey);
    last.set(event.partitionKey, Number(seq));
    return before === undefined ? [] : [[before, Number(seq)] as const];
  });
}

/** The calls of invocations that were cut off before an answer came. */
function cutOffCalls(trace: Trace): readonly string[] {
  return trace.flatMap(({ event }) =>
    event.kind === 'call-dropped' && event.why === 'sender-died' ? [event.call] : [],
  );
}

function isRefused(trace: Trace, call: string): boolean {
  return trace.some(({ event }) => event.kind === 'call-applied' && event.call === call && event.answer?.ok === false);
}
