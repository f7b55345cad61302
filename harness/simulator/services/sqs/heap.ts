/**
 * A binary heap of (key, name) pairs, the smallest key first, ties by name: two plain arrays, so that a copy is cheap.
 *
 * Entries are never removed from the middle. The user of a heap skips an outdated entry when it comes to the top.
 */

/** `Name`: what an entry stands for, a message's number or a group's id. */
export interface Heap<Name extends number | string = number> {
  readonly keys: number[];
  readonly names: Name[];
}

export interface HeapEntry<Name extends number | string = number> {
  readonly key: number;
  readonly name: Name;
}

export function newHeap<Name extends number | string = number>(): Heap<Name> {
  return { keys: [], names: [] };
}

export function cloneHeap<Name extends number | string>(heap: Heap<Name>): Heap<Name> {
  return { keys: [...heap.keys], names: [...heap.names] };
}

export function clearHeap<Name extends number | string>(heap: Heap<Name>): void {
  heap.keys.length = 0;
  heap.names.length = 0;
}

/** The smallest entry, which stays in the heap. */
export function peek<Name extends number | string>(heap: Heap<Name>): HeapEntry<Name> | undefined {
  const key = heap.keys[0];
  const name = heap.names[0];
  return key === undefined || name === undefined ? undefined : { key, name };
}

export function push<Name extends number | string>(heap: Heap<Name>, key: number, name: Name): void {
  heap.keys.push(key);
  heap.names.push(name);
  let at = heap.keys.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!precedes(heap, at, parent)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

/** Removes the smallest entry and returns it. */
export function pop<Name extends number | string>(heap: Heap<Name>): HeapEntry<Name> | undefined {
  const top = peek(heap);
  const lastKey = heap.keys.pop();
  const lastName = heap.names.pop();
  if (lastKey === undefined || lastName === undefined || heap.keys.length === 0) return top;
  heap.keys[0] = lastKey;
  heap.names[0] = lastName;
  sink(heap, 0);
  return top;
}

function sink<Name extends number | string>(heap: Heap<Name>, from: number): void {
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

function precedes<Name extends number | string>({ keys, names }: Heap<Name>, a: number, b: number): boolean {
  const byKey = (keys[a] ?? 0) - (keys[b] ?? 0);
  return byKey === 0 ? (names[a] ?? 0) < (names[b] ?? 0) : byKey < 0;
}

function swap<Name extends number | string>({ keys, names }: Heap<Name>, a: number, b: number): void {
  exchange(keys, a, b);
  exchange(names, a, b);
}

function exchange<Value extends number | string>(values: Value[], a: number, b: number): void {
  const one = values[a];
  const other = values[b];
  if (one === undefined || other === undefined) return;
  values[a] = other;
  values[b] = one;
}
