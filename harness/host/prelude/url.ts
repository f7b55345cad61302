/**
 * `URL` and `URLSearchParams` for a bare realm: absolute http and https addresses, which are what handlers and the SDK use.
 *
 * This is not the whole URL Standard: no relative addresses, no other schemes, no international names. Other addresses are
 * refused as in the standard, with «Invalid URL».
 */

const ADDRESS =
  /^(https?:)\/\/(?:([^:@/?#]*)(?::([^@/?#]*))?@)?(\[[^\]]+\]|[^:/?#\s]+)(?::(\d{1,5}))?([^?#\s]*)(\?[^#\s]*)?(#\S*)?$/i;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

export class RealmURL {
  protocol: string;
  username: string;
  password: string;
  hostname: string;
  port: string;
  pathname: string;
  hash: string;
  readonly searchParams: RealmURLSearchParams;

  constructor(address: unknown) {
    const match = ADDRESS.exec(String(address).trim());
    if (match === null)
      throw Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: String(address) });
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
    this.searchParams = new RealmURLSearchParams(search);
  }

  static canParse(address: unknown): boolean {
    return ADDRESS.test(String(address).trim());
  }

  get search(): string {
    const text = this.searchParams.toString();
    return text === '' ? '' : `?${text}`;
  }

  get host(): string {
    return this.port === '' ? this.hostname : `${this.hostname}:${this.port}`;
  }

  get origin(): string {
    return `${this.protocol}//${this.host}`;
  }

  get href(): string {
    const password = this.password === '' ? '' : `:${this.password}`;
    const credentials = this.username === '' ? '' : `${this.username}${password}@`;
    return `${this.protocol}//${credentials}${this.host}${this.pathname}${this.search}${this.hash}`;
  }

  toString(): string {
    return this.href;
  }

  toJSON(): string {
    return this.href;
  }
}

export class RealmURLSearchParams {
  #pairs: [string, string][] = [];

  constructor(from: string | Readonly<Record<string, string>> = '') {
    if (typeof from !== 'string') {
      for (const [name, value] of Object.entries(from)) this.append(name, value);
      return;
    }
    for (const part of from.replace(/^\?/, '').split('&')) {
      if (part === '') continue;
      const [name = '', ...value] = part.split('=');
      this.append(unescapeForm(name), unescapeForm(value.join('=')));
    }
  }

  append(name: string, value: string): void {
    this.#pairs.push([String(name), String(value)]);
  }

  set(name: string, value: string): void {
    this.delete(name);
    this.append(name, value);
  }

  delete(name: string): void {
    this.#pairs = this.#pairs.filter(([known]) => known !== name);
  }

  get(name: string): string | null {
    return this.#pairs.find(([known]) => known === name)?.[1] ?? null;
  }

  getAll(name: string): string[] {
    return this.#pairs.flatMap(([known, value]) => (known === name ? [value] : []));
  }

  has(name: string): boolean {
    return this.#pairs.some(([known]) => known === name);
  }

  forEach(callback: (value: string, name: string) => void): void {
    for (const [name, value] of this.#pairs) callback(value, name);
  }

  *[Symbol.iterator](): Generator<[string, string]> {
    yield* this.#pairs;
  }

  entries(): Generator<[string, string]> {
    return this[Symbol.iterator]();
  }

  toString(): string {
    return this.#pairs.map(([name, value]) => `${escapeForm(name)}=${escapeForm(value)}`).join('&');
  }
}

function unescapeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // A stray «%» is kept, as in the URL Standard.
    return text;
  }
}

function escapeForm(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
