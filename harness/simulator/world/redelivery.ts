/**
 * What a standard queue may do beyond the ordinary course: deliver once more, and hand out a later message first (SQ-09).
 *
 * Both are choices with a budget, like faults. That a message comes once more is chosen when it is received; when it
 * comes is a question of order. The scenario's own receives are left alone.
 */

import { takesAlone } from '../services/event-source-mapping/event-source-mapping.ts';
import { askFor } from '../services/lambda/lambda.ts';
import { duplicableMessages, handleSqs, messagePath, visibleMessages } from '../services/sqs/sqs.ts';
import type { Queue } from '../services/sqs/state.ts';
import type { Actor, TraceEvent } from '../trace.ts';
import { instantOf, type RunContext, SCENARIO } from './context.ts';
import { pollAgain } from './mapping-effects.ts';
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

type Handed = TraceEvent & { readonly kind: 'message-received' };

/** A message was handed out: it may come once more. */
export function mayComeAgain(context: RunContext, event: Handed, cause: number): void {
  if (event.by === SCENARIO || !context.faults.mayStrike('duplicate')) return;
  if (context.options.choices.pick('duplicate', 2) === 0) return;
  context.faults.spend('duplicate');
  const { messageId, receiveCount, queue: shown } = event;
  const queue = queueShownAs(context, shown);
  if (queue === undefined) return;
  const to = takerOf(context, queue);
  const about = { lane: `${messageId}/again-${receiveCount}`, label: `${shown} delivers a message once more`, cause };
  context.schedule('step', 0, about, () => comeAgain(context, queue, to, event, cause));
}

function queueShownAs({ account: { sqs } }: RunContext, shown: string): Queue | undefined {
  return [...sqs.queues.values()].find(({ name }) => (sqs.displayNames.get(name) ?? name) === shown);
}

/** Who takes it beside whatever else is under way; the invocation that it makes is asked for now. Null: whoever polls. */
function takerOf(context: RunContext, queue: Queue): { readonly mapping: string; readonly number: number } | null {
  const alone = takesAlone(context.account.mappings, queue.arn);
  if (alone === null) return null;
  const { number, footprint } = askFor(context.account.lambda, alone.functionName);
  context.touch(footprint);
  return number === null ? null : { mapping: alone.mapping, number };
}

/** The message is handed out at once if somebody takes it: that it was visible for a moment can't be noticed. */
function comeAgain(
  context: RunContext,
  queue: Queue,
  to: { readonly mapping: string; readonly number: number } | null,
  { queue: shown, messageId, by }: Handed,
  cause: number,
): void {
  const { sqs } = context.account;
  const note = (): number => {
    context.faultsSpent += 1;
    return context.recorder.note(shown, cause, { kind: 'fault', fault: 'duplicate' });
  };
  context.touch({ reads: [messagePath(queue.name, messageId)], writes: [] });
  // Back in the queue by itself, or expired: nothing more would come of it.
  if (!duplicableMessages(sqs, queue.name).includes(messageId)) return;
  const isStillAlone = takesAlone(context.account.mappings, queue.arn)?.mapping === to?.mapping;
  if (to !== null && isStillAlone && pollAgain(context, queue, messageId, to, by, note)) return;
  const noted = note();
  context.redelivering = true;
  followSqs(context, handleSqs(sqs, { kind: 'duplicate', queue: queue.name, messageId }, instantOf(context)), noted);
  context.redelivering = false;
}
