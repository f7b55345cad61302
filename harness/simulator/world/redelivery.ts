/**
 * What a standard queue may do beyond the ordinary course: deliver once more, and hand out a later message first (SQ-09).
 *
 * Both are choices with a budget, like faults. That a message comes once more is chosen when it is received; when it
 * comes is a question of order. The scenario's own receives are left alone.
 */

import { duplicableMessages, handleSqs, messagePath, visibleMessages } from '../services/sqs/sqs.ts';
import type { Queue } from '../services/sqs/state.ts';
import type { Actor, TraceEvent } from '../trace.ts';
import { instantOf, type RunContext, SCENARIO } from './context.ts';
import { followSqs } from './sqs-effects.ts';

/** Of a long queue, only so many are offered to be the first: more would be more of the same. */
const MOST_OFFERED = 4;

/** Which message a poller is given first, if it is not the oldest one. */
export function pickFirst(context: RunContext, queue: Queue, by: Actor): string | null {
  if (!context.faults.mayStrike('reorder')) return null;
  const visible = visibleMessages(context.account.sqs, queue.name, MOST_OFFERED);
  const index = context.options.choices.pick('reorder', Math.max(1, visible.length));
  const first = visible[index];
  if (index === 0 || first === undefined) return null;
  context.faults.spend('reorder');
  context.faultsSpent += 1;
  context.recorder.note(by, null, { kind: 'fault', fault: 'reorder' });
  return first;
}

/** A message was handed out: it may come once more. */
export function mayComeAgain(
  context: RunContext,
  event: TraceEvent & { readonly kind: 'message-received' },
  cause: number,
): void {
  if (event.by === SCENARIO || !context.faults.mayStrike('duplicate')) return;
  if (context.options.choices.pick('duplicate', 2) === 0) return;
  context.faults.spend('duplicate');
  const { messageId, receiveCount, queue } = event;
  const about = { lane: `${messageId}/again-${receiveCount}`, label: `${queue} delivers a message once more`, cause };
  context.schedule('step', 0, about, () => comeAgain(context, event, cause));
}

/** The message is handed out at once if somebody takes it: that it was visible for a moment can't be noticed. */
function comeAgain(
  context: RunContext,
  { queue: shown, messageId }: TraceEvent & { readonly kind: 'message-received' },
  cause: number,
): void {
  const { sqs } = context.account;
  const queue = [...sqs.queues.keys()].find((name) => (sqs.displayNames.get(name) ?? name) === shown);
  if (queue === undefined) return;
  context.touch({ reads: [messagePath(queue, messageId)], writes: [] });
  // Back in the queue by itself, or expired: nothing more would come of it.
  if (!duplicableMessages(sqs, queue).includes(messageId)) return;
  context.faultsSpent += 1;
  const noted = context.recorder.note(shown, cause, { kind: 'fault', fault: 'duplicate' });
  context.redelivering = true;
  followSqs(context, handleSqs(sqs, { kind: 'duplicate', queue, messageId }, instantOf(context)), noted);
  context.redelivering = false;
}
