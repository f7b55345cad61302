/**
 * Functions that the checks of task 3 share: what can be wrong with charges and receipts, in sentences.
 */

import type { Failing } from '../../kit/check.ts';
import type { CardRun } from '../scenarios/cards.ts';
import { duplicateIsDead, missing, never, otherThanSent, tooOften } from './orders.ts';

/** The failures that {@link wrongCharge} can name. */
export const WRONG_CHARGE = [
  'charged-twice',
  'order-hangs',
  'other-charge',
  'wrong-receipt',
  'no-receipt',
  'duplicate-dead',
] as const;

/** Everything that can be wrong at rest: too many charges, too few, others than were asked for, receipts, dead letters. */
export function wrongCharge(run: CardRun): Failing<(typeof WRONG_CHARGE)[number]> | null {
  return (
    tooOften(run.charges, 'charged', 'charged-twice') ??
    neverCharged(run, 'order-hangs') ??
    otherCharge(run) ??
    wrongReceipts(run) ??
    duplicateIsDead(run)
  );
}

export function neverCharged<const Failure extends string>(run: CardRun, hintId: Failure): Failing<Failure> | null {
  return never(missing(run.sent, run.charges), 'charged', run, hintId);
}

export function otherCharge({ sent, charges }: CardRun): Failing<'other-charge'> | null {
  return otherThanSent(sent, charges, 'charged', 'other-charge');
}

/** Receipts that are missing, or that name another charge than the first one of their order. */
export function wrongReceipts({ sent, charges, receipts }: CardRun): Failing<'wrong-receipt' | 'no-receipt'> | null {
  const first = new Map<string, string>();
  for (const { orderId, chargeId } of charges) if (!first.has(orderId)) first.set(orderId, chargeId);
  const wrong = receipts.find(({ orderId, chargeId }) => first.get(orderId) !== chargeId);
  if (wrong !== undefined) {
    const told = `Attempt ${wrong.attempt} of order ${wrong.orderId} was told «${wrong.chargeId}»`;
    return { headline: `${told}, but its charge is «${first.get(wrong.orderId) ?? 'none'}».`, hintId: 'wrong-receipt' };
  }
  const sentOnes = new Set(sent.map(({ orderId, attempt }) => `${orderId} ${attempt}`));
  const strange = receipts.find(({ orderId, attempt }) => !sentOnes.has(`${orderId} ${attempt}`));
  if (strange !== undefined) {
    const headline = `A receipt is for attempt ${strange.attempt} of order ${strange.orderId}, which the till has never sent.`;
    return { headline, hintId: 'wrong-receipt' };
  }
  const told = new Set(receipts.map(({ orderId, attempt }) => `${orderId} ${attempt}`));
  const silent = sent.filter(({ orderId, attempt }) => !told.has(`${orderId} ${attempt}`));
  const [one] = silent;
  if (one === undefined) return null;
  const others = silent.length === 1 ? '' : ` ${silent.length} attempts in all got none.`;
  return { headline: `Attempt ${one.attempt} of order ${one.orderId} got no receipt.${others}`, hintId: 'no-receipt' };
}
