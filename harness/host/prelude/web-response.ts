/**
 * `Response`: a status, headers and a body.
 *
 * https://fetch.spec.whatwg.org/#response-class
 */

import { copiedBytes, RealmBody, readBody } from './web-body.ts';
import { type HeadersSource, RealmHeaders } from './web-headers.ts';

/** The statuses that have no body. */
const WITHOUT_BODY = [101, 103, 204, 205, 304];
const REDIRECTING = [301, 302, 303, 307, 308];

export interface ResponseSettings {
  readonly status?: unknown;
  readonly statusText?: unknown;
  readonly headers?: HeadersSource;
}

/** What only `fetch` can say of a response. */
interface Arrived {
  readonly url: string;
  readonly type: 'basic' | 'default' | 'error';
}

/** Only this file makes a response that has arrived. */
let arrive: (response: RealmResponse, arrived: Arrived) => void;

export class RealmResponse extends RealmBody {
  readonly #status: number;
  readonly #statusText: string;
  readonly #headers: RealmHeaders;
  #arrived: Arrived = { url: '', type: 'default' };

  static {
    arrive = (response, arrived) => {
      response.#arrived = arrived;
    };
  }

  constructor(given: unknown = null, settings: ResponseSettings = {}) {
    const body = readBody(given);
    super(body?.bytes ?? null, 'response');
    const { status = 200, statusText = '', headers } = settings ?? {};
    this.#status = Math.trunc(Number(status));
    // `Response.error()` alone has the status 0, which no code can give.
    if (!(this.#status >= 200 && this.#status <= 599))
      throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    if (body !== null && WITHOUT_BODY.includes(this.#status))
      throw new TypeError(`Response constructor: Invalid response status code ${this.#status}`);
    this.#statusText = String(statusText);
    this.#headers = new RealmHeaders(headers);
    if (body !== null && body.type !== null && !this.#headers.has('content-type'))
      this.#headers.set('content-type', body.type);
  }

  static json(data: unknown, settings: ResponseSettings = {}): RealmResponse {
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const headers = new RealmHeaders(settings?.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new RealmResponse(text, { ...settings, headers });
  }

  static redirect(address: unknown, status: unknown = 302): RealmResponse {
    if (!REDIRECTING.includes(Number(status))) throw new RangeError(`Invalid status code ${String(status)}`);
    return new RealmResponse(null, { status, headers: { location: String(address) } });
  }

  get status(): number {
    return this.#arrived.type === 'error' ? 0 : this.#status;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status <= 299;
  }

  get statusText(): string {
    return this.#statusText;
  }

  get headers(): RealmHeaders {
    return this.#headers;
  }

  get url(): string {
    return this.#arrived.url;
  }

  get type(): string {
    return this.#arrived.type;
  }

  get redirected(): boolean {
    return false;
  }

  static error(): RealmResponse {
    return arrived(new RealmResponse(), { url: '', type: 'error' });
  }

  clone(): RealmResponse {
    const { status, statusText, headers } = this;
    const bytes = copiedBytes(this, 'Response');
    return arrived(new RealmResponse(bytes, { status, statusText, headers }), this.#arrived);
  }

  get [Symbol.toStringTag](): string {
    return 'Response';
  }
}

/** The response, with what `fetch` says of it. */
export function arrived(response: RealmResponse, how: Arrived): RealmResponse {
  arrive(response, how);
  return response;
}

/** Whether a status may come with a body. */
export function mayHaveBody(status: number): boolean {
  return !WITHOUT_BODY.includes(status);
}

/** Whether a status sends its client elsewhere. */
export function isRedirecting(status: number): boolean {
  return REDIRECTING.includes(status);
}
