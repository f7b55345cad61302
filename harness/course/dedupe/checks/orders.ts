/**
 * Functions that the checks of this lab share: they count per order, and say the result in a sentence.
 */

import type { Failing } from '../../kit/check.ts';
import type { Payment } from '../scenarios/till.ts';

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
  { deadLetters, left, hintId }: { readonly deadLetters: number; readonly left: number; readonly hintId: Failure },
): Failing<Failure> | null {
  const [first] = orders;
  if (first === undefined) return null;
  const others = orders.length === 1 ? '' : `, and ${orders.length - 1} more were not`;
  const messages = (many: number) => (many === 1 ? '1 message is' : `${many} messages are`);
  const where =
    deadLetters > 0
      ? `${messages(deadLetters)} in the dead-letter queue.`
      : left > 0
        ? `${messages(left)} in the queue, and no function takes them.`
        : 'Its messages are deleted, so nobody will try again.';
  return { headline: `Order ${first} was never ${verb}${others}. ${where}`, hintId };
}

/**
 * Messages in the dead-letter queue although nothing was wrong with them. They raise alarms there, and hide an honest failure
 * among them.
 */
export function duplicateIsDead({
  sent,
  deadLetters,
}: {
  readonly sent: readonly Payment[];
  readonly deadLetters: number;
}): Failing<'duplicate-dead'> | null {
  if (deadLetters === 0) return null;
  const orders = ordersOf(sent);
  const order = orders.length === 1 ? `Order ${orders[0]} was` : `${orders.length} orders were`;
  const messages = deadLetters === 1 ? '1 message is' : `${deadLetters} messages are`;
  return {
    headline: `${order} sent ${times(sent.length)}, and ${messages} in the dead-letter queue.`,
    hintId: 'duplicate-dead',
  };
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
