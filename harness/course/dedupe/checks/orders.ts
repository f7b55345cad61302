/**
 * Functions that the checks of this lab share: they count per order, and say the result in a sentence.
 */

import type { Failing } from '../../kit/check.ts';
import type { DebitRun } from '../scenarios/debits.ts';
import type { Payment, Rest } from '../scenarios/till.ts';

/** The orders of these payments, each once, in order. */
export function ordersOf(sent: readonly Payment[]): readonly string[] {
  return [...new Set(sent.map(({ orderId }) => orderId))];
}

/** The orders that occur more than once, with their counts. */
export function repeated(done: readonly { readonly orderId: string }[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { orderId } of done) counts.set(orderId, (counts.get(orderId) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1);
}

/** The orders that were sent and do not occur. */
export function missing(sent: readonly Payment[], done: readonly { readonly orderId: string }[]): readonly string[] {
  const known = new Set(done.map(({ orderId }) => orderId));
  return ordersOf(sent).filter((orderId) => !known.has(orderId));
}

/** A count in words: «once», «twice», «3 times». */
export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** For example «Order o-17 was charged twice.», with the number of other such orders. */
export function tooOften<const Failure extends string>(
  done: readonly { readonly orderId: string }[],
  verb: string,
  hintId: Failure,
): Failing<Failure> | null {
  const orders = repeated(done);
  const [first] = orders;
  if (first === undefined) return null;
  const others = orders.length === 1 ? '' : ` So it went for ${orders.length} orders in all.`;
  const about = { names: [first[0]], tooOften: true } as const;
  return { headline: `Order ${first[0]} was ${verb} ${times(first[1])}.${others}`, hintId, about };
}

/** For example «Order o-17 was never charged.», with the place of its messages. */
export function never<const Failure extends string>(
  orders: readonly string[],
  verb: string,
  { dead, left }: Rest,
  hintId: Failure,
): Failing<Failure> | null {
  const [first] = orders;
  if (first === undefined) return null;
  const others = orders.length === 1 ? '' : `, and ${orders.length - 1} more were not`;
  const messages = (many: number) => (many === 1 ? '1 message is' : `${many} messages are`);
  const where =
    dead.length > 0
      ? `${messages(dead.length)} in the dead-letter queue.`
      : left > 0
        ? `${messages(left)} in the queue, and no function takes them.`
        : 'Its messages are deleted, so no delivery will try again.';
  return { headline: `Order ${first} was never ${verb}${others}. ${where}`, hintId };
}

/** An order that was sent and not debited. */
export function neverDebited<const Failure extends string>(run: DebitRun, hintId: Failure): Failing<Failure> | null {
  return never(missing(run.sent, run.debits), 'debited', run, hintId);
}

/**
 * Messages in the dead-letter queue although nothing was wrong with them. They raise alarms there, and hide an honest failure
 * among them.
 */
export function duplicateIsDead({
  sent,
  dead,
}: Rest & { readonly sent: readonly Payment[] }): Failing<'duplicate-dead'> | null {
  if (dead.length === 0) return null;
  const orders = ordersOf(sent);
  const order = orders.length === 1 ? `Order ${orders[0]} was` : `${orders.length} orders were`;
  const messages = dead.length === 1 ? '1 message is' : `${dead.length} messages are`;
  return {
    headline: `${order} sent ${times(sent.length)}, and ${messages} in the dead-letter queue.`,
    hintId: 'duplicate-dead',
  };
}

/** Messages that can be read in the dead-letter queue, or unreadable ones that are not there. */
export function otherDead({
  dead,
  unreadable,
}: Rest & { readonly unreadable: readonly string[] }): Failing<'neighbour-dead'> | null {
  const readable = dead.filter((body) => !unreadable.includes(body)).length;
  if (readable > 0) {
    const messages = readable === 1 ? '1 message that can be read is' : `${readable} messages that can be read are`;
    return { headline: `${messages} in the dead-letter queue.`, hintId: 'neighbour-dead' };
  }
  const deleted = unreadable.filter((body) => !dead.includes(body)).length;
  if (deleted === 0) return null;
  const are = deleted === 1 ? 'is' : 'are';
  const kept = dead.length === 1 ? '1 message is' : `${dead.length} messages are`;
  const headline = `${deleted} of the unreadable messages ${are} gone, ${kept} in the dead-letter queue, and nothing will tell of ${deleted === 1 ? 'it' : 'them'}.`;
  return { headline, hintId: 'neighbour-dead' };
}

/** Money that was moved for an order, as a ledger has it. */
interface Moved {
  readonly orderId: string;
  readonly amount: number;
}

/** Money that was moved for an order that was never sent, or another amount than the order's: the ledger compared as a whole. */
export function otherThanSent<const Failure extends string>(
  sent: readonly Payment[],
  moved: readonly Moved[],
  verb: string,
  hintId: Failure,
): Failing<Failure> | null {
  const due = new Map(sent.map(({ orderId, amount }) => [orderId, amount]));
  const wrong = moved.find(({ orderId, amount }) => due.get(orderId) !== amount);
  if (wrong === undefined) return null;
  const { orderId, amount } = wrong;
  const cost = due.get(orderId);
  const headline =
    cost === undefined
      ? `${money(amount)} were ${verb} for an order «${orderId}», which the till has never sent.`
      : `Order ${orderId} costs ${money(cost)}, and ${money(amount)} were ${verb}.`;
  return { headline, hintId, about: { names: [orderId] } };
}

/** Cents as text: «42.00». A part of a cent is shown as it is, or a wrong amount would look like the right one. */
export function money(cents: number): string {
  return Number.isInteger(cents) ? (cents / 100).toFixed(2) : `${cents} cents`;
}

/** The order that a message names; for an unreadable message, its text. */
export function orderIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? String(Reflect.get(parsed, 'orderId')) : body;
  } catch {
    return body;
  }
}

/** The order that a request to a downstream names. */
export function orderOfRequest(request: unknown): string {
  return String(Reflect.get(Object(request), 'orderId'));
}
