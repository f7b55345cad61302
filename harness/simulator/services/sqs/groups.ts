/**
 * The groups of a FIFO queue: which message may come next (SQ-13), and which group comes first (SQ-15, UV-07).
 *
 * A message may come if it is visible and no earlier message of its group is hidden. So a group whose first message is hidden is
 * blocked. The order between groups depends on instants and ids alone: which of two sends of the same instant came first changes nothing
 * (ADR 53). place.ts tells this file of every move.
 */

import { invariant } from '../../kernel/bug.ts';
import type { FifoState, MessageGroup } from './fifo-state.ts';
import { type HeapEntry, pop, push } from './heap.ts';
import type { Queue, QueuedMessage } from './state.ts';

/** SQ-22: beyond that number of messages a queue looks for no groups. */
const MOST_LOOKED_THROUGH = 120_000;
/** Numbers of messages that are gone are dropped when a group has more than this, and more than half of it are gone. */
const FEW = 64;

/** The group of this id, which may be new. */
export function groupOf({ groups }: FifoState, id: string): MessageGroup {
  const known = groups.get(id);
  if (known !== undefined) return known;
  const made: MessageGroup = { id, order: [], first: 0, visible: 0, readyAtMs: null, lastSequence: 0 };
  groups.set(id, made);
  return made;
}

/** The group of a message of a FIFO queue. */
export function groupOfMessage(
  fifo: FifoState,
  { content: { messageId, messageGroupId } }: QueuedMessage,
): MessageGroup {
  invariant(messageGroupId !== null, `the message ${messageId} of a FIFO queue has no group`);
  return groupOf(fifo, messageGroupId);
}

/** Puts a message behind all others of its group. */
export function joinGroup(fifo: FifoState, message: QueuedMessage): void {
  const group = groupOfMessage(fifo, message);
  if (group.first > FEW && group.first * 2 > group.order.length) {
    group.order.splice(0, group.first);
    group.first = 0;
  }
  group.order.push(message.number);
  fifo.numbers.set(message.content.messageId, message.number);
}

/** Looks at a group again, of which a message has come, gone or moved. */
export function groupChanged(queue: Queue, fifo: FifoState, group: MessageGroup): void {
  const head = headOf(queue, group);
  const readyAtMs = head?.place === 'visible' ? head.visibleAtMs : null;
  if (readyAtMs !== null && readyAtMs !== group.readyAtMs) push(fifo.ready, readyAtMs, group.id);
  group.readyAtMs = readyAtMs;
}

/** The first message of a group that is left. */
export function headOf(queue: Queue, group: MessageGroup): QueuedMessage | undefined {
  for (; group.first < group.order.length; group.first += 1) {
    const message = queue.messages.get(group.order[group.first] ?? 0);
    if (message !== undefined) return message;
  }
  return undefined;
}

/** The messages of a group that may come, in their order. They may be handed out, or leave, while they are looked at. */
export function* receivableIn(queue: Queue, { first, order }: MessageGroup): Generator<QueuedMessage, void> {
  for (let at = first; at < order.length; at += 1) {
    const message = queue.messages.get(order[at] ?? 0);
    if (message === undefined) continue;
    if (message.place !== 'visible') return;
    yield message;
  }
}

/** The groups of which messages may come, at most `limit` of them: first those whose first message has been visible for longest. */
export function groupsInTurn(queue: Queue, fifo: FifoState, limit: number): readonly MessageGroup[] {
  const farthest = farthestLookedAt(queue);
  const found = new Set<MessageGroup>();
  const looked: HeapEntry<string>[] = [];
  while (found.size < limit) {
    const entry = pop(fifo.ready);
    if (entry === undefined) break;
    const group = groupOf(fifo, entry.name);
    if (group.readyAtMs !== entry.key || found.has(group)) continue;
    looked.push(entry);
    const head = headOf(queue, group);
    if (head !== undefined && head.number <= farthest) found.add(group);
  }
  for (const { key, name } of looked) push(fifo.ready, key, name);
  return [...found];
}

/** The messages that may come next, in their order, at most `limit`. */
export function receivables(queue: Queue, fifo: FifoState, limit: number): readonly QueuedMessage[] {
  const found: QueuedMessage[] = [];
  for (const group of groupsInTurn(queue, fifo, limit)) {
    for (const message of receivableIn(queue, group)) {
      if (found.length === limit) return found;
      found.push(message);
    }
  }
  return found;
}

/** Of the messages that may come and are first in their groups, the one that was sent first. */
export function oldestHead(queue: Queue, fifo: FifoState): QueuedMessage | undefined {
  for (const message of queue.messages.values())
    if (message.place === 'visible' && headOf(queue, groupOfMessage(fifo, message)) === message) return message;
  return undefined;
}

/** The number of the last message up to which a queue looks for groups (SQ-22). Numbers grow in the order of the messages. */
function farthestLookedAt({ messages }: Queue): number {
  if (messages.size <= MOST_LOOKED_THROUGH) return Number.POSITIVE_INFINITY;
  let left = MOST_LOOKED_THROUGH;
  for (const number of messages.keys()) {
    left -= 1;
    if (left === 0) return number;
  }
  return Number.POSITIVE_INFINITY;
}
