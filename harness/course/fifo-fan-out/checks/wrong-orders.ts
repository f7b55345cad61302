/**
 * What the checks share: what can be wrong with an order at a consumer, and with the letters about events that can't be applied, in sentences.
 */

import type { Failing } from '../../kit/check.ts';
import {
  CONSUMERS,
  type Consumer,
  type DueOrder,
  isSameEvent,
  type OrderEvent,
  type OutboxRow,
  orderEventIn,
  ordersDue,
} from '../orders.ts';
import type { ShopRun } from '../scenarios/shop.ts';

/** A line that a consumer has; it may be anything. */
type SeenLine = Partial<OrderEvent>;

/** An order that some consumer knows otherwise than its events make it: in order, each once, and what is behind poison either applied or told. */
export function wrongOrder<const Failure extends string>(run: ShopRun, hintId: Failure): Failing<Failure> | null {
  for (const consumer of run.consumers) {
    const due = ordersDue(run.rows, consumer);
    for (const order of due) {
      const said = wrongLines(run, consumer, order);
      if (said !== null) return { headline: said, hintId, about: { names: [order.orderId] } };
    }
    const strange = ordersAt(run, consumer).find((orderId) => due.every((order) => order.orderId !== orderId));
    if (strange !== undefined)
      return { headline: `${capitalOf(consumer)} has an order «${strange}», which no customer has placed.`, hintId };
  }
  return null;
}

function wrongLines(run: ShopRun, consumer: Consumer, order: DueOrder): string | null {
  const lines = linesAtConsumer(run, consumer, order.orderId);
  // What comes behind an event that can't be applied may go the same way, if a letter tells of it.
  const told = lettersOf(run, consumer);
  const due = order.usable.filter((event, at) => at < order.before || !told.some((one) => isSameEvent(one, event)));
  if (lines.length === due.length && due.every((event, at) => isSameEvent(lines[at] ?? {}, event))) return null;
  return `${capitalOf(consumer)} has ${say(lines)} for order ${order.orderId}. Its events, in order and each once, make it ${say(due)}.`;
}

/** An event that a consumer can apply, and which it has neither applied nor, behind one that can't be applied, told. In whatever order: see {@link wrongOrder}. */
export function unapplied<const Failure extends string>(run: ShopRun, hintId: Failure): Failing<Failure> | null {
  for (const consumer of run.consumers) {
    const told = lettersOf(run, consumer);
    for (const { orderId, usable, before } of ordersDue(run.rows, consumer)) {
      const known = [...linesAtConsumer(run, consumer, orderId)];
      for (const [at, event] of usable.entries()) {
        const place = known.findIndex((line) => isSameEvent(line, event));
        if (place !== -1) known.splice(place, 1);
        else if (at < before || !told.some((one) => isSameEvent(one, event))) {
          const headline = `${capitalOf(consumer)} does not have the event «${say([event])}» of order ${orderId}.`;
          return { headline, hintId, about: { names: [orderId] } };
        }
      }
    }
  }
  return null;
}

/** The lines that a consumer has for an order, in order. */
export function linesAtConsumer(run: ShopRun, consumer: Consumer, orderId: string): readonly SeenLine[] {
  if (consumer === 'stock') return run.stock.filter((line) => line.orderId === orderId);
  const lines = run.bills.filter((bill) => bill.orderId === orderId).flatMap((bill) => bill.lines);
  return lines.map((line) => ({ ...Object(line), orderId }));
}

function ordersAt(run: ShopRun, consumer: Consumer): readonly string[] {
  return (consumer === 'stock' ? run.stock : run.bills).map(({ orderId }) => orderId);
}

/** «+3 mug, -1 mug». */
function say(lines: readonly SeenLine[]): string {
  if (lines.length === 0) return 'nothing';
  const signed = (quantity: unknown) => `${Number(quantity) > 0 ? '+' : ''}${String(quantity)}`;
  return lines.map(({ sku, quantity }) => `${signed(quantity)} ${String(sku)}`).join(', ');
}

