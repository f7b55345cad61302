/**
 * A binary heap of (key, number) pairs, the smallest key first, ties by number: two plain arrays, so that a copy is cheap.
 *
 * Entries are never removed from the middle. The user of a heap skips an outdated entry when it comes to the top.
 */

export interface Heap {
  readonly keys: number[];
  readonly numbers: number[];
}

export interface HeapEntry {
  readonly key: number;
  readonly number: number;
}

export function newHeap(): Heap {
  return { keys: [], numbers: [] };
}

export function cloneHeap(heap: Heap): Heap {
  return { keys: [...heap.keys], numbers: [...heap.numbers] };
}

export function clearHeap(heap: Heap): void {
  heap.keys.length = 0;
  heap.numbers.length = 0;
}

/** The smallest entry, which stays in the heap. */
export function peek(heap: Heap): HeapEntry | undefined {
  const key = heap.keys[0];
  const number = heap.numbers[0];
  return key === undefined || number === undefined ? undefined : { key, number };
}

export function push(heap: Heap, key: number, number: number): void {
  heap.keys.push(key);
  heap.numbers.push(number);
  let at = heap.keys.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!precedes(heap, at, parent)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

/** Removes the smallest entry and returns it. */
export function pop(heap: Heap): HeapEntry | undefined {
  const top = peek(heap);
  const lastKey = heap.keys.pop();
  const lastNumber = heap.numbers.pop();
  if (lastKey === undefined || lastNumber === undefined || heap.keys.length === 0) return top;
  heap.keys[0] = lastKey;
  heap.numbers[0] = lastNumber;
  sink(heap, 0);
  return top;
}

function sink(heap: Heap, from: number): void {
  let at = from;
  for (;;) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.keys.length && precedes(heap, child, least)) least = child;
    }
    if (least === at) return;
    swap(heap, at, least);
    at = least;
  }
}

function precedes(heap: Heap, a: number, b: number): boolean {
  const byKey = (heap.keys[a] ?? 0) - (heap.keys[b] ?? 0);
  return byKey === 0 ? (heap.numbers[a] ?? 0) < (heap.numbers[b] ?? 0) : byKey < 0;
}

function swap(heap: Heap, a: number, b: number): void {
  const { keys, numbers } = heap;
  [keys[a], keys[b]] = [keys[b] ?? 0, keys[a] ?? 0];
  [numbers[a], numbers[b]] = [numbers[b] ?? 0, numbers[a] ?? 0];
}
