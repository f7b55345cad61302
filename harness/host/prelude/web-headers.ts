/**
 * `Headers`: names without case, values in order, `set-cookie` apart.
 *
 * https://fetch.spec.whatwg.org/#headers-class, in the words of Node's errors. No guards: a lab has no forbidden headers.
 */

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const BREAKS = /[\0\r\n]/;
const COOKIES = 'set-cookie';

type Pairs = Iterable<readonly [string, string]>;

/** What headers can be made of. */
export type HeadersSource = RealmHeaders | Iterable<Iterable<unknown>> | Readonly<Record<string, unknown>>;

export class RealmHeaders {
  readonly #values = new Map<string, string[]>();

  constructor(source?: HeadersSource | null) {
    if (source === undefined || source === null) return;
    if (typeof source !== 'object')
      throw new TypeError(
        `Headers constructor: init given ${JSON.stringify(source)} is not one of record<ByteString, ByteString>, sequence<sequence<ByteString>>.`,
      );
    for (const [name, value] of pairsOf(source)) this.append(name, value);
  }

  append(name: unknown, value: unknown): void {
    const key = nameIn(name, 'append');
    const text = valueIn(value, 'append');
    this.#values.set(key, [...(this.#values.get(key) ?? []), text]);
  }

  set(name: unknown, value: unknown): void {
    this.#values.set(nameIn(name, 'set'), [valueIn(value, 'set')]);
  }

  delete(name: unknown): void {
    this.#values.delete(nameIn(name, 'delete'));
  }

  get(name: unknown): string | null {
    return this.#values.get(nameIn(name, 'get'))?.join(', ') ?? null;
  }

  has(name: unknown): boolean {
    return this.#values.has(nameIn(name, 'has'));
  }

  getSetCookie(): string[] {
    return [...(this.#values.get(COOKIES) ?? [])];
  }

  forEach(callback: (value: string, name: string, headers: this) => void, self?: unknown): void {
    for (const [name, value] of this.#sorted()) callback.call(self, value, name, this);
  }

  *entries(): Generator<[string, string]> {
    for (const [name, value] of this.#sorted()) yield [name, value];
  }

  *keys(): Generator<string> {
    for (const [name] of this.#sorted()) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this.#sorted()) yield value;
  }

  [Symbol.iterator](): Generator<[string, string]> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return 'Headers';
  }

  #sorted(): Pairs {
    const names = [...this.#values.keys()].sort();
    return names.flatMap((name): [string, string][] => {
      const all = this.#values.get(name) ?? [];
      return name === COOKIES ? all.map((one) => [name, one]) : [[name, all.join(', ')]];
    });
  }
}

function* pairsOf(source: Exclude<HeadersSource, null>): Generator<readonly [unknown, unknown]> {
  if (source instanceof RealmHeaders) {
    yield* source.entries();
  } else if (Symbol.iterator in source) {
    for (const pair of source as Iterable<Iterable<unknown>>) {
      const both = [...pair];
      if (both.length !== 2)
        throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${both.length}.`);
      yield [both[0], both[1]];
    }
  } else {
    yield* Object.entries(source);
  }
}

function nameIn(name: unknown, method: string): string {
  const text = byteString(name);
  if (!NAME.test(text)) throw new TypeError(`Headers.${method}: "${text}" is an invalid header name.`);
  return text.toLowerCase();
}

function valueIn(value: unknown, method: string): string {
  const text = byteString(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (BREAKS.test(text)) throw new TypeError(`Headers.${method}: "${text}" is an invalid header value.`);
  return text;
}

/** A text of which every character fits into a byte. */
function byteString(given: unknown): string {
  const text = String(given);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 255)
      throw new TypeError(
        `Cannot convert argument to a ByteString because the character at index ${at} has a value of ${code} which is greater than 255.`,
      );
  }
  return text;
}
