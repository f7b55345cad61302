/**
 * Remembers which of the SDK's classes a learner's code has had in hand, and puts them back as they were.
 *
 * A realm outlives many environments; a property left on a class of the SDK would be seen by the next one, which on AWS
 * is another process. Only what was handed out is looked at, so a run pays for what it uses.
 */

/**
 * Comparing every attribute takes ten times as long as comparing values, and a value that is the same behind another
 * attribute changes nothing that code does; so it is done now and then.
 */
const THOROUGH_EVERY = 64;

interface Snapshot {
  readonly target: object;
  readonly keys: readonly PropertyKey[];
  readonly descriptors: readonly PropertyDescriptor[];
  readonly parent: object | null;
  /** The last round in which it was compared. */
  comparedIn: number;
}

/** One class and what it leads to. */
interface Entry {
  readonly snapshots: readonly Snapshot[];
  /** The last round in which it was handed out. */
  handedOutIn: number;
}

export class Touched {
  /** As everything was before any learner's code had it, by object. */
  readonly #pristine = new Map<object, Snapshot>();
  readonly #entries = new Map<unknown, Entry>();
  readonly #handedOut: Entry[] = [];
  /** Counts the resets. */
  #round = 1;

  /** To be called with a class or a function just before it is handed out. */
  add(value: unknown): void {
    if (typeof value !== 'function') return;
    const entry = this.#entries.get(value) ?? this.#remember(value);
    if (entry.handedOutIn === this.#round) return;
    entry.handedOutIn = this.#round;
    this.#handedOut.push(entry);
  }

  /** Puts everything back. False if something can't be put back: the realm must be thrown away. */
  reset(): boolean {
    let clean = true;
    const isUnchanged = this.#round % THOROUGH_EVERY === 0 ? isUntouched : hasSameValues;
    for (const { snapshots } of this.#handedOut) {
      for (const snapshot of snapshots) {
        if (snapshot.comparedIn === this.#round) continue;
        snapshot.comparedIn = this.#round;
        if (!isUnchanged(snapshot)) clean = restore(snapshot) && clean;
      }
    }
    this.#handedOut.length = 0;
    this.#round += 1;
    return clean;
  }

  #remember(value: object): Entry {
    const snapshots = reachableFrom(value).map((target) => {
      const snapshot = this.#pristine.get(target) ?? snapshotOf(target);
      this.#pristine.set(target, snapshot);
      return snapshot;
    });
    const entry = { snapshots, handedOutIn: 0 };
    this.#entries.set(value, entry);
    return entry;
  }
}

/** A class leads to its prototype, and both to those of its base classes. The language's own objects are frozen. */
function reachableFrom(value: object): object[] {
  const found: object[] = [];
  for (
    let target: object | null = value;
    target !== null && !isIntrinsic(target);
    target = Object.getPrototypeOf(target)
  ) {
    found.push(target);
    const prototype: unknown = typeof target === 'function' ? target.prototype : null;
    if (typeof prototype === 'object' && prototype !== null && !isIntrinsic(prototype)) found.push(prototype);
  }
  return found;
}

function isIntrinsic(target: object): boolean {
  return (
    target === Object.prototype ||
    target === Function.prototype ||
    target === Error ||
    target === Error.prototype ||
    target === Uint8Array ||
    target === Uint8Array.prototype
  );
}

function snapshotOf(target: object): Snapshot {
  const keys = Reflect.ownKeys(target);
  const descriptors = keys.map((key) => Object.getOwnPropertyDescriptor(target, key) ?? {});
  return { target, keys, descriptors, parent: Object.getPrototypeOf(target), comparedIn: 0 };
}

/** The quick look: not frozen, the same names with the same values or accessors. */
function hasSameValues({ target, keys, descriptors, parent }: Snapshot): boolean {
  if (!Object.isExtensible(target) || Object.getPrototypeOf(target) !== parent) return false;
  if (Reflect.ownKeys(target).length !== keys.length) return false;
  for (let i = 0; i < keys.length; i += 1) {
    const before = descriptors[i];
    const key = keys[i];
    if (before === undefined || key === undefined || !Object.hasOwn(target, key)) return false;
    const isValue = before.get === undefined && before.set === undefined;
    if (isValue ? Reflect.get(target, key) !== before.value : !hasSameAccessor(target, key, before)) return false;
  }
  return true;
}

function hasSameAccessor(target: object, key: PropertyKey, { get, set }: PropertyDescriptor): boolean {
  const now = Object.getOwnPropertyDescriptor(target, key);
  return now !== undefined && now.get === get && now.set === set;
}

/** The thorough look: every attribute of every property. */
function isUntouched({ target, keys, descriptors, parent }: Snapshot): boolean {
  if (!Object.isExtensible(target) || Object.getPrototypeOf(target) !== parent) return false;
  const now = Reflect.ownKeys(target);
  if (now.length !== keys.length) return false;
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i];
    if (key === undefined || now[i] !== key) return false;
    const before = descriptors[i];
    const after = Object.getOwnPropertyDescriptor(target, key);
    if (before === undefined || after === undefined || !isSame(before, after)) return false;
  }
  return true;
}

function isSame(before: PropertyDescriptor, after: PropertyDescriptor): boolean {
  return (
    before.value === after.value &&
    before.get === after.get &&
    before.set === after.set &&
    before.writable === after.writable &&
    before.enumerable === after.enumerable &&
    before.configurable === after.configurable
  );
}

function restore({ target, keys, descriptors, parent }: Snapshot): boolean {
  if (!Object.isExtensible(target)) return false;
  let clean = Reflect.setPrototypeOf(target, parent);
  for (const key of Reflect.ownKeys(target)) {
    if (!keys.includes(key)) clean = Reflect.deleteProperty(target, key) && clean;
  }
  keys.forEach((key, index) => {
    clean = Reflect.defineProperty(target, key, descriptors[index] ?? {}) && clean;
  });
  return clean;
}
