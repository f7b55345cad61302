/**
 * A request to a function URL as its function gets it: payload format 2.0 (LS-52).
 *
 * Who may call is in url-invocation.ts. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */

import { base64 } from '../../contract/base64.ts';
import type { UrlRequest } from '../../contract/function-url.ts';
import { toUtf8, utf8Length } from '../../contract/utf8.ts';

/** Where the request comes from, as far as a run has places: an address for documentation (RFC 5737). */
const SOURCE_IP = '192.0.2.1';

/** The content types whose bodies are texts; any other is Base64 (UV-87). */
const TEXTS = /^(text\/|application\/(json|javascript|xml)\b|application\/[^;]*\+(json|xml)\b)/i;

/** The URL's parts, and what the invocation adds. */
export interface UrlOccasion {
  readonly urlId: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly requestId: string;
  /** On the calendar. */
  readonly atMs: number;
}

/** The event, as JSON text. */
export function urlEvent(request: UrlRequest, occasion: UrlOccasion): string {
  const { Headers: given, Method: method } = request;
  const { urlId, host, path, query, requestId, atMs } = occasion;
  const { cookie, ...others } = given;
  return JSON.stringify({
    version: '2.0',
    ...{ routeKey: '$default', rawPath: path, rawQueryString: query },
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers: headersOf(others, host),
    ...(query === '' ? {} : { queryStringParameters: parametersOf(query) }),
    requestContext: {
      ...{ accountId: 'anonymous', apiId: urlId, domainName: host, domainPrefix: urlId },
      http: {
        ...{ method, path, protocol: 'HTTP/1.1', sourceIp: SOURCE_IP },
        ...(given['user-agent'] === undefined ? {} : { userAgent: given['user-agent'] }),
      },
      ...{ requestId, routeKey: '$default', stage: '$default', time: timeText(atMs), timeEpoch: atMs },
    },
    ...bodyOf(request),
  });
}

function headersOf(given: Readonly<Record<string, string>>, host: string): Readonly<Record<string, string>> {
  const added = { host, 'x-forwarded-for': SOURCE_IP, 'x-forwarded-port': '443', 'x-forwarded-proto': 'https' };
  const all = Object.entries({ ...given, ...added });
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Values of one name are joined by commas. */
function parametersOf(query: string): Readonly<Record<string, string>> {
  const values = new Map<string, string[]>();
  for (const part of query.split('&').filter((one) => one !== '')) {
    const [name = '', ...rest] = part.split('=');
    const known = values.get(decoded(name)) ?? [];
    values.set(decoded(name), [...known, decoded(rest.join('='))]);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.join(',')]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function bodyOf({ Body: body, Headers: { 'content-type': type = '' } }: UrlRequest): object {
  if (body === undefined) return { isBase64Encoded: false };
  if (typeof body === 'string' && TEXTS.test(type)) return { body, isBase64Encoded: false };
  return { body: base64(typeof body === 'string' ? toUtf8(body) : body), isBase64Encoded: true };
}

/** The size of a request's body. */
export function bodyBytes({ Body: body = '' }: UrlRequest): number {
  return typeof body === 'string' ? utf8Length(body) : body.byteLength;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `07/Sep/2021:22:50:22 +0000` */
function timeText(atMs: number): string {
  const iso = new Date(atMs).toISOString();
  const [date = '', time = ''] = iso.split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
