/**
 * Mutants of lab 3's right answers that are right, too.
 *
 * All of them change how long a neighbour works. That is its own affair: a plan that holds does so however long it takes.
 */

import type { EquivalentMutant } from '../kit/equivalent-mutant.ts';

const ITS_OWN_AFFAIR = 'A plan of the account holds however long a neighbour works.';

const CHANGES: readonly (readonly [was: string, is: string])[] = [
  ['Number(process.env.WORK_SECONDS) * 1_000', 'Number(process.env.WORK_SECONDS) / 1_000'],
  ['workMs > 0', 'true'],
  ['workMs > 0', 'false'],
  ['workMs > 0', 'workMs >= 0'],
  ['workMs > 0', 'workMs <= 0'],
  ['workMs > 0', '!(workMs > 0)'],
  ['await setTimeout(workMs)', 'setTimeout(workMs)'],
];

const ANSWERS = ['solution', 'queue-with-a-maximum', 'failure-destination', 'parked-by-the-handler'];

export const equivalentMutants: readonly EquivalentMutant[] = ANSWERS.flatMap((answer) =>
  CHANGES.map(([was, is]) => ({ answer, path: 'src/neighbours.ts', was, is, reason: ITS_OWN_AFFAIR })),
);
