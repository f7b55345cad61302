/**
 * A map whose keys are data: finds the value that was stored under the same data.
 *
 * For a few entries, comparing is faster than writing the data as text, and most maps have one or two; for many it is slower.
 */

import { sameData } from './same-data.ts';

const FEW = 8;

interface Entry<Value> {
  readonly key: object;
  readonly value: Value;
}

export class Known<Value> {
  readonly #all: Entry<Value>[] = [];
  /** Entries by the text of their key, once there are many. Different keys may have the same text. */
  #byText: Map<string, Entry<Value>[]> | null = null;

  /** The value stored under the same data; undefined if there is none. */
  get(key: object): Value | undefined {
    const entries = this.#byText === null ? this.#all : (this.#byText.get(JSON.stringify(key)) ?? []);
    for (const entry of entries) if (sameData(entry.key, key)) return entry.value;
    return undefined;
  }

  /** Stores a value under data that has none yet. The data must never change. */
  add(key: object, value: Value): void {
    const entry = { key, value };
    this.#all.push(entry);
    if (this.#byText !== null) this.#index(this.#byText, entry);
    else if (this.#all.length > FEW) {
      this.#byText = new Map();
      for (const each of this.#all) this.#index(this.#byText, each);
    }
  }

  #index(byText: Map<string, Entry<Value>[]>, entry: Entry<Value>): void {
    const text = JSON.stringify(entry.key);
    const others = byText.get(text);
    if (others === undefined) byText.set(text, [entry]);
    else others.push(entry);
  }
}
