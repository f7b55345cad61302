/**
 * Makes the language's own objects unchangeable, so that no code can leave anything behind in them.
 *
 * A realm is reused over thousands of runs; a patched `Array.prototype` would affect later runs, or change what the SDK does.
 * Code must still be able to assign an inherited name on its own objects (`error.name = …`), which JavaScript forbids under a
 * frozen prototype. So those names become accessors that define an own property instead.
 */

/** Names that ordinary code assigns on its own objects although a prototype has them. */
const OVERRIDABLE: ReadonlyMap<object, readonly PropertyKey[]> = new Map<object, readonly PropertyKey[]>([
  [Object.prototype, ['constructor', 'toString', 'valueOf', 'toLocaleString', 'hasOwnProperty']],
  [Function.prototype, ['name', 'toString', 'constructor', 'bind', 'call', 'apply']],
  [
    Array.prototype,
    ['constructor', 'toString', 'push', 'concat', 'map', 'filter', 'join', 'keys', 'values', 'entries', 'at'],
  ],
  [Promise.prototype, ['constructor', 'then', 'catch', 'finally']],
  [Map.prototype, ['get', 'set', 'has', 'delete', 'clear']],
  [Set.prototype, ['add', 'has', 'delete', 'clear']],
  [Error.prototype, ['name', 'message', 'toString', 'constructor', 'stack']],
  ...[TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError].map(
    (kind): [object, readonly PropertyKey[]] => [kind.prototype, ['name', 'message', 'toString', 'constructor']],
  ),
]);

/** What is frozen, so that a module which is made later is not followed into the whole language again. */
const frozen = new Set<object>();

/** To be called with an object that is frozen and leads to no other that is not. */
export function noteFrozen(value: object): void {
  frozen.add(value);
}

/** Freezes everything reachable from `roots` through properties and prototypes. */
export function freezeDeep(roots: readonly unknown[]): void {
  const seen = new Set<object>();
  const queue = [...roots];
  while (queue.length > 0) {
    const value = queue.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    if (value === globalThis || frozen.has(value)) continue;
    seen.add(value);
    queue.push(Object.getPrototypeOf(value));
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      if (property !== undefined) queue.push(property.value, property.get, property.set);
    }
  }
  for (const value of seen) {
    for (const key of OVERRIDABLE.get(value) ?? []) allowOverride(value, key);
    Object.freeze(value);
  }
  // Not before: an exhausted stack may have ended the work anywhere.
  for (const value of seen) frozen.add(value);
}

function allowOverride(prototype: object, key: PropertyKey): void {
  const property = Object.getOwnPropertyDescriptor(prototype, key);
  if (property === undefined || !('value' in property) || !property.configurable) return;
  const { value } = property;
  const accessors = {
    get: () => value,
    set(this: object, next: unknown) {
      if (this === prototype)
        throw new TypeError(`Cannot change «${String(key)}»: the language's own objects are frozen in a lab`);
      Object.defineProperty(this, key, { value: next, configurable: true, enumerable: true, writable: true });
    },
  };
  // They are objects, too, and a later run would find what one leaves on them.
  Object.freeze(accessors.get);
  Object.freeze(accessors.set);
  Object.defineProperty(prototype, key, {
    configurable: false,
    enumerable: property.enumerable ?? false,
    ...accessors,
  });
}

/** `RegExp.$1` and its siblings remember the last match, even from an earlier run. */
export function removeLastMatch(): void {
  for (const key of Reflect.ownKeys(RegExp)) {
    const property = Object.getOwnPropertyDescriptor(RegExp, key);
    if (typeof key === 'string' && property?.get !== undefined) Reflect.deleteProperty(RegExp, key);
  }
}

type IteratorHelpers = { from(source: object): { map(change: (value: unknown) => unknown): object } };

/** The results of `Iterator.from(…)` and of `.map(…)` on it, each with a prototype of its own (ECMAScript 2025). */
function iteratorHelpers(): readonly unknown[] {
  const helpers = Reflect.get(globalThis, 'Iterator') as IteratorHelpers;
  const wrapped = helpers.from({ next: () => ({ done: true, value: undefined }) });
  return [wrapped, wrapped.map((value) => value)];
}

/** Objects of the language that no global name leads to. */
export function hiddenIntrinsics(): readonly unknown[] {
  const asyncFunction = async (): Promise<void> => {};
  const generator = function* (): Generator {};
  const asyncGenerator = async function* (): AsyncGenerator {};
  return [
    asyncFunction,
    generator,
    asyncGenerator,
    generator.prototype,
    asyncGenerator.prototype,
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ''[Symbol.iterator](),
    'a'.matchAll(/a/g),
    Object.getPrototypeOf(Uint8Array),
    ...iteratorHelpers(),
    new Intl.Segmenter().segment(''),
    new Intl.Segmenter().segment('')[Symbol.iterator](),
  ];
}
