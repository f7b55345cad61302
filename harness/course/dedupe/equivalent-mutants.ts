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
const WITH_STATUS = 'An answer with status 200 has a chargeId.';
const WITHOUT_ID = 'An answer with another status has no chargeId, which is asked next.';
/** `claim` asks for a chargeId as well, and there it is none of these. */
const ANSWERED = { line: 'if (status !== 200' };
const SET_BY_THE_TEMPLATE = 'The template sets the variable.';

const giftCard: Place = { answer: 'solution', path: 'src/gift-card.ts' };
const card: Place = { answer: 'solution', path: 'src/card.ts' };
const withoutClock: Place = { answer: 'no-clock-no-transaction', path: 'src/card.ts' };

/** The same lines stand in two answers. */
const charging = (place: Place): readonly EquivalentMutant[] => [
  of(place, '!(error instanceof ConditionalCheckFailedException)', 'false', COMES_AGAIN),
  of(place, 'error.Item?.chargeId', 'error.Item.chargeId', ALWAYS_THERE),
  of(place, 'error.Item?.chargeId?.S', 'error.Item?.chargeId.S', COMES_AGAIN),
  of(place, 'status !== 200', 'false', WITHOUT_ID),
  of(place, 'status !== 200 || chargeId === undefined', 'status !== 200 && chargeId === undefined', NEVER_WRITTEN),
  { ...of(place, 'chargeId === undefined', 'false', WITH_STATUS), ...ANSWERED },
];

const askedCard: Place = { answer: 'ask-what-was-there', path: 'src/gift-card.ts' };
const askedCharge: Place = { answer: 'ask-what-was-there', path: 'src/card.ts' };
const READ_TOO_EARLY =
  'A balance that was read too early fails the condition of the write, and the message comes again.';
const NO_CODE = 'An error that is no cancelled transaction has no code either way, so it is thrown.';
const NOT_MINE =
  'What is not the claim that was just made belongs to another delivery: it is thrown back, whatever it says.';
const NOT_OK = "!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException'";

/** An answer that reads before it writes, and asks what stands there. */
const asking: readonly EquivalentMutant[] = [
  of(
    askedCard,
    '{ TableName: GiftCards, Key: { giftCardId }, ConsistentRead: true }',
    '{ TableName: GiftCards, Key: { giftCardId } }',
    READ_TOO_EARLY,
  ),
  of(askedCard, 'true', 'false', READ_TOO_EARLY),
  of(
    askedCard,
    '(await documents.send(new ddb.GetCommand(card))).Item?.balance',
    '(await documents.send(new ddb.GetCommand(card))).Item.balance',
    COMES_AGAIN,
  ),
  of(askedCard, 'balance < amount', 'false', 'The shop sells nothing that costs more than the gift card has.'),
  of(askedCard, '[]', '["Stryker was here"]', NO_CODE),
  of(askedCard, 'marker?.Code', 'marker.Code', COMES_AGAIN),
  of(askedCharge, 'answer.status !== 200', 'false', WITHOUT_ID),
  of(
    askedCharge,
    'answer.status !== 200 || answer.chargeId === undefined',
    'answer.status !== 200 && answer.chargeId === undefined',
    NEVER_WRITTEN,
  ),
  of(askedCharge, 'answer.chargeId === undefined', 'false', WITH_STATUS),
  of(askedCharge, NOT_OK, 'false', NOT_MINE),
  of(askedCharge, NOT_OK, NOT_OK.replace('||', '&&'), NOT_MINE),
  of(askedCharge, "error.name !== 'ConditionalCheckFailedException'", 'false', NOT_MINE),
  of(
    askedCharge,
    '{ ...(claimedBy?.S === undefined ? {} : { claimedBy: claimedBy.S }), ...(chargeId?.S === undefined ? {} : { chargeId: chargeId.S }), }',
    '{ ...(chargeId?.S === undefined ? {} : { chargeId: chargeId.S }) }',
    NOT_MINE,
  ),
  of(askedCharge, 'claimedBy?.S === undefined', 'true', NOT_MINE),
  of(askedCharge, '{ claimedBy: claimedBy.S }', '{}', NOT_MINE),
  of(askedCharge, 'chargeId?.S', 'chargeId.S', COMES_AGAIN),
  of(askedCharge, 'chargeId?.S === undefined', 'false', COMES_AGAIN),
];

const withPowertools: Place = { answer: 'powertools', path: 'src/card.ts' };

/** The library keeps what `charge` returns, and there an answer is either a charge or none. */
const library: readonly EquivalentMutant[] = [
  of({ ...withPowertools, path: 'src/debit.ts' }, "''", '"Stryker was here!"', SET_BY_THE_TEMPLATE),
  of(withPowertools, "''", '"Stryker was here!"', SET_BY_THE_TEMPLATE),
  of(withPowertools, 'status !== 200', 'false', WITHOUT_ID),
  of(
    withPowertools,
    'status !== 200 || chargeId === undefined',
    'status !== 200 && chargeId === undefined',
    'An answer has either status 200 and a chargeId, or neither.',
  ),
  of(withPowertools, 'chargeId === undefined', 'false', WITH_STATUS),
];

export const equivalentMutants: readonly EquivalentMutant[] = [
  of(giftCard, 'error.CancellationReasons?.[0]', 'error.CancellationReasons[0]', ALWAYS_THERE),
  of(giftCard, 'error.CancellationReasons?.[0]?.Code', 'error.CancellationReasons?.[0].Code', ALWAYS_THERE),
  ...charging(card),
  of(card, 'status !== 200 || chargeId === undefined', 'false', NEVER_WRITTEN),
  ...charging(withoutClock),
  of(
    { answer: 'solution', path: 'src/ask.ts' },
    'FunctionError !== undefined',
    'false',
    'The systems behind this lab answer with a status and never end with a function error.',
  ),
  ...asking,
  ...library,
  of(
    { answer: 'no-clock-no-transaction', path: 'src/debit.ts' },
    'Attributes?.claimedBy',
    'Attributes.claimedBy',
    ALWAYS_THERE,
  ),
];
