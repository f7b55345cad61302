/**
 * Records which of the SDK's classes learners' code has held, and restores them.
 *
 * A realm outlives many environments; without this, a property that code adds to a class of the SDK would be visible in the
 * next environment, which on AWS is another process. A class's own properties can't be changed once it was handed out; added
 * ones are removed. A reset looks only at classes that were handed out and only counts their properties, so a run pays for
 * what it uses.
 */

interface Snapshot {
  readonly target: object;
  readonly keys: readonly PropertyKey[];
  readonly parent: object | null;
  /** The last round in which it was compared. */
  comparedIn: number;
}

/** One class and the objects that it leads to. */
interface Entry {
  readonly snapshots: readonly Snapshot[];
  /** The last round in which it was handed out. */
  handedOutIn: number;
}

export class Touched {
  /** The original state of each object, before any learner's code held it. */
  readonly #pristine = new Map<object, Snapshot>();
  readonly #entries = new Map<unknown, Entry>();
  readonly #handedOut: Entry[] = [];
  /** The number of resets. */
  #round = 1;

  /** Must be called with a class or a function just before it is handed out. */
  add(value: unknown): void {
    if (typeof value !== 'function') return;
    const entry = this.#entries.get(value) ?? this.#remember(value);
    if (entry.handedOutIn === this.#round) return;
    entry.handedOutIn = this.#round;
    this.#handedOut.push(entry);
  }

  /** Restores everything. False if something can't be restored: the realm must be discarded. */
  reset(): boolean {
    let clean = true;
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
      const snapshot = this.#pristine.get(target) ?? seal(target);
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

/** Makes an object's own properties unchangeable; new ones can still be added. */
function seal(target: object): Snapshot {
  const keys = Reflect.ownKeys(target);
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(target, key);
    if (!property?.configurable) continue;
    const isInherited = 'value' in property && !(typeof target === 'function' && isOfEachFunction(key));
    Object.defineProperty(target, key, isInherited ? overridable(target, key, property) : unchangeable(property));
  }
  return { target, keys, parent: Object.getPrototypeOf(target), comparedIn: 0 };
}

/** Each function has these of its own, so no subclass inherits them. */
function isOfEachFunction(key: PropertyKey): boolean {
  return key === 'length' || key === 'name';
}

function unchangeable(property: PropertyDescriptor): PropertyDescriptor {
  return 'value' in property
    ? { ...property, writable: false, configurable: false }
    : { ...property, configurable: false };
}

/**
 * An instance or a subclass may have a property of the same name, even by assignment, which a plain read-only property
 * forbids. The SDK itself assigns to subclasses, when a package is loaded after a base class of its own was handed out.
 */
function overridable(owner: object, key: PropertyKey, { value, enumerable }: PropertyDescriptor): PropertyDescriptor {
  return {
    configurable: false,
    enumerable: enumerable ?? false,
    get: () => value,
    set(this: object, next: unknown) {
      if (this === owner) {
        throw new TypeError(
          `Cannot change «${String(key)}»: the SDK's own classes are fixed in a lab. Add middleware, or wrap the client.`,
        );
      }
      Object.defineProperty(this, key, { value: next, configurable: true, enumerable: true, writable: true });
    },
  };
}

/** None of the names can be deleted, so the same number of names means the same names. */
function isUnchanged({ target, keys, parent }: Snapshot): boolean {
  return (
    Reflect.ownKeys(target).length === keys.length &&
    Object.getPrototypeOf(target) === parent &&
    Object.isExtensible(target)
  );
}

function restore({ target, keys, parent }: Snapshot): boolean {
  if (!Object.isExtensible(target)) return false;
  let clean = Reflect.setPrototypeOf(target, parent);
  for (const key of Reflect.ownKeys(target)) {
    if (!keys.includes(key)) clean = Reflect.deleteProperty(target, key) && clean;
  }
  return clean;
}
