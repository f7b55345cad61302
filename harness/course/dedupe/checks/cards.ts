/**
 * The checks of task 3: what must be true of charges through an API with keys, also when the consumer crashes.
 */

import type { Trace } from '../../../simulator/trace.ts';
import type { Check, Observation, Violation } from '../../lab.ts';
import type { CardRun } from '../scenarios/cards.ts';
import { duplicateIsDead, missing, mostOfferedAtOnce, never, times, tooOften } from './orders.ts';

const runOf = (observation: Observation): CardRun => observation as unknown as CardRun;

const oneChargePerOrder: Check = {
  id: 'one-charge-per-order',
  task: 3,
  title: 'each order is charged once, whoever crashes',
  kind: 'invariant',
  scenario: 'card-crash',
  points: 3,
  provokedBy: 'crashed-after-charging',
  judge: ({ observation }) => tooOften(runOf(observation).charges, 'charged', 'charged-twice'),
};

const everyOrderCharged: Check = {
  id: 'every-order-charged',
  task: 3,
  title: 'a crash swallows no order',
  kind: 'at-rest',
  scenario: 'card-crash',
  points: 3,
  provokedBy: 'crashed-after-charging',
  judge: ({ observation }) => {
    const { sent, charges, deadLetters, left } = runOf(observation);
    const hintId = deadLetters === 0 ? 'order-swallowed' : 'order-hangs';
    return never(missing(sent, charges), 'charged', { deadLetters, left, hintId });
  },
};

const duplicateGetsFirstAnswer: Check = {
  id: 'duplicate-gets-first-answer',
  task: 3,
  title: 'every attempt gets the first answer, whoever crashes',
  kind: 'at-rest',
  scenario: 'card-crash',
  points: 2,
  provokedBy: 'crashed-after-charging',
  judge: ({ observation }) => wrongReceipts(runOf(observation)),
};

const everyAttemptAnswered: Check = {
  id: 'every-attempt-answered',
  task: 3,
  title: 'every attempt gets the first answer',
  kind: 'at-rest',
  scenario: 'card-twice',
  points: 1,
  judge: ({ observation }) => wrongReceipts(runOf(observation)),
};

const apiAskedOnce: Check = {
  id: 'api-asked-once',
  task: 3,
  title: 'while nobody crashes, the API is asked once per order',
  kind: 'invariant',
  scenario: 'card-twice',
  points: 2,
  provokedBy: 'charges-offered-at-once',
  judge: ({ observation }) => {
    const { requests } = runOf(observation);
    const first = tooOften(requests, 'sent to the charge API', 'asked-twice');
    if (first === null) return null;
    const refused = requests.filter(({ outcome }) => outcome === 'in-flight').length;
    const also = refused === 0 ? '' : ` ${refused === 1 ? 'Once' : times(refused)} it was answered 409.`;
    return { ...first, headline: `${first.headline}${also}` };
  },
};

const lateDuplicate: Check = {
  id: 'late-duplicate',
  task: 3,
  title: 'an attempt eleven minutes later gets the first answer, and no charge',
  kind: 'at-rest',
  scenario: 'card-later',
  points: 2,
  judge: ({ observation }) => {
    const run = runOf(observation);
    return tooOften(run.charges, 'charged', 'charged-later') ?? wrongReceipts(run);
  },
};

const cardDuplicatesDone: Check = {
  id: 'card-duplicates-done',
  task: 3,
  title: 'a duplicate is done with: none ends in the dead-letter queue',
  kind: 'at-rest',
  scenario: 'card-twice',
  points: 1,
  judge: ({ observation }) => duplicateIsDead(runOf(observation)),
};

const chargesOfferedAtOnce: Check = {
  id: 'charges-offered-at-once',
  task: 3,
  title: 'two deliveries of one card payment were offered at once',
  kind: 'reach',
  scenario: 'card-twice',
  points: 0,
  sees: 'trace',
  watches: ['message-sent', 'message-deleted'],
  judge: ({ trace }) =>
    mostOfferedAtOnce(trace) >= 2
      ? null
      : { headline: 'In no order were 2 deliveries of one payment offered at once.', hintId: 'nothing-offered' },
};

const crashedAfterCharging: Check = {
  id: 'crashed-after-charging',
  task: 3,
  title: 'a handler crashed between the charge and the end of its work',
  kind: 'reach',
  scenario: 'card-crash',
  points: 0,
  sees: 'trace',
  watches: ['downstream-entered', 'environment-reset'],
  judge: ({ trace }) =>
    hasCrashAfterCharge(trace)
      ? null
      : {
          headline: 'In no order did the function card crash after it had asked for a charge.',
          hintId: 'nothing-offered',
        },
};

const saturdayCharges: Check = {
  id: 'saturday-charges',
  task: 3,
  title: 'on Saturday, 50 charges once each, 60 receipts',
  kind: 'at-rest',
  scenario: 'saturday',
  points: 1,
  judge: ({ observation }) => {
    const run = (observation as { readonly card: CardRun }).card;
    const { sent, charges, deadLetters, left } = run;
    return (
      tooOften(charges, 'charged', 'charged-twice') ??
      never(missing(sent, charges), 'charged', { deadLetters, left, hintId: 'order-hangs' }) ??
      wrongReceipts(run)
    );
  },
};

export const cardChecks: readonly Check[] = [
  oneChargePerOrder,
  everyOrderCharged,
  duplicateGetsFirstAnswer,
  everyAttemptAnswered,
  apiAskedOnce,
  lateDuplicate,
  cardDuplicatesDone,
  chargesOfferedAtOnce,
  crashedAfterCharging,
  saturdayCharges,
];

/** Receipts that are missing, or that name another charge than the first of their order. */
function wrongReceipts({ sent, charges, receipts }: CardRun): Violation | null {
  const first = new Map<string, string>();
  for (const { orderId, chargeId } of charges) if (!first.has(orderId)) first.set(orderId, chargeId);
  const wrong = receipts.find(({ orderId, chargeId }) => first.get(orderId) !== chargeId);
  if (wrong !== undefined) {
    const told = `Attempt ${wrong.attempt} of order ${wrong.orderId} was told «${wrong.chargeId}»`;
    return { headline: `${told}, but its charge is «${first.get(wrong.orderId) ?? 'none'}».`, hintId: 'wrong-receipt' };
  }
  const told = new Set(receipts.map(({ orderId, attempt }) => `${orderId} ${attempt}`));
  const silent = sent.filter(({ orderId, attempt }) => !told.has(`${orderId} ${attempt}`));
  const [one] = silent;
  if (one === undefined) return null;
  const others = silent.length === 1 ? '' : ` ${silent.length} attempts in all got none.`;
  return { headline: `Attempt ${one.attempt} of order ${one.orderId} got no receipt.${others}`, hintId: 'no-receipt' };
}

/** Whether the function died while a charge that it had asked for was made and not yet written down. */
function hasCrashAfterCharge(trace: Trace): boolean {
  const entered = trace.findIndex(({ event }) => event.kind === 'downstream-entered');
  return trace.some(
    ({ seq, event }) =>
      entered >= 0 && seq > entered && event.kind === 'environment-reset' && event.functionName === 'card',
  );
}
