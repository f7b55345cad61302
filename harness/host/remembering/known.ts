/**
 * A map whose keys are data: finds the value that was stored under the same data.
 *
 * Most maps have one entry, which is compared. Where there are more, a fingerprint says which of them are worth a comparison.
 */

import { fingerprintOf } from './fingerprint.ts';
import { sameData } from './same-data.ts';

interface Entry<Value> {
  readonly key: object;
  readonly value: Value;
}

export class Known<Value> {
  #first: Entry<Value> | null = null;
  /** All entries by the fingerprint of their key, once there are two. Different keys may have the same fingerprint. */
  #byFingerprint: Map<number, Entry<Value>[]> | null = null;

  /** The value stored under the same data; undefined if there is none. */
  get(key: object): Value | undefined {
    if (this.#byFingerprint === null)
      return this.#first !== null && sameData(this.#first.key, key) ? this.#first.value : undefined;
    const entries = this.#byFingerprint.get(fingerprintOf(key));
    if (entries === undefined) return undefined;
    for (const entry of entries) if (sameData(entry.key, key)) return entry.value;
    return undefined;
  }

  /** Stores a value under data that has none yet. The data must never change. */
  add(key: object, value: Value): void {
    const entry = { key, value };
    if (this.#first === null) {
      this.#first = entry;
      return;
    }
    if (this.#byFingerprint === null) {
      this.#byFingerprint = new Map();
      index(this.#byFingerprint, this.#first);
    }
    index(this.#byFingerprint, entry);
  }
}

function index<Value>(byFingerprint: Map<number, Entry<Value>[]>, entry: Entry<Value>): void {
  const fingerprint = fingerprintOf(entry.key);
  const others = byFingerprint.get(fingerprint);
  if (others === undefined) byFingerprint.set(fingerprint, [entry]);
  else others.push(entry);
}
