/**
 * A scenario's requests to function URLs: each is a call of the world, attempted once, like those of its SDK clients.
 *
 * On other targets the network's own `fetch` takes its place. What Lambda makes of a request stands in its folder.
 */

import type { HttpAnswer, HttpRequest } from '../course/lab.ts';
import { INVOKE_FUNCTION_URL, type UrlAnswer, type UrlRequest } from '../simulator/contract/function-url.ts';
import type { ScenarioPort } from '../simulator/world.ts';

/** Makes a request, and reads its answer as text. */
export async function requestOf(
  port: Pick<ScenarioPort, 'call'>,
  address: string,
  { method = 'GET', headers = {}, body }: HttpRequest = {},
): Promise<HttpAnswer> {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const usual = { accept: '*/*', ...(body === undefined ? {} : { 'content-type': 'text/plain;charset=UTF-8' }) };
  const request: UrlRequest = {
    ...{ Url: address, Method: method.toUpperCase(), Headers: { ...usual, ...Object.fromEntries(named) } },
    ...(body === undefined ? {} : { Body: body }),
  };
  const answer = await port.call('Lambda', INVOKE_FUNCTION_URL, { ...request });
  if (!answer.ok) {
    const { status, message } = answer.error;
    return { status, headers: {}, cookies: [], body: JSON.stringify({ message }) };
  }
  const { StatusCode, Headers, Cookies, Body } = answer.output as unknown as UrlAnswer;
  const text = typeof Body === 'string' ? Body : new TextDecoder().decode(Body);
  return { status: StatusCode, headers: Headers, cookies: Cookies, body: text };
}
