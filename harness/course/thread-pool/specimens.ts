/**
 * Runs of the solution that the page of lab 3 shows although no check fails in them.
 */

import type { Trace } from '../../simulator/trace.ts';
import { strikesOf } from '../kit/counters/faults.ts';
import type { Specimen } from '../kit/definition.ts';
import { olderAfterNewer } from './checks/overtaking.ts';
import { crashed, overtakingStates } from './scenarios/orders.ts';

export const specimens: readonly Specimen[] = [
  {
    name: 'abandoned',
    scenario: crashed,
    headline: 'The function crashes while legacy is at work for it, and legacy finishes for a caller that is gone.',
    shows: (trace) => trace.some(({ event }) => event.kind === 'downstream-left' && event.abandoned),
  },
  {
    name: 'overtaken',
    scenario: overtakingStates,
    headline: 'The second state is booked before the first one, and stays in the table.',
    shows: isOvertakenWithoutTrouble,
  },
];

/** Whether legacy was told the newer state first, and no event came twice. */
function isOvertakenWithoutTrouble(trace: Trace): boolean {
  return olderAfterNewer().of(trace) > 0 && strikesOf('duplicate').of(trace) === 0;
}
