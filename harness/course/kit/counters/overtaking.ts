/**
 * Counters of order: how many items were begun after an item that came later.
 */

import { type Counter, counterOf } from '../counter.ts';

/** How many messages were first handed out after a message that was sent later to the same queue. */
export function overtakenMessages(): Counter {
  return counterOf(['message-sent', 'message-received'], (entries) => {
    const queues = new Map<string, { readonly came: string[]; readonly went: string[] }>();
    for (const { event } of entries) {
      const queue = queues.get(event.queue) ?? { came: [], went: [] };
      queues.set(event.queue, queue);
      (event.kind === 'message-sent' ? queue.came : queue.went).push(event.messageId);
    }
    return [...queues.values()].reduce((total, { came, went }) => total + overtaken(came, went), 0);
  });
}

/** How many asynchronous events were first run after an event that Lambda had accepted later. */
export function overtakenEvents(functionName: string): Counter {
  return counterOf(['event-queued', 'invocation-started'], (entries) => {
    const own = entries.filter(({ event }) => event.functionName === functionName);
    const idsOf = (kind: 'event-queued' | 'invocation-started') =>
      own.flatMap(({ event }) => (event.kind === kind ? [event.requestId] : []));
    return overtaken(idsOf('event-queued'), idsOf('invocation-started'));
  });
}

/**
 * How many items in `came` went, for their first time, after an item that had come later. An item that never went does not
 * count as overtaken, and an item that never came is left out.
 */
export function overtaken(came: readonly string[], went: readonly string[]): number {
  const places = new Map(came.map((id, place) => [id, place]));
  let latest = -1;
  let count = 0;
  for (const id of new Set(went)) {
    const place = places.get(id);
    if (place === undefined) continue;
    if (place < latest) count += 1;
    latest = Math.max(latest, place);
  }
  return count;
}
