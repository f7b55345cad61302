/**
 * Events of orders: what the shop tells, and what a message says.
 *
 * There is nothing to do in this file.
 */

/** A change of an order: so many more of an article, or fewer. */
export interface OrderEvent {
  readonly orderId: string;
  readonly customer: string;
  readonly sku: string;
  /** Below zero if the customer takes something back. */
  readonly quantity: number;
}

/** A row of the shop's outbox. The shop writes each event down once, and hands its row over until it knows that it was published. */
export interface OutboxRow {
  /** Names the event, among the events of all orders. */
  readonly id: string;
  readonly event: OrderEvent;
}

/** What can't be applied now can't be applied at any other time either. */
export class Unusable extends Error {}

/** The event that a message's body holds. */
export function eventIn(body: string): OrderEvent {
  const { orderId, customer, sku, quantity } = JSON.parse(body);
  if (typeof sku !== 'string' || !Number.isInteger(quantity)) {
    throw new Unusable(`This message holds no event: ${body}`);
  }
  return { orderId, customer, sku, quantity };
}