const NAMES = { bill: 'billing', stock: 'the warehouse' } as const;

function capitalOf(consumer: Consumer): string {
  const name = NAMES[consumer];
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** An event that can't be applied and of which no letter tells. */
export function unheardOf(run: ShopRun): Failing<'nobody-hears'> | null {
  for (const consumer of run.consumers) {
    const told = lettersOf(run, consumer);
    for (const { orderId, poison } of ordersDue(run.rows, consumer)) {
      const gone = poison.find(({ event }, at) => times(told, event) < times(eventsOf(poison.slice(0, at + 1)), event));
      if (gone === undefined) continue;
      const headline = `Event ${gone.id} of order ${orderId} can never be applied by ${NAMES[consumer]}, and its dead-letter queue does not have it: no person will hear of it.`;
      return { headline, hintId: 'nobody-hears', about: { names: [orderId] } };
    }
  }
  return null;
}

/** A letter about an event that could be applied and has nothing to wait for; or two letters about one event. */
export function toldWithoutNeed<const Failure extends string>(run: ShopRun, hintId: Failure): Failing<Failure> | null {
  for (const consumer of CONSUMERS) {
    const told = lettersOf(run, consumer);
    for (const [at, letter] of told.entries()) {
      const said = needlessLetter(run, consumer, letter, told.slice(0, at));
      if (said !== null) return { headline: said, hintId, about: { names: [letter.orderId ?? ''] } };
    }
  }
  return null;
}

function needlessLetter(
  run: ShopRun,
  consumer: Consumer,
  letter: SeenLine,
  before: readonly SeenLine[],
): string | null {
  const queue = `The dead-letter queue of ${NAMES[consumer]}`;
  const order = ordersDue(run.rows, consumer).find(({ orderId }) => orderId === letter.orderId);
  const at = order?.usable.findIndex((event) => isSameEvent(event, letter)) ?? -1;
  const isPoison = order?.poison.some(({ event }) => isSameEvent(event, letter)) ?? false;
  if (order === undefined || (at === -1 && !isPoison)) return `${queue} has a letter that tells of no event.`;
  const event = `the event «${say([letter])}» of order ${order.orderId}`;
  const due = times([...order.usable, ...eventsOf(order.poison)], letter);
  const letters = times(before, letter) + 1;
  if (letters > due) return `${queue} has ${event} ${letters === 2 ? 'twice' : `${letters} times`}.`;
  if (isPoison || at >= order.before) return null;
  return `${queue} has ${event}, and nothing is wrong with it.`;
}

/** What the letters of a consumer tell of: the event itself, or whatever has it inside. */
function lettersOf({ letters }: ShopRun, consumer: Consumer): readonly SeenLine[] {
  return letters[consumer].map((text) => eventWithin(parsed(text)) ?? {});
}

/** How deep a letter may hold its event: an envelope, a record in it, a text in that. */
const DEPTH = 8;

function eventWithin(value: unknown, depth = DEPTH): SeenLine | null {
  if (depth === 0) return null;
  if (typeof value === 'string') return eventWithin(parsed(value), depth - 1);
  if (typeof value !== 'object' || value === null) return null;
  const told = orderEventIn(value);
  if (told !== null) return told;
  // What is no event may be told, too: its parts are compared one by one.
  const { orderId, customer, sku, quantity } = value as SeenLine;
  if (typeof orderId === 'string' && (sku !== undefined || quantity !== undefined)) {
    return Object.fromEntries(
      Object.entries({ orderId, customer, sku, quantity }).filter(([, part]) => part !== undefined),
    );
  }
  for (const part of Object.values(value)) {
    const within = eventWithin(part, depth - 1);
    if (within !== null) return within;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function eventsOf(rows: readonly OutboxRow[]): readonly Partial<OrderEvent>[] {
  return rows.map(({ event }) => event);
}

/** How many of them tell the same as this one. Two events may be equal. */
function times(events: readonly Partial<OrderEvent>[], event: Partial<OrderEvent>): number {
  return events.filter((one) => isSameEvent(one, event)).length;
}
