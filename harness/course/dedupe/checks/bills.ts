/**
 * The bills of gift cards: what the orders of each cost, each order counted once, against what was taken from it.
 *
 * Functions that the checks of task 2 share. They say the result in a sentence.
 */

import type { Failing } from '../../kit/check.ts';
import type { GiftCardRun } from '../scenarios/gift-cards.ts';
import { money, ordersOf } from './orders.ts';

/** More was taken from a gift card than its orders cost. */
export function paidTooOften<const Failure extends string>(run: GiftCardRun, hintId: Failure): Failing<Failure> | null {
  const bill = bills(run).find(({ due, taken }) => taken > due);
  if (bill === undefined) return null;
  const about = { names: namesIn(bill), tooOften: true } as const;
  return { headline: `${said(bill)}: ${money(bill.taken - bill.due)} too much.`, hintId, about };
}

/** Less was taken from a gift card than its orders cost. */
export function paidTooSeldom<const Failure extends string>(
  run: GiftCardRun,
  hintId: Failure,
): Failing<Failure> | null {
  const bill = bills(run).find(({ due, taken }) => taken < due);
  if (bill === undefined) return null;
  const headline = `${said(bill)}: ${money(bill.due - bill.taken)} were never taken.`;
  return { headline, hintId, about: { names: namesIn(bill) } };
}

/** What the orders of one gift card cost, each counted once, and what was taken from it. */
interface Bill {
  readonly giftCardId: string;
  readonly orders: readonly string[];
  readonly due: number;
  readonly taken: number;
  readonly isOnlyCard: boolean;
}

function bills({ sent, cards }: GiftCardRun): readonly Bill[] {
  return cards.map(({ giftCardId, before, after }) => {
    const own = sent.filter((payment) => payment.giftCardId === giftCardId);
    const amounts = new Map(own.map(({ orderId, amount }) => [orderId, amount]));
    const due = [...amounts.values()].reduce((total, amount) => total + amount, 0);
    return { giftCardId, orders: ordersOf(own), due, taken: before - after, isOnlyCard: cards.length === 1 };
  });
}

/** The orders; and their gift card if all money that leaves it is one order's. */
function namesIn({ orders, giftCardId }: Bill): readonly string[] {
  return orders.length <= 1 ? [...orders, giftCardId] : orders;
}

function said({ orders, due, taken, giftCardId, isOnlyCard }: Bill): string {
  const from = isOnlyCard ? '' : ` from gift card ${giftCardId}`;
  if (orders.length === 0) return `No order is paid with gift card ${giftCardId}, and ${money(taken)} were taken`;
  const cost = orders.length === 1 ? `Order ${orders[0]} costs` : `${orders.length} orders cost`;
  return `${cost} ${money(due)}, and ${money(taken)} were taken${from}`;
}
