/**
 * What the scenarios of this lab share: the shop hands rows of its outbox to the publisher, waits, and reads what became of them.
 *
 * They use only SDK clients, as a person with a terminal could. Nothing here judges or knows of schedules.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { switchConsumer } from '../../kit/consumers.ts';
import { messagesIn, textsInQueue } from '../../kit/queue.ts';
import type { ScenarioContext, Situation } from '../../lab.ts';
import { type StockLine, stockLegacy } from '../legacy.ts';
import { CONSUMERS, type Consumer, type OrderEvent, type OutboxRow, ordersDue } from '../orders.ts';

/** Rows that the shop hands over with one call. */
export interface Round {
  /** How long after the round before. */
  readonly afterMs: number;
  readonly rows: readonly OutboxRow[];
}

/** What the shop tells, and who hears it. */
export interface Story extends Situation {
  readonly rounds: readonly Round[];
  /** The consumers that are switched on. The queue of the other one keeps what it gets. */
  readonly consumers: readonly Consumer[];
  /** They are switched on when all is published: after a pause for maintenance. */
  readonly isPaused?: true;
  /** How long that pause is, after all is published; none if it is not said. */
  readonly pausedForMs?: number;
  /** Rounds come by the clock, and not each when the one before was handled. */
  readonly isByTheClock?: true;
}

/** A bill in the table; it may be anything. */
export interface SeenBill {
  readonly orderId: string;
  readonly lines: readonly unknown[];
}

/** What the checks see. */
export interface ShopRun {
  /** Every row that was handed over, repeated ones included, in order. */
  readonly rows: readonly OutboxRow[];
  /** The consumers that were at work. */
  readonly consumers: readonly Consumer[];
  /** Whether the publisher has said of each call, in the end, that it is done. */
  readonly isPublished: boolean;
  readonly bills: readonly SeenBill[];
  /** Legacy's lines, in the order in which they were written. */
  readonly stock: readonly StockLine[];
  /** The texts in the dead-letter queue of each consumer. */
  readonly letters: Readonly<Record<Consumer, readonly string[]>>;
}

/** A row of the outbox, as the plainest stories have it. */
export function row(id: string, orderId: string, quantity: number, more: Partial<OrderEvent> = {}): OutboxRow {
  return { id, event: { orderId, customer: 'c-4', sku: 'mug', quantity, ...more } };
}

/** Rows that are handed over with one call. */
export function inOneCall(...rows: readonly OutboxRow[]): readonly Round[] {
  return [{ afterMs: 0, rows }];
}

/** Rows that are handed over one by one, each so long after the one before was handled. */
export function apart(afterMs: number, ...rows: readonly OutboxRow[]): readonly Round[] {
  return rows.map((one, at) => ({ afterMs: at === 0 ? 0 : afterMs, rows: [one] }));
}

/** Tells a story, and reads what came of it. */
export async function tell(context: ScenarioContext, story: Story): Promise<ShopRun> {
  const { title, rounds, consumers, isPaused = false, pausedForMs = 0, isByTheClock = false } = story;
  context.note(title);
  await setEnabled(context, isPaused ? CONSUMERS : CONSUMERS.filter((name) => !consumers.includes(name)), false);
  const rows: OutboxRow[] = [];
  let isPublished = true;
  for (const round of rounds) {
    if (round.afterMs > 0) await context.sleep(round.afterMs);
    isPublished = (await handOver(context, round.rows)) && isPublished;
    rows.push(...round.rows);
    if (isPaused) await context.waitUntil('the queues have all', async () => true);
    else if (!isByTheClock) await waitUntilTold(context, rows, consumers);
  }
  if (pausedForMs > 0) await context.sleep(pausedForMs);
  if (isPaused) await setEnabled(context, consumers, true);
  await waitUntilTold(context, rows, consumers);
  return whatBecameOf(context, { rows, consumers, isPublished });
}

/** How often the shop calls the publisher with the same rows before a person has to look. */
const CALLS = 5;

/** Calls the publisher, and again with the same rows as long as it fails; returns whether it succeeded in the end. */
async function handOver({ clients }: ScenarioContext, rows: readonly OutboxRow[]): Promise<boolean> {
  const Payload = new TextEncoder().encode(JSON.stringify({ rows }));
  for (let call = 1; call <= CALLS; call += 1) {
    const { FunctionError } = await clients.lambda.send(new InvokeCommand({ FunctionName: 'publish', Payload }));
    if (FunctionError === undefined) return true;
  }
  return false;
}

/** An operator switches consumers on or off. */
async function setEnabled(context: ScenarioContext, consumers: readonly Consumer[], Enabled: boolean): Promise<void> {
  for (const consumer of consumers) await switchConsumer(context, consumer, Enabled);
}

/** The output with the URL of a consumer's dead-letter queue. */
const LETTERS_OF = { bill: 'BillLettersUrl', stock: 'StockLettersUrl' } as const;

/** Waits until each consumer has as many lines and letters as there are events. */
function waitUntilTold(
  context: ScenarioContext,
  rows: readonly OutboxRow[],
  consumers: readonly Consumer[],
): Promise<void> {
  return context.waitUntil('every event is told', async () => {
    const told = { bill: (await billsIn(context)).flatMap(({ lines }) => lines).length, stock: 0 };
    told.stock = stockLegacy.booksIn(await context.downstream(stockLegacy.name)).lines.length;
    for (const consumer of consumers) {
      const due = ordersDue(rows, consumer).flatMap(({ usable, poison }) => [...usable, ...poison]).length;
      if (told[consumer] + (await messagesIn(context, context.outputs[LETTERS_OF[consumer]])) < due) return false;
    }
    return true;
  });
}

async function whatBecameOf(
  context: ScenarioContext,
  told: Pick<ShopRun, 'rows' | 'consumers' | 'isPublished'>,
): Promise<ShopRun> {
  const lettersOf = async (consumer: Consumer) =>
    [...(await textsInQueue(context, context.outputs[LETTERS_OF[consumer]]))].sort();
  const { lines } = stockLegacy.booksIn(await context.downstream(stockLegacy.name));
  const letters = { bill: await lettersOf('bill'), stock: await lettersOf('stock') };
  return { ...told, bills: await billsIn(context), stock: lines, letters };
}

/** What customers see. The item's other members are the learner's own, and may be what no JSON can say. */
async function billsIn({ clients, outputs }: ScenarioContext): Promise<readonly SeenBill[]> {
  const { Items = [] } = await clients.documents.send(
    new ScanCommand({ TableName: outputs.BillsTable, ConsistentRead: true }),
  );
  return Items.map(({ orderId, lines }) => ({ orderId: String(orderId), lines: Array.isArray(lines) ? lines : [] }));
}
