/**
 * A scenario's requests to function URLs on a real target: the network's `fetch`, with an answer as plain data.
 */

import type { HttpAnswer, HttpRequest } from '../../course/lab.ts';

/** Makes a request, and reads its answer as text. */
export async function requestOverNetwork(
  address: string,
  { method = 'GET', headers = {}, body }: HttpRequest = {},
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const response = await fetch(address, { method, headers, signal, ...(body === undefined ? {} : { body }) });
  const { 'set-cookie': _, ...others } = Object.fromEntries(response.headers);
  return {
    status: response.status,
    headers: others,
    cookies: response.headers.getSetCookie(),
    body: await response.text(),
  };
}
