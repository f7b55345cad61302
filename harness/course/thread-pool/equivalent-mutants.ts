/**
 * Mutants of lab 3's right answers that are right, too.
 */

import type { EquivalentMutant } from '../kit/equivalent-mutant.ts';

type Change = Pick<EquivalentMutant, 'was' | 'is'>;

const changes = (was: string, ...others: readonly string[]): readonly Change[] => others.map((is) => ({ was, is }));

/** How long a neighbour works is its own affair. */
const ofNeighbours: readonly Change[] = [
  ...changes('Number(process.env.WORK_SECONDS) * 1_000', 'Number(process.env.WORK_SECONDS) / 1_000'),
  ...changes('workMs > 0', 'true', 'false', 'workMs >= 0', 'workMs <= 0', '!(workMs > 0)'),
  ...changes('await setTimeout(workMs)', 'setTimeout(workMs)'),
];

const LETTER = '{ QueueUrl, MessageBody: JSON.stringify(detail) }';

/** The function has a dead-letter queue, too. */
const ofParking: readonly Change[] = [
  ...changes('amount > MOST_BOOKABLE', 'false'),
  ...changes(
    `{ const QueueUrl = process.env.DEAD_LETTERS_URL; await sqs.send(new SendMessageCommand(${LETTER})); return; }`,
    '{}',
  ),
  ...changes(LETTER, '{}', '{ MessageBody: JSON.stringify(detail) }', '{ QueueUrl }'),
];

export const equivalentMutants: readonly EquivalentMutant[] = [
  ...ofNeighbours.map((change) => ({
    answer: 'solution',
    path: 'src/neighbours.ts',
    ...change,
    reason: 'A plan of the account holds however long a neighbour works.',
  })),
  ...ofParking.map((change) => ({
    answer: 'parked-by-the-handler',
    path: 'src/book.ts',
    ...change,
    reason: 'Then the event fails three times, and Lambda puts it into the dead-letter queue.',
  })),
];
