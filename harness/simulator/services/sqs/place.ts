/**
 * The places of a message (`visible`, `in-flight`, `delayed`), and every move from one place to another.
 *
 * Only this file changes heaps and counts. A message that moves leaves its old heap entry behind; an entry is valid only if
 * the message is still in that place, with that key.
 */

import { groupChanged, groupOf, groupOfMessage, joinGroup } from './groups.ts';
import { clearHeap, type Heap, type HeapEntry, newHeap, peek, pop, push } from './heap.ts';
import type { Place, Queue, QueuedMessage } from './state.ts';

/** Adds a message to a queue: visible at once, or later. */
export function enter(queue: Queue, message: QueuedMessage): void {
  queue.messages.set(message.number, message);
  if (queue.fifo !== null) joinGroup(queue.fifo, message);
  count(queue, message, 1);
  push(queue.byAge, message.sentAtMs, message.number);
  addEntry(queue, message);
}

/** Removes a message from the queue. */
export function leave(queue: Queue, message: QueuedMessage): void {
  if (!queue.messages.delete(message.number)) return;
  count(queue, message, -1);
  if (queue.fifo !== null) {
    queue.fifo.numbers.delete(message.content.messageId);
    groupChanged(queue, queue.fifo, groupOfMessage(queue.fifo, message));
  }
  if (queue.messages.size > 0) return;
  for (const heap of [queue.visible, queue.inFlight, queue.delayed, queue.byAge]) clearHeap(heap);
  queue.aside.clear();
}

/** Hides a message until an instant. */
export function hide(queue: Queue, message: QueuedMessage, untilMs: number): void {
  message.visibleAtMs = untilMs;
  move(queue, message, 'in-flight');
}

/** Hides a delayed message for another time than before (SQ-39). */
export function delayUntil(queue: Queue, message: QueuedMessage, untilMs: number): void {
  message.visibleAtMs = untilMs;
  move(queue, message, 'delayed');
}

/** A standard queue puts a message that was received three times without a delete at the back (SQ-10). */
const RECEIVES_UNTIL_BACK = 3;

/** Makes a message visible: at its old turn, or at the back. On a FIFO queue turns count for nothing. */
export function show(queue: Queue, message: QueuedMessage): void {
  if (message.receiveCount >= RECEIVES_UNTIL_BACK) message.turn = nextTurn(queue);
  move(queue, message, 'visible');
}

/** The next turn, behind all others. */
export function nextTurn(queue: Queue): number {
  queue.lastTurn += 1;
  return queue.lastTurn;
}

/** A visible message, and the heap whose first entry it is. */
interface Turn {
  readonly message: QueuedMessage;
  readonly heap: Heap;
}

/**
 * The visible message that comes next, which stays in the queue: the one that has waited longest, except that messages of
 * noisy tenants come only when the other tenants have none (SQ-32).
 */
export function firstVisible(queue: Queue): QueuedMessage | undefined {
  return nextOf(queue)?.message;
}

/** The first visible messages, which stay in the queue. */
export function firstVisibles(queue: Queue, limit: number): readonly QueuedMessage[] {
  const found: QueuedMessage[] = [];
  while (found.length < limit) {
    const turn = nextOf(queue);
    if (turn === undefined) break;
    // A message that was hidden and shown again at the same turn may stand here twice.
    if (found.at(-1) !== turn.message) found.push(turn.message);
    pop(turn.heap);
  }
  for (const message of found) push(queue.visible, message.turn, message.number);
  return found;
}

function nextOf(queue: Queue): Turn | undefined {
  const quiet: Turn[] = [];
  const noisy: Turn[] = [];
  const ordinary = firstOfQuiet(queue);
  if (ordinary !== undefined) quiet.push({ message: ordinary, heap: queue.visible });
  for (const [group, heap] of queue.aside) {
    const message = first(queue, heap, holdsVisible);
    if (message === undefined) queue.aside.delete(group);
    else (isNoisy(queue, group) ? noisy : quiet).push({ message, heap });
  }
  return earliest(quiet) ?? earliest(noisy);
}

/** The first message of a tenant that is not noisy; the messages before it are set aside, by tenant. */
function firstOfQuiet(queue: Queue): QueuedMessage | undefined {
  for (;;) {
    const message = first(queue, queue.visible, holdsVisible);
    const group = message?.content.messageGroupId ?? null;
    if (message === undefined || group === null || !isNoisy(queue, group)) return message;
    pop(queue.visible);
    const heap = queue.aside.get(group) ?? newHeap();
    queue.aside.set(group, heap);
    push(heap, message.turn, message.number);
  }
}

function earliest(turns: readonly Turn[]): Turn | undefined {
  return turns.reduce<Turn | undefined>(
    (best, turn) => (best === undefined || turn.message.turn < best.message.turn ? turn : best),
    undefined,
  );
}

/** UV-15: a tenant is noisy if it has at least ten messages in flight, and more than a third of all messages in flight. */
const NOISY_FROM = 10;
const NOISY_SHARE = 3;

function isNoisy(queue: Queue, group: string): boolean {
  const own = queue.inFlightOf.get(group) ?? 0;
  return own >= NOISY_FROM && own * NOISY_SHARE > queue.counts['in-flight'];
}

/** The message in flight, or the delayed message, that becomes visible next. */
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

/** The first valid entry; the outdated entries before it are dropped. */
function first(
  queue: Queue,
  heap: Heap,
  holds: (message: QueuedMessage, entry: HeapEntry) => boolean,
): QueuedMessage | undefined {
  for (;;) {
    const entry = peek(heap);
    if (entry === undefined) return undefined;
    const message = queue.messages.get(entry.name);
    if (message !== undefined && holds(message, entry)) return message;
    pop(heap);
  }
}

function move(queue: Queue, message: QueuedMessage, to: Place): void {
  count(queue, message, -1);
  message.place = to;
  count(queue, message, 1);
  addEntry(queue, message);
}

function addEntry(queue: Queue, message: QueuedMessage): void {
  const { fifo } = queue;
  if (fifo !== null) groupChanged(queue, fifo, groupOfMessage(fifo, message));
  switch (message.place) {
    case 'visible':
      if (fifo === null) push(queue.visible, message.turn, message.number);
      return;
    case 'in-flight':
      push(queue.inFlight, message.visibleAtMs, message.number);
      return;
    case 'delayed':
      push(queue.delayed, message.visibleAtMs, message.number);
  }
}

/** Adds 1 to, or subtracts 1 from, the count of the message's place. */
function count(queue: Queue, { place, content }: QueuedMessage, by: 1 | -1): void {
  queue.counts[place] += by;
  if (queue.fifo !== null && place === 'visible') groupOf(queue.fifo, content.messageGroupId ?? '').visible += by;
  if (place !== 'visible') queue.hasMoved[place] = true;
  const { messageGroupId: group } = content;
  if (place !== 'in-flight' || group === null) return;
  const own = (queue.inFlightOf.get(group) ?? 0) + by;
  if (own === 0) queue.inFlightOf.delete(group);
  else queue.inFlightOf.set(group, own);
}
