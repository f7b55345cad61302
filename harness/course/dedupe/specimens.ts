/**
 * Runs of the solution that the page of lab 4 shows although no check fails in them.
 */

import type { Trace } from '../../simulator/trace.ts';
import type { Specimen } from '../kit/definition.ts';
import { cardCrash } from './scenarios/cards.ts';

export const specimens: readonly Specimen[] = [
  {
    name: 'healed',
    scenario: cardCrash,
    headline: 'The consumer crashes after the charge, and order o-31 is charged once.',
    shows: isAbandoned,
  },
];

/** Whether the API finished a charge after its caller had crashed. */
function isAbandoned(trace: Trace): boolean {
  return trace.some(({ event }) => event.kind === 'downstream-left' && event.abandoned);
}
