/**
 * What the checks of this lab count in a trace: invocations of one consumer at once, orders that were given back, and waits for a function.
 */

import type { TraceEvent } from '../../../simulator/trace.ts';
import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { type Counter, counterOf, levelOf, tallyOf } from '../../kit/counter.ts';
import { CONSUMERS } from '../orders.ts';

/** The greatest number of invocations of one consumer, billing or the warehouse, that were in progress at one moment. */
export function mostAtWorkOfOne(): Counter {
  return levelOf(['invocation-started'], ['invocation-ended'], (entries) => {
    const working = new Map(CONSUMERS.map((name) => [String(name), new Set<string>()]));
    let most = 0;
    for (const { event } of entries) {
      const own = working.get(event.functionName);
      if (own === undefined) continue;
      if (event.kind === 'invocation-started') own.add(event.invocation);
      else own.delete(event.invocation);
      most = Math.max(most, own.size);
    }
    return most;
  });
}

/** How many orders had a message that came again, and how many messages can have failed. */
export interface GivenBack {
  readonly orders: number;
  readonly failures: number;
}

/** Counts what was given back. A call that was throttled as often as its client tries it has failed. */
export function ordersGivenBack(): Counter<GivenBack> {
  return tallyOf(['message-sent', 'message-received', 'fault'], (entries) => {
    const orders = new Map<string, string>();
    const again = new Set<string>();
    let [refused, throttled] = [0, 0];
    for (const { event } of entries) {
      if (event.kind === 'message-sent') orders.set(`${event.queue} ${event.messageId}`, orderIn(event.body));
      else if (event.kind === 'message-received') {
        if (event.receiveCount > 1) again.add(orders.get(`${event.queue} ${event.messageId}`) ?? '');
      } else if (event.fault === 'refused') refused += 1;
      else if (event.fault === 'throttled') throttled += 1;
    }
    return { orders: again.size, failures: refused + Math.floor(throttled / CLIENT_ATTEMPTS) };
  });
}

/** How long a message waited from its arrival in the queue until its function had it for the last time. */
export interface MessageWait {
  readonly orderId: string;
  readonly ms: number;
}

/** The wait of each message that a consumer was given. */
export function waitsInQueues(): Counter<readonly MessageWait[]> {
  return counterOf(['message-sent', 'invocation-started'], (entries) => {
    const waits = new Map<string, MessageWait & { readonly sentAtMs: number }>();
    for (const { event, atMs } of entries) {
      if (event.kind === 'message-sent') {
        const wait = { orderId: orderIn(event.body), ms: -1, sentAtMs: atMs };
        waits.set(event.messageId, wait);
      } else {
        for (const id of messagesGiven(event)) {
          const wait = waits.get(id);
          if (wait !== undefined) waits.set(id, { ...wait, ms: atMs - wait.sentAtMs });
        }
      }
    }
    return [...waits.values()].filter(({ ms }) => ms >= 0).map(({ orderId, ms }) => ({ orderId, ms }));
  });
}

/** The order of a message: its text may be the event, or an envelope in which the event is a text again. */
function orderIn(body: string): string {
  return /"orderId\\*":\s*\\*"([^"\\]*)/.exec(body)?.[1] ?? '';
}

/** The id of each message that a consumer is given. Each queue gives its copy an id of its own. */
function messagesGiven({ payload }: TraceEvent & { readonly kind: 'invocation-started' }): readonly string[] {
  const records: unknown = Reflect.get(Object(payload), 'Records');
  return Array.isArray(records) ? records.map((record) => String(Reflect.get(Object(record), 'messageId'))) : [];
}
