/**
 * Runs that the page of lab 6 shows: of the solution, and one of a wrong fix.
 */

import type { Trace } from '../../simulator/trace.ts';
import type { Specimen } from '../kit/definition.ts';
import { mostAtWorkOfOne } from './checks/counters.ts';
import { poison } from './scenarios/poison.ts';
import { busy, legacyRefuses } from './scenarios/small.ts';

export const specimens: readonly Specimen[] = [
  {
    name: 'died-waiting',
    mutant: 'reserved-and-no-maximum',
    scenario: busy,
    headline: 'A healthy event is in the dead-letter queue, and no invocation has ever had it.',
    shows: (trace) => trace.some(({ event }) => event.kind === 'message-dead-lettered'),
  },
  {
    name: 'kept-back',
    scenario: busy,
    headline: 'Two batches are at work, and the third order stays in its queue until one of them is done.',
    // Three batches, and never three at once: one of them has waited.
    shows: (trace) => mostAtWorkOfOne().of(trace) === 2 && countBatches(trace) >= 3,
  },
  {
    name: 'rest-given-back',
    scenario: legacyRefuses,
    headline: 'Legacy refuses an event, and the one behind it goes back with it.',
    shows: (trace) => countReceived(trace) >= 2,
  },
  {
    name: 'behind-the-poison',
    scenario: poison,
    headline:
      'An event that can never be applied becomes a dead letter, and what came with it of its order is behind it.',
    shows: (trace) => trace.filter(({ event }) => event.kind === 'message-dead-lettered').length >= 2,
  },
];

/** How many batches the warehouse was given. */
function countBatches(trace: Trace): number {
  return trace.filter(({ event }) => event.kind === 'invocation-started' && event.functionName === 'stock').length;
}

/** How many messages came twice. */
function countReceived(trace: Trace): number {
  return trace.filter(({ event }) => event.kind === 'message-received' && event.receiveCount === 2).length;
}
