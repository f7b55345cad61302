/**
 * What a client of a function URL gets: the function's own answer, or Lambda's (LS-53, LS-54, LS-55).
 */

import { type AwsAnswer, ok } from '../../contract/answer.ts';
import type { UrlAnswer } from '../../contract/function-url.ts';
import { isRecord } from '../../contract/request.ts';
import type { InvocationOutcome } from './trace-events.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** The answer to a request whose invocation is over. */
export function answerOfUrl(outcome: InvocationOutcome): AwsAnswer {
  if (outcome.kind === 'failed') return badGateway();
  const answer = answerIn(outcome.payload);
  return answer === null ? badGateway() : ok({ ...answer });
}

/** LS-53: a value with a `statusCode` says what to answer; any other is the body itself. Null: Lambda can't make an answer of it. */
function answerIn(payload: unknown): UrlAnswer | null {
  if (!isRecord(payload) || Array.isArray(payload) || payload.statusCode === undefined)
    return { StatusCode: 200, Headers: JSON_TYPE, Cookies: [], Body: JSON.stringify(payload) ?? 'null' };
  const { statusCode, headers, cookies, body, isBase64Encoded } = payload;
  const StatusCode = Number(statusCode);
  if (!Number.isInteger(StatusCode) || StatusCode < 200 || StatusCode > 599) return null;
  const Headers = headersIn(headers);
  const Cookies = cookiesIn(cookies);
  const Body = bodyIn(body, isBase64Encoded === true);
  if (Headers === null || Cookies === null || Body === null) return null;
  return { StatusCode, Headers: { ...JSON_TYPE, ...Headers }, Cookies, Body };
}

function headersIn(given: unknown): Readonly<Record<string, string>> | null {
  if (given === undefined || given === null) return {};
  if (!isRecord(given) || Array.isArray(given)) return null;
  const entries = Object.entries(given);
  if (entries.some(([, value]) => typeof value === 'object' && value !== null)) return null;
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function cookiesIn(given: unknown): readonly string[] | null {
  if (given === undefined || given === null) return [];
  return Array.isArray(given) && given.every((one) => typeof one === 'string') ? given : null;
}

function bodyIn(given: unknown, isBase64: boolean): string | Uint8Array | null {
  if (given === undefined || given === null) return '';
  if (typeof given !== 'string') return null;
  if (!isBase64) return given;
  try {
    return Uint8Array.from(atob(given), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** LS-54. */
function badGateway(): AwsAnswer {
  return said(502, 'Internal Server Error');
}

/** LS-55. */
export function forbidden(): AwsAnswer {
  const see = 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
  const Message = `Forbidden. For troubleshooting Function URL authorization issues, see: ${see}`;
  return said(403, JSON.stringify({ Message }), { 'x-amzn-errortype': 'AccessDeniedException' });
}

/** LS-54, UV-87. */
export function tooManyRequests(reason: string): AwsAnswer {
  const body = { Reason: reason, Type: 'User', message: 'Rate Exceeded.' };
  return said(429, JSON.stringify(body), { 'x-amzn-errortype': 'TooManyRequestsException' });
}

/** LS-54, UV-87. */
export function requestTooLarge(): AwsAnswer {
  return said(413, JSON.stringify({ message: 'Request Entity Too Large' }));
}

function said(StatusCode: number, Body: string, headers: Readonly<Record<string, string>> = {}): AwsAnswer {
  const answer: UrlAnswer = { StatusCode, Headers: { ...JSON_TYPE, ...headers }, Cookies: [], Body };
  return ok({ ...answer });
}
