/**
 * `Request`: an address, a method, headers and a body, checked as Node checks them.
 *
 * https://fetch.spec.whatwg.org/#request-class. What only a browser or a network knows (cache, credentials, referrer) changes nothing
 * here.
 */

import { RealmAbortController, RealmAbortSignal } from './abort.ts';
import { refuse } from './environment-now.ts';
import { RealmURL } from './url.ts';
import { copiedBytes, type ReadBody, RealmBody, readBody, takenBytes } from './web-body.ts';
import { type HeadersSource, RealmHeaders } from './web-headers.ts';

/** The methods that are written in capitals, however they are given. */
const CAPITALS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
const FORBIDDEN = ['CONNECT', 'TRACE', 'TRACK'];
const REDIRECTS = ['error', 'follow', 'manual'];

export interface RequestSettings {
  readonly method?: unknown;
  readonly headers?: HeadersSource;
  readonly body?: unknown;
  readonly signal?: unknown;
  readonly redirect?: unknown;
  readonly integrity?: unknown;
  readonly dispatcher?: unknown;
}

export class RealmRequest extends RealmBody {
  readonly #url: string;
  readonly #method: string;
  readonly #headers: RealmHeaders;
  readonly #signal: RealmAbortSignal;
  readonly #redirect: string;

  constructor(input: unknown, settings: RequestSettings = {}) {
    const given: RequestSettings = settings ?? {};
    const from = input instanceof RealmRequest ? input : null;
    const method = methodIn(given.method ?? from?.method ?? 'GET');
    const body = bodyIn(given, from, method);
    super(body?.bytes ?? null, 'request');
    refuseWhatIsMissing(given);
    this.#url = from?.url ?? addressIn(input);
    this.#method = method;
    this.#headers = new RealmHeaders(given.headers ?? from?.headers);
    if (body !== null && body.type !== null && !this.#headers.has('content-type'))
      this.#headers.set('content-type', body.type);
    this.#signal = signalIn(given.signal === undefined ? from?.signal : given.signal);
    this.#redirect = redirectIn(given.redirect ?? from?.redirect ?? 'follow');
  }

  get url(): string {
    return this.#url;
  }

  get method(): string {
    return this.#method;
  }

  get headers(): RealmHeaders {
    return this.#headers;
  }

  get signal(): RealmAbortSignal {
    return this.#signal;
  }

  get redirect(): string {
    return this.#redirect;
  }

  clone(): RealmRequest {
    return new RealmRequest(this, { body: copiedBytes(this, 'Request') });
  }

  get [Symbol.toStringTag](): string {
    return 'Request';
  }
}

function addressIn(input: unknown): string {
  const text = input instanceof RealmURL ? input.href : String(input);
  if (!RealmURL.canParse(text)) throw new TypeError(`Failed to parse URL from ${text}`);
  const url = new RealmURL(text);
  if (url.username !== '' || url.password !== '')
    throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${text}`);
  return url.href;
}

function methodIn(given: unknown): string {
  const method = String(given);
  const capitals = method.toUpperCase();
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  if (FORBIDDEN.includes(capitals)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
  return CAPITALS.includes(capitals) ? capitals : method;
}

function bodyIn(given: RequestSettings, from: RealmRequest | null, method: string): ReadBody | null {
  const body = given.body === undefined && from !== null ? bodyOfAnother(from) : readBody(given.body);
  if (body !== null && (method === 'GET' || method === 'HEAD'))
    throw new TypeError('Request with GET/HEAD method cannot have body.');
  return body;
}

function bodyOfAnother(request: RealmRequest): ReadBody | null {
  const bytes = takenBytes(request);
  return bytes === null ? null : { bytes, type: null };
}

/** What would change what is sent or believed, and a lab does not have. */
function refuseWhatIsMissing({ integrity, dispatcher }: RequestSettings): void {
  if (integrity !== undefined && integrity !== '')
    refuse('Your code gives fetch «integrity».', 'Compare a hash of the body yourself: node:crypto has createHash.');
  if (dispatcher !== undefined && dispatcher !== null)
    refuse('Your code gives fetch a «dispatcher».', 'A lab has no connections to manage: leave it out.');
}

function signalIn(given: unknown): RealmAbortSignal {
  if (given === undefined || given === null) return new RealmAbortController().signal;
  if (given instanceof RealmAbortSignal) return given;
  throw new TypeError(`Request constructor: Expected signal ("${String(given)}") to be an instance of AbortSignal.`);
}

function redirectIn(given: unknown): string {
  const mode = String(given);
  if (REDIRECTS.includes(mode)) return mode;
  throw new TypeError(`Request constructor: ${mode} is not an accepted type. Expected one of follow, error, manual.`);
}
