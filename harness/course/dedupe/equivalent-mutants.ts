/**
 * Mutants of lab 4's right answers that are right, too.
 *
 * Most of them are guards for types: a value that is optional for TypeScript is always there when DynamoDB has answered, and a handler that
 * throws one error instead of another gets its message again either way.
 */

import type { EquivalentMutant } from '../kit/equivalent-mutant.ts';

const COMES_AGAIN = 'It throws another error then, and a message whose handler throws comes again.';
const ALWAYS_THERE = 'DynamoDB answers with it whenever this line is reached.';
const NEVER_WRITTEN = 'The document client refuses to write undefined, so it throws, and the message comes again.';

type Place = Pick<EquivalentMutant, 'answer' | 'path'>;

const of = (place: Place, was: string, is: string, reason: string): EquivalentMutant => ({ ...place, was, is, reason });

const giftCard: Place = { answer: 'solution', path: 'src/gift-card.ts' };
const card: Place = { answer: 'solution', path: 'src/card.ts' };
const withoutClock: Place = { answer: 'no-clock-no-transaction', path: 'src/card.ts' };

/** The same lines stand in two answers. */
const charging = (place: Place): readonly EquivalentMutant[] => [
  of(place, '!(error instanceof ConditionalCheckFailedException)', 'false', COMES_AGAIN),
  of(place, 'error.Item?.chargeId', 'error.Item.chargeId', ALWAYS_THERE),
  of(place, 'error.Item?.chargeId?.S', 'error.Item?.chargeId.S', COMES_AGAIN),
  of(place, 'status !== 200', 'false', 'An answer with another status has no chargeId, which is asked next.'),
  of(place, 'status !== 200 || chargeId === undefined', 'false', NEVER_WRITTEN),
  of(place, 'status !== 200 || chargeId === undefined', 'status !== 200 && chargeId === undefined', NEVER_WRITTEN),
  of(place, 'chargeId === undefined', 'false', 'An answer with status 200 has a chargeId.'),
];

export const equivalentMutants: readonly EquivalentMutant[] = [
  of(
    { answer: 'powertools', path: 'src/card.ts' },
    'chargeId === undefined',
    'false',
    'An answer with status 200 has a chargeId.',
  ),
  of(giftCard, 'error.CancellationReasons?.[0]', 'error.CancellationReasons[0]', ALWAYS_THERE),
  of(giftCard, 'error.CancellationReasons?.[0]?.Code', 'error.CancellationReasons?.[0].Code', ALWAYS_THERE),
  ...charging(card),
  ...charging(withoutClock),
  of(
    { answer: 'solution', path: 'src/ask.ts' },
    'FunctionError !== undefined',
    'false',
    'The systems behind this lab answer with a status and never end with a function error.',
  ),
  of(
    { answer: 'ask-what-was-there', path: 'src/gift-card.ts' },
    '{ TableName: GiftCards, Key: { giftCardId }, ConsistentRead: true }',
    '{ TableName: GiftCards, Key: { giftCardId } }',
    'A balance that was read too early fails the condition of the write, and the message comes again.',
  ),
  of(
    { answer: 'no-clock-no-transaction', path: 'src/debit.ts' },
    'Attributes?.claimedBy',
    'Attributes.claimedBy',
    ALWAYS_THERE,
  ),
];
