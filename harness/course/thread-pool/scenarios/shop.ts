/**
 * What the scenarios of orders share: they put events on the bus as the shop does, wait, and read what became of them.
 *
 * They use only SDK clients, as a person with a terminal could. Nothing here judges or knows of schedules.
 */

import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { textsInQueue } from '../../kit/queue.ts';
import type { ScenarioContext, Situation } from '../../lab.ts';
import { type Booking, changeIn, isBookable, legacy, type OrderState } from '../legacy.ts';

/** The state of an order in the table. */
export interface Recorded extends OrderState {
  readonly reference: string;
}

/** Events that the shop sends at one moment. */
export interface Round {
  /** How long after the round before has been handled. */
  readonly afterMs: number;
  readonly changes: readonly OrderState[];
}

/** What the shop sends, and what was there before. */
export interface Story extends Situation {
  readonly before?: readonly Recorded[];
  readonly rounds: readonly Round[];
  /** How long after the last event a person looks at the dead letters. */
  readonly lookedAtAfterMs?: number;
}

/** What the checks of orders see. */
export interface OrderRun {
  /** Every event that the shop sent, duplicates included. */
  readonly sent: readonly OrderState[];
  readonly before: readonly Recorded[];
  /** Legacy's journal. */
  readonly bookings: readonly Booking[];
  /** All items of the table, as they are. */
  readonly recorded: readonly Readonly<Record<string, unknown>>[];
  /** The texts in the dead-letter queue, in the order of their letters. */
  readonly dead: readonly string[];
}

/** A state of an order, as the plainest stories have it. */
export function change(orderId: string, version = 1, more: Partial<OrderState> = {}): OrderState {
  return { orderId, version, customer: 'c-4', amount: 4_200, ...more };
}

/** Events that come at the same moment. */
export function atOnce(...changes: readonly OrderState[]): readonly Round[] {
  return [{ afterMs: 0, changes }];
}

/** Events one after the other, each so long after the one before was handled. */
export function apart(afterMs: number, ...changes: readonly OrderState[]): readonly Round[] {
  return changes.map((one, at) => ({ afterMs: at === 0 ? 0 : afterMs, changes: [one] }));
}

/** Tells a story, and reads what came of it. */
export async function tell(context: ScenarioContext, story: Story): Promise<OrderRun> {
  const { title, before = [], rounds, lookedAtAfterMs = 0 } = story;
  context.note(title);
  await record(context, before);
  const sent: OrderState[] = [];
  for (const { afterMs, changes } of rounds) {
    if (afterMs > 0) await context.sleep(afterMs);
    await put(context, changes);
    sent.push(...changes);
    await waitUntilDone(context, sent);
  }
  if (lookedAtAfterMs > 0) await context.sleep(lookedAtAfterMs);
  return whatBecameOf(context, sent, before);
}

/** What became of the orders. */
export async function whatBecameOf(
  context: ScenarioContext,
  sent: readonly OrderState[],
  before: readonly Recorded[],
): Promise<OrderRun> {
  const { bookings } = legacy.booksIn(await context.downstream(legacy.name));
  const recorded = await itemsIn(context);
  const dead = [...(await textsInQueue(context, context.outputs.DeadLettersUrl))].sort();
  return { sent, before, bookings, recorded, dead };
}

/** EB-05: the most entries that PutEvents takes. */
const MOST_ENTRIES = 10;

/** Puts events on the bus, ten with each call. */
export async function put({ clients }: ScenarioContext, changes: readonly OrderState[]): Promise<void> {
  for (let at = 0; at < changes.length; at += MOST_ENTRIES) {
    const Entries = changes
      .slice(at, at + MOST_ENTRIES)
      .map((one) => ({ Source: 'shop', DetailType: 'OrderChanged', Detail: JSON.stringify(one) }));
    const { FailedEntryCount = 0 } = await clients.eventbridge.send(new PutEventsCommand({ Entries }));
    if (FailedEntryCount > 0) throw new Error(`the bus took ${FailedEntryCount} events less than were sent`);
  }
}

/** Waits until legacy has booked what it can, and the table has it or a newer state. What can't be booked is not waited for. */
export function waitUntilDone(context: ScenarioContext, sent: readonly OrderState[]): Promise<void> {
  return context.waitUntil('every order is booked and recorded', async () => {
    const { bookings } = legacy.booksIn(await context.downstream(legacy.name));
    const recorded = await itemsIn(context);
    return sent
      .filter(isBookable)
      .every(
        (one) =>
          bookings.some((line) => isSameState(one, line)) &&
          recorded.some(({ orderId, version }) => orderId === one.orderId && Number(version) >= one.version),
      );
  });
}

/** Whether two of them tell the same state of the same order. */
export function isSameState(one: OrderState, other: OrderState): boolean {
  return (
    one.orderId === other.orderId &&
    one.version === other.version &&
    one.customer === other.customer &&
    one.amount === other.amount
  );
}

/**
 * The change that a dead letter holds: the event itself, which a dead-letter queue gets (LA-12), an event within a destination's record
 * (LA-10), one that came by a topic or a queue, or its detail alone.
 */
export function changeOfLetter(text: string): OrderState | null {
  return changeWithin(parsed(text), MOST_COVERS);
}

/** The members in which AWS wraps what it hands on: a destination's record, an event of the bus, and those that topics and queues send to functions. */
const COVERS = ['requestPayload', 'detail', 'Records', '0', 'Sns', 'Message', 'body'];
const MOST_COVERS = 8;

function changeWithin(letter: unknown, more: number): OrderState | null {
  const change = changeIn(letter);
  if (change !== null || more === 0) return change;
  for (const name of COVERS) {
    const inner = fieldOf(letter, name);
    const found = changeWithin(typeof inner === 'string' ? parsed(inner) : inner, more - 1);
    if (found !== null) return found;
  }
  return null;
}

async function record({ clients, outputs }: ScenarioContext, items: readonly Recorded[]): Promise<void> {
  for (const Item of items) await clients.documents.send(new PutCommand({ TableName: outputs.OrdersTable, Item }));
}

async function itemsIn({ clients, outputs }: ScenarioContext): Promise<OrderRun['recorded']> {
  const { Items = [] } = await clients.documents.send(
    new ScanCommand({ TableName: outputs.OrdersTable, ConsistentRead: true }),
  );
  return Items;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
