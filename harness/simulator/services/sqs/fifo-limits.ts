/**
 * How many calls a FIFO queue takes in a second (SQ-25). A limit measures elapsed time, so it holds in timed runs only; in exploration,
 * calls that are throttled are a fault with a budget.
 *
 * Standard queues have no such limit. A second is one of virtual time, from a whole second to the next (UV-64).
 */

import type { Input } from '../../contract/answer.ts';
import { asTold } from '../../contract/refusal.ts';
import { isRecord } from '../../contract/request.ts';
import type { FifoState } from './fifo-state.ts';
import { requestThrottled } from './refusal.ts';
import type { Queue } from './state.ts';
import type { Work } from './work.ts';

/** For each action, a batch counted once. */
const CALLS_PER_SECOND = 300;
/** With high throughput, in us-east-1; and for each partition, in which whole groups live. */
const CALLS_PER_SECOND_AT_MOST = 70_000;
const CALLS_PER_SECOND_AND_GROUP = 300;

/** The actions that have a limit each. A batch is a call of the same action. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['SendMessage', 'send'],
  ['SendMessageBatch', 'send'],
  ['ReceiveMessage', 'receive'],
  ['DeleteMessage', 'delete'],
  ['DeleteMessageBatch', 'delete'],
  ['ChangeMessageVisibility', 'change'],
  ['ChangeMessageVisibilityBatch', 'change'],
]);

/** Takes a call into account, or refuses it because its queue has had too many in this second. */
export function countCall(work: Work, queue: Queue, operation: string, input: Input): void {
  const action = ACTIONS.get(operation);
  if (!work.moment.isTimed || queue.fifo === null || action === undefined) return;
  const isHigh = queue.settings.fifo?.fifoThroughputLimit === 'perMessageGroupId';
  countOne(queue.fifo, action, isHigh ? CALLS_PER_SECOND_AT_MOST : CALLS_PER_SECOND, work.nowMs);
  if (!isHigh || action !== 'send') return;
  for (const groupId of groupsNamedIn(input))
    countOne(queue.fifo, `send to ${groupId}`, CALLS_PER_SECOND_AND_GROUP, work.nowMs);
}

function groupsNamedIn({ Entries, MessageGroupId }: Input): ReadonlySet<string> {
  const entries = Array.isArray(Entries) ? Entries.filter(isRecord) : [{ MessageGroupId }];
  return new Set(entries.map((entry) => asTold(entry.MessageGroupId)));
}

function countOne({ calls }: FifoState, what: string, most: number, nowMs: number): void {
  const second = Math.floor(nowMs / 1_000);
  const before = calls.get(what);
  const times = before?.second === second ? before.times : 0;
  if (times >= most) throw requestThrottled();
  calls.set(what, { second, times: times + 1 });
}
