/**
 * What is known, by data: finds what was kept under data that is the same.
 *
 * For a few entries comparing is cheaper than writing the data as text, and most places have one or two; for many it is not.
 */

import { sameData } from './same-data.ts';

const FEW = 8;

interface Entry<Value> {
  readonly key: object;
  readonly value: Value;
}

export class Known<Value> {
  readonly #all: Entry<Value>[] = [];
  /** By the text of their key, once there are many. Different keys may have one text. */
  #byText: Map<string, Entry<Value>[]> | null = null;

  /** What was kept under the same data; undefined if nothing was. */
  get(key: object): Value | undefined {
    const entries = this.#byText === null ? this.#all : (this.#byText.get(JSON.stringify(key)) ?? []);
    for (const entry of entries) if (sameData(entry.key, key)) return entry.value;
    return undefined;
  }

  /** Keeps a value under data that nothing is kept under. Nobody may change the data. */
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
