/**
 * Why a run did not come to its end: the code repeats itself, or a message fails each time and comes back each time.
 */

import type { Trace } from '../../simulator/trace.ts';
import { messageNames } from '../draw/messages.ts';
import { capital, thousands } from '../../words/phrases.ts';

/** More receives than any redrive policy of a lab allows. */
const ENDLESS_RECEIVES = 20;

/** What to tell the learner whose run met its cap on steps. */
export function sayEndless(trace: Trace, steps: number): string {
  const begun = `A run did not come to its end within ${thousands(steps)} steps: `;
  const received = trace.findLast(({ event }) => event.kind === 'message-received')?.event;
  if (received?.kind !== 'message-received' || received.receiveCount < ENDLESS_RECEIVES)
    return `${begun}your code repeats itself without end. Give its retries a limit.`;
  const { messageId, queue, receiveCount } = received;
  const name = capital(messageNames(trace)(messageId));
  return `${begun}${name} of the queue ${queue} was received ${thousands(receiveCount)} times and comes back each time. Give the queue a RedrivePolicy with a dead-letter queue, and look at what the handler throws.`;
}
