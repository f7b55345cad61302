/**
 * A queue's timers: one for each reason to wait, by name. A later timer of the same name replaces it.
 */

import type { Timer } from '../../contract/effect.ts';
import type { SqsMessage } from './messages.ts';
import type { Queue } from './state.ts';
import type { Work } from './work.ts';

/** The effect that sets a timer. For a `deadline` that comes early, the trace names the queue. */
export function timerOf(
  work: Work,
  queue: Queue,
  { of, as, atMs, message }: Pick<Timer<SqsMessage>, 'of' | 'as' | 'atMs' | 'message'>,
): Timer<SqsMessage> {
  return {
    kind: 'timer',
    of,
    as,
    atMs,
    message,
    label: `${of} (${queue.name})`,
    isCancellable: true,
    owner: { actor: work.shown(queue), isInvocation: false },
  };
}

/** The name of the timer for the next message that becomes visible, of those that are hidden for this reason. */
export function deadlineName({ name }: Queue, reason: 'visibility' | 'delay'): string {
  return `sqs/${name}/${reason}`;
}
