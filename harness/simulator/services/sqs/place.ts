/**
 * Where a message is (`visible`, `in-flight`, `delayed`), and every way from one place to another.
 *
 * The only file that changes heaps and counts. A message that changes its place leaves its old heap entry behind; an entry
 * holds only if the message is still in that place, for that key.
 */

import { clearHeap, type Heap, type HeapEntry, peek, pop, push } from './heap.ts';
import type { Place, Queue, QueuedMessage } from './state.ts';

/** Puts a message into a queue that does not have it: visible at once, or later. */
export function enter(queue: Queue, message: QueuedMessage): void {
  queue.messages.set(message.number, message);
  queue.counts[message.place] += 1;
  push(queue.byAge, message.sentAtMs, message.number);
  addEntry(queue, message);
}

/** Takes a message out for good. */
export function leave(queue: Queue, message: QueuedMessage): void {
  if (!queue.messages.delete(message.number)) return;
  queue.counts[message.place] -= 1;
  if (queue.messages.size === 0) for (const heap of heapsOf(queue)) clearHeap(heap);
}

/** Hides a message until an instant. */
export function hide(queue: Queue, message: QueuedMessage, untilMs: number): void {
  message.visibleAtMs = untilMs;
  move(queue, message, 'in-flight');
}

/** SQS puts a message that was received three times without a delete at the back of the queue (SQ-10). */
const RECEIVES_UNTIL_BACK = 3;

/** Makes a message visible: in its old turn, or at the back. */
export function show(queue: Queue, message: QueuedMessage): void {
  if (message.receiveCount >= RECEIVES_UNTIL_BACK) message.turn = nextTurn(queue);
  move(queue, message, 'visible');
}

/** The next turn, behind all others. */
export function nextTurn(queue: Queue): number {
  queue.lastTurn += 1;
  return queue.lastTurn;
}

/** The visible message whose turn it is, left where it is. */
export function firstVisible(queue: Queue): QueuedMessage | undefined {
  return first(queue, queue.visible, holdsVisible);
}

/** The first visible messages, left where they are. */
export function firstVisibles(queue: Queue, limit: number): readonly QueuedMessage[] {
  const found: QueuedMessage[] = [];
  while (found.length < limit) {
    const message = firstVisible(queue);
    if (message === undefined) break;
    // A message that was hidden and shown again in the same turn may stand here twice.
    if (found.at(-1) !== message) found.push(message);
    pop(queue.visible);
  }
  for (const message of found) push(queue.visible, message.turn, message.number);
  return found;
}

/** The hidden message that becomes visible next, of those in flight or of those delayed. */
export function firstHidden(queue: Queue, place: 'in-flight' | 'delayed'): QueuedMessage | undefined {
  const heap = place === 'in-flight' ? queue.inFlight : queue.delayed;
  return first(queue, heap, (message, { key }) => message.place === place && message.visibleAtMs === key);
}

/** The message that was sent first. */
export function oldest(queue: Queue): QueuedMessage | undefined {
  return first(queue, queue.byAge, () => true);
}

function holdsVisible(message: QueuedMessage, { key }: HeapEntry): boolean {
  return message.place === 'visible' && message.turn === key;
}

/** The first entry that holds; those before it are dropped. */
function first(
  queue: Queue,
  heap: Heap,
  holds: (message: QueuedMessage, entry: HeapEntry) => boolean,
): QueuedMessage | undefined {
  for (;;) {
    const entry = peek(heap);
    if (entry === undefined) return undefined;
    const message = queue.messages.get(entry.number);
    if (message !== undefined && holds(message, entry)) return message;
    pop(heap);
  }
}

function move(queue: Queue, message: QueuedMessage, to: Place): void {
  queue.counts[message.place] -= 1;
  queue.counts[to] += 1;
  message.place = to;
  addEntry(queue, message);
}

function addEntry(queue: Queue, message: QueuedMessage): void {
  switch (message.place) {
    case 'visible':
      push(queue.visible, message.turn, message.number);
      return;
    case 'in-flight':
      push(queue.inFlight, message.visibleAtMs, message.number);
      return;
    case 'delayed':
      push(queue.delayed, message.visibleAtMs, message.number);
  }
}

function heapsOf({ visible, inFlight, delayed, byAge }: Queue): readonly Heap[] {
  return [visible, inFlight, delayed, byAge];
}
