/**
 * The model of lab 6: what the events of an order make of it at each consumer, one after the other and each of them once.
 *
 * It knows nothing of topics, queues, batches or attempts. A run is compared with it completely.
 */

/** A change of an order, as the shop tells it. */
export interface OrderEvent {
  readonly orderId: string;
  readonly customer: string;
  readonly sku: string;
  /** Below zero if the customer takes something back. */
  readonly quantity: number;
}

/** A row of the shop's outbox: an event, and its name among the events of all orders. */
export interface OutboxRow {
  readonly id: string;
  /** What the shop tells. It may be what is no event: then a part is missing. */
  readonly event: OrderEvent | (Pick<OrderEvent, 'orderId'> & Partial<OrderEvent>);
}

export const CONSUMERS = ['bill', 'stock'] as const;
/** The consumers, by the names of their functions. */
export type Consumer = (typeof CONSUMERS)[number];

/** The greatest quantity, and the longest name of an article, that legacy can write down. */
export const MOST_BOOKABLE = { quantity: 999, letters: 8 } as const;

/** The event that an object tells, without anything else in it; null if a part is missing or of another type. */
export function orderEventIn(value: unknown): OrderEvent | null {
  if (typeof value !== 'object' || value === null) return null;
  const { orderId, customer, sku, quantity } = value as Readonly<Record<string, unknown>>;
  if (typeof orderId !== 'string' || typeof customer !== 'string' || typeof sku !== 'string') return null;
  return isWhole(quantity) ? { orderId, customer, sku, quantity } : null;
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}

/** Whether legacy can write it down, now or ever. */
export function isBookable({ sku, quantity }: OrderEvent): boolean {
  return Math.abs(quantity) <= MOST_BOOKABLE.quantity && sku.length <= MOST_BOOKABLE.letters;
}

/** Whether a consumer can apply it, now or ever. */
export function isUsable({ event }: OutboxRow, consumer: Consumer): boolean {
  const told = orderEventIn(event);
  return told !== null && (consumer === 'bill' || isBookable(told));
}

/** The rows of the events, in order, each once: a row that is handed over again is the same event. */
export function eachOnce(rows: readonly OutboxRow[]): readonly OutboxRow[] {
  return rows.filter(({ id }, at) => rows.findIndex((row) => row.id === id) === at);
}

/** What has to be told of an order at a consumer. */
export interface DueOrder {
  readonly orderId: string;
  /** The events that the consumer can apply, in order. */
  readonly usable: readonly OrderEvent[];
  /** Those that no attempt will ever apply. */
  readonly poison: readonly OutboxRow[];
  /** How many of the usable ones come before the first one that can't be applied. */
  readonly before: number;
}

/** Every order of these rows, as a consumer should know it. */
export function ordersDue(rows: readonly OutboxRow[], consumer: Consumer): readonly DueOrder[] {
  const byOrder = Map.groupBy(eachOnce(rows), ({ event }) => event.orderId);
  return [...byOrder].map(([orderId, own]) => {
    const poison = own.filter((row) => !isUsable(row, consumer));
    const first = own.findIndex((row) => !isUsable(row, consumer));
    const usable = own.filter((row) => isUsable(row, consumer)).flatMap(({ event }) => orderEventIn(event) ?? []);
    return { orderId, usable, poison, before: first === -1 ? usable.length : first };
  });
}

/** Whether two of them tell the same. */
export function isSameEvent(one: Partial<OrderEvent>, other: Partial<OrderEvent>): boolean {
  return (
    one.orderId === other.orderId &&
    one.customer === other.customer &&
    one.sku === other.sku &&
    one.quantity === other.quantity
  );
}
