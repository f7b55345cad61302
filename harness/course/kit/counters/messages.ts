/**
 * Counters of messages: how many were offered at once, how often one was delivered, how many came in one batch.
 */

import { type Counter, greatest, levelOf, tallyOf } from '../counter.ts';

/**
 * The greatest number of messages with one subject that a queue held at one moment, visible or in flight. They were offered at
 * once, whether or not the stack took them at once. `subjectOf` reads the subject, such as an order, from a message's body.
 */
export function mostOfferedAtOnce(subjectOf: (body: string) => string): Counter {
  return levelOf(['message-sent'], ['message-deleted'], (entries) => {
    const subjects = new Map<string, string>();
    const held = new Map<string, number>();
    let most = 0;
    for (const { event } of entries) {
      if (event.kind === 'message-sent') subjects.set(event.messageId, subjectOf(event.body));
      const key = `${event.queue} ${subjects.get(event.messageId) ?? ''}`;
      const now = (held.get(key) ?? 0) + (event.kind === 'message-sent' ? 1 : -1);
      held.set(key, now);
      most = Math.max(most, now);
    }
    return most;
  });
}

/** The greatest number of times that a queue handed out the same message. */
export function mostDeliveriesOfOne(): Counter {
  return tallyOf(['message-received'], (entries) => {
    const deliveries = new Map<string, number>();
    for (const { event } of entries) {
      const key = `${event.queue} ${event.messageId}`;
      deliveries.set(key, (deliveries.get(key) ?? 0) + 1);
    }
    return greatest(deliveries.values());
  });
}

/** The greatest number of messages that one invocation received. */
export function mostInOneBatch(): Counter {
  return tallyOf(['invocation-started'], (entries) => greatest(entries.map(({ event }) => recordsIn(event.payload))));
}

function recordsIn(payload: unknown): number {
  const records: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'Records') : null;
  return Array.isArray(records) ? records.length : 0;
}
