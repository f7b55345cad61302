/**
 * `WeakRef` and `FinalizationRegistry` of an engine that never collects: `deref()` always answers, no callback ever comes.
 *
 * The language allows that, and nothing else can be replayed: when memory is collected depends on the machine.
 * https://tc39.es/ecma262/#sec-managing-memory
 */

export class RealmWeakRef {
  readonly #target: object | symbol;

  constructor(target: unknown) {
    if (!canBeHeldWeakly(target)) throw new TypeError('WeakRef: invalid target');
    this.#target = target;
  }

  deref(): object | symbol {
    return this.#target;
  }

  get [Symbol.toStringTag](): string {
    return 'WeakRef';
  }
}

export class RealmFinalizationRegistry {
  readonly #tokens = new WeakSet<object | symbol>();

  constructor(cleanup: unknown) {
    if (typeof cleanup !== 'function') throw new TypeError('FinalizationRegistry: cleanup must be callable');
  }

  /** The target is not kept: nothing is ever told of its end. */
  register(target: unknown, held?: unknown, token?: unknown): void {
    if (!canBeHeldWeakly(target)) throw new TypeError('FinalizationRegistry.prototype.register: invalid target');
    if (target === held)
      throw new TypeError('FinalizationRegistry.prototype.register: target and holdings must not be same');
    if (token === undefined) return;
    if (!canBeHeldWeakly(token)) throw new TypeError(`Invalid unregister token ('${String(token)}')`);
    this.#tokens.add(token);
  }

  /** Whether something was registered under this token. */
  unregister(token: unknown): boolean {
    if (!canBeHeldWeakly(token)) throw new TypeError(`Invalid unregister token ('${String(token)}')`);
    return this.#tokens.delete(token);
  }

  get [Symbol.toStringTag](): string {
    return 'FinalizationRegistry';
  }
}

/** Symbols of the registry are shared by everybody, so they never end. https://tc39.es/ecma262/#sec-canbeheldweakly */
function canBeHeldWeakly(value: unknown): value is object | symbol {
  if (typeof value === 'symbol') return Symbol.keyFor(value) === undefined;
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
