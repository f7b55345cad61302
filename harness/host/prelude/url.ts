/**
 * `URL` and `URLSearchParams` for a bare realm: absolute http and https addresses, which is what handlers and the SDK use.
 *
 * Not the whole of the URL Standard: no relative addresses, no other schemes, no international names. What it does not
 * read although it is an address, it refuses by name; for what is none it throws «Invalid URL», as the standard has it.
 */

import { refuse } from './environment-now.ts';
import { nodeError } from './node-errors.ts';

const ADDRESS =
  /^(https?:)\/\/(?:([^:@/?#]*)(?::([^@/?#]*))?@)?(\[[^\]]+\]|[^:/?#\s]+)(?::(\d{1,5}))?([^?#\s]*)(\?[^#\s]*)?(#\S*)?$/i;

/** What the standard reads and this does not. */
const OTHER_SCHEME = /^(?!https?:)[a-z][a-z\d+.-]*:(?!:)/i;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Only an address may put others in place of its parameters. */
let replaceParams: (params: RealmURLSearchParams, text: string) => void;

export class RealmURL {
  protocol = '';
  username = '';
  password = '';
  hostname = '';
  port = '';
  pathname = '';
  hash = '';
  readonly searchParams: RealmURLSearchParams = new RealmURLSearchParams();

  constructor(address: unknown, base?: unknown) {
    const match = read(address, base);
    if (match === null)
      throw Object.assign(nodeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL'), { input: String(address) });
    this.#take(match);
  }

  #take(match: RegExpExecArray): void {
    const [
      ,
      protocol = '',
      username = '',
      password = '',
      hostname = '',
      port = '',
      pathname = '',
      search = '',
      hash = '',
    ] = match;
    this.protocol = protocol.toLowerCase();
    this.username = username;
    this.password = password;
    this.hostname = hostname.toLowerCase();
    this.port = port === DEFAULT_PORTS[this.protocol] ? '' : port;
    this.pathname = pathname === '' ? '/' : pathname;
    this.hash = hash === '#' ? '' : hash;
    this.search = search;
  }

  static canParse(address: unknown, base?: unknown): boolean {
    return read(address, base) !== null;
  }

  /** Null for what is no address. */
  static parse(address: unknown, base?: unknown): RealmURL | null {
    return read(address, base) === null ? null : new RealmURL(address, base);
  }

  get search(): string {
    const text = this.searchParams.toString();
    return text === '' ? '' : `?${text}`;
  }

  set search(text: unknown) {
    replaceParams(this.searchParams, String(text));
  }

  get host(): string {
    return this.port === '' ? this.hostname : `${this.hostname}:${this.port}`;
  }

  set host(text: unknown) {
    const match = read(`${this.protocol}//${String(text)}`);
    if (match === null) return;
    this.hostname = (match[4] ?? '').toLowerCase();
    this.port = match[5] === DEFAULT_PORTS[this.protocol] ? '' : (match[5] ?? this.port);
  }

  get origin(): string {
    return `${this.protocol}//${this.host}`;
  }

  get href(): string {
    const password = this.password === '' ? '' : `:${this.password}`;
    const credentials = this.username === '' ? '' : `${this.username}${password}@`;
    return `${this.protocol}//${credentials}${this.host}${this.pathname}${this.search}${this.hash}`;
  }

  set href(address: unknown) {
    const match = read(address);
    if (match === null)
      throw Object.assign(nodeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL'), { input: String(address) });
    this.#take(match);
  }

  toString(): string {
    return this.href;
  }

  toJSON(): string {
    return this.href;
  }
}

/** The parts of an address; null for what is none. */
function read(address: unknown, base?: unknown): RegExpExecArray | null {
  const text = String(address).trim();
  const match = ADDRESS.exec(text);
  if (match === null && base !== undefined && !/^https?:/i.test(text))
    refuse('Your code makes a URL relative to another.', 'Write the whole address into one text.');
  if (match === null && OTHER_SCHEME.test(text))
    refuse(
      `Your code makes a URL of «${text.slice(0, text.indexOf(':') + 1)}».`,
      'A lab reads http and https addresses.',
    );
  return match;
}

type SearchSource = string | Iterable<readonly [string, string]> | Readonly<Record<string, string>>;

export class RealmURLSearchParams {
  #pairs: [string, string][] = [];

  static {
    replaceParams = (params, text) => params.#read(text);
  }

  constructor(from: SearchSource = '') {
    if (typeof from === 'string') {
      this.#read(from);
      return;
    }
    const pairs = Symbol.iterator in from ? from : Object.entries(from);
    for (const [name, value] of pairs as Iterable<readonly [string, string]>) this.append(name, value);
  }

  get size(): number {
    return this.#pairs.length;
  }

  #read(from: string): void {
    this.#pairs = [];
    for (const part of from.replace(/^\?/, '').split('&')) {
      if (part === '') continue;
      const [name = '', ...value] = part.split('=');
      this.append(unescapeForm(name), unescapeForm(value.join('=')));
    }
  }

  append(name: string, value: string): void {
    this.#pairs.push([String(name), String(value)]);
  }

  /** In the place of the first of this name; the others go. */
  set(name: string, value: string): void {
    const at = this.#pairs.findIndex(([known]) => known === String(name));
    if (at < 0) {
      this.append(name, value);
      return;
    }
    this.#pairs = this.#pairs.filter(([known], index) => index <= at || known !== String(name));
    this.#pairs[at] = [String(name), String(value)];
  }

  delete(name: string, value?: string): void {
    this.#pairs = this.#pairs.filter((pair) => !isPair(pair, name, value));
  }

  get(name: string): string | null {
    return this.#pairs.find(([known]) => known === String(name))?.[1] ?? null;
  }

  getAll(name: string): string[] {
    return this.#pairs.flatMap(([known, value]) => (known === String(name) ? [value] : []));
  }

  has(name: string, value?: string): boolean {
    return this.#pairs.some((pair) => isPair(pair, name, value));
  }

  /** By the names' UTF-16 units; equal names keep their order. */
  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  }

  forEach(callback: (value: string, name: string, params: this) => void): void {
    for (const [name, value] of this.#pairs) callback(value, name, this);
  }

  *[Symbol.iterator](): Generator<[string, string]> {
    yield* this.#pairs;
  }

  entries(): Generator<[string, string]> {
    return this[Symbol.iterator]();
  }

  *keys(): Generator<string> {
    for (const [name] of this.#pairs) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this.#pairs) yield value;
  }

  toString(): string {
    return this.#pairs.map(([name, value]) => `${escapeForm(name)}=${escapeForm(value)}`).join('&');
  }
}

function isPair([known, held]: readonly [string, string], name: string, value?: string): boolean {
  return known === String(name) && (value === undefined || held === String(value));
}

function unescapeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // A stray «%» stands for itself, as in the URL Standard.
    return text;
  }
}

function escapeForm(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
