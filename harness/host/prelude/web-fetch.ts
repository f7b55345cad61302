/**
 * `fetch` in a realm: a request to a function URL is a call of the world. Every other address is refused by name.
 *
 * The world knows which function URLs there are. Waiting is virtual: a signal gives the call up, as it does for the SDK's clients.
 */

import type { AwsAnswer } from '../../simulator/contract/answer.ts';
import { INVOKE_FUNCTION_URL, readFunctionUrl, type UrlAnswer } from '../../simulator/contract/function-url.ts';
import type { RealmAbortSignal } from './abort.ts';
import { environmentNow, refuse } from './environment-now.ts';
import { RealmTextDecoder, utf8Bytes } from './text.ts';
import { takenBytes } from './web-body.ts';
import { RealmHeaders } from './web-headers.ts';
import { RealmRequest, type RequestSettings } from './web-request.ts';
import { arrived, isRedirecting, mayHaveBody, RealmResponse } from './web-response.ts';

export const NO_NETWORK = 'A lab has no network but the function URLs of its stack. Reach AWS through its SDK clients.';

/** The code of an answer that never arrived (`host/sdk/exceptions.ts`). */
const ANSWER_LOST = 'RaceproofAnswerLost';

/** What Node sends with every request. */
const USUAL = {
  ...{ accept: '*/*', 'accept-language': '*', 'sec-fetch-mode': 'cors', 'user-agent': 'node' },
  'accept-encoding': 'br, gzip, deflate',
};

/** `fetch`, as learners' code calls it. */
export async function fetchOf(input: unknown, settings?: RequestSettings): Promise<RealmResponse> {
  const request = new RealmRequest(input, settings);
  request.signal.throwIfAborted();
  if (readFunctionUrl(request.url) === null) refuse('Your code calls fetch.', NO_NETWORK);
  const environment = environmentNow();
  const bytes = takenBytes(request);
  const call = environment.call('Lambda', INVOKE_FUNCTION_URL, {
    ...{ Url: request.url, Method: request.method, Headers: headersOf(request, bytes) },
    ...(bytes === null ? {} : { Body: textOrBytes(bytes) }),
  });
  const answer = await unlessAborted(call, request.signal, () => environment.giveUp(call));
  return responseTo(request, answer);
}

function headersOf({ headers }: RealmRequest, bytes: Uint8Array | null): Readonly<Record<string, string>> {
  const length = bytes === null ? {} : { 'content-length': String(bytes.byteLength) };
  return { ...USUAL, ...length, ...Object.fromEntries(headers.entries()) };
}

/** Text as text, so that people can read it in a trace. */
function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return new RealmTextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

function unlessAborted(call: Promise<AwsAnswer>, signal: RealmAbortSignal, giveUp: () => void): Promise<AwsAnswer> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      giveUp();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    void call.then((answer) => {
      signal.removeEventListener('abort', abort);
      resolve(answer);
    });
  });
}

function responseTo(request: RealmRequest, answer: AwsAnswer): RealmResponse {
  const { url } = request;
  if (!answer.ok) return troubleAt(url, answer);
  const { StatusCode: status, Headers, Cookies, Body } = answer.output as unknown as UrlAnswer;
  const headers = new RealmHeaders(Headers);
  for (const cookie of Cookies) headers.append('set-cookie', cookie);
  if (isRedirecting(status) && headers.has('location') && request.redirect !== 'manual') {
    if (request.redirect === 'error') throw failed('unexpected redirect');
    refuse('Your code is redirected by fetch.', 'Give fetch «redirect: manual», and follow the address yourself.');
  }
  const isBare = !mayHaveBody(status) || request.method === 'HEAD';
  const made = new RealmResponse(isBare ? null : bytesOf(Body), { status, statusText: wordsOf(status), headers });
  return arrived(made, { url, type: 'basic' });
}

/** The bytes: a body that arrives gives its response no type. */
function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? utf8Bytes(body) : Uint8Array.from(body);
}

/** An answer of Lambda's own trouble is an answer; one that was lost is none. */
function troubleAt(url: string, { error }: AwsAnswer & { readonly ok: false }): RealmResponse {
  if (error.code === ANSWER_LOST) throw failed('other side closed', 'UND_ERR_SOCKET');
  const { status, message } = error;
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': error.code };
  const made = new RealmResponse(JSON.stringify({ message }), { status, statusText: wordsOf(status), headers });
  return arrived(made, { url, type: 'basic' });
}

/** The error of Node's `fetch` for whatever happens on the way. */
function failed(why: string, code?: string): TypeError {
  const cause = code === undefined ? new Error(why) : Object.assign(new Error(why), { name: 'SocketError', code });
  return new TypeError('fetch failed', { cause });
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-status-codes, as far as functions use them. */
const WORDS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

function wordsOf(status: number): string {
  return WORDS[status] ?? '';
}
