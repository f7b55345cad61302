/**
 * A request to a function URL: which function it is for, who may make it, and the invocation that it becomes (LS-52 to LS-55).
 */

import { type CallId, type Input, notSimulated } from '../../contract/answer.ts';
import { joined } from '../../contract/footprint.ts';
import { readFunctionUrl, type UrlRequest } from '../../contract/function-url.ts';
import type { Moment } from '../../contract/moment.ts';
import { isRecord } from '../../contract/request.ts';
import type { SettingOut } from '../../contract/service-module.ts';
import { tryAdmit } from './admission.ts';
import { numbersPath, urlsPath } from './footprints.ts';
import { SYNCHRONOUS_PAYLOAD_BYTES } from './invoke.ts';
import type { LambdaServed } from './messages.ts';
import { note } from './notes.ts';
import { requestId } from './placement.ts';
import { LATEST } from './qualified.ts';
import { type FunctionUrl, functionNumber, type LambdaState, nextInvocation } from './state.ts';
import { forbidden, requestTooLarge, tooManyRequests } from './url-answer.ts';
import { bodyBytes, urlEvent } from './url-event.ts';

/** Gives a request that sets out the number of its invocation. */
export function setOutToUrl(state: LambdaState, input: Input): SettingOut {
  const found = urlAt(state, String(input.Url ?? ''));
  const reads = [urlsPath()];
  if (found === null) return { number: null, footprint: { reads, writes: [] } };
  const { functionName } = found;
  return { number: nextInvocation(state, functionName), footprint: { reads, writes: [numbersPath(functionName)] } };
}

/** Serves a request. A request that has no number yet gets it now. */
export function invokeUrl(
  state: LambdaState,
  call: { readonly id: CallId; readonly input: Input; readonly number: number | null },
  moment: Moment,
): LambdaServed {
  const request = requestIn(call.input);
  const parts = readFunctionUrl(request.Url);
  const found = urlAt(state, request.Url);
  const looked = { reads: [urlsPath()], writes: [] };
  const answered = (answer: LambdaServed['answer']): LambdaServed => ({ answer, effects: [], footprint: looked });
  if (found === null || parts === null)
    return answered(notSimulated(`A request to «${request.Url}», which is no function URL of this stack,`));
  const { functionName, authType, cors } = found;
  if (cors !== null && request.Headers.origin !== undefined)
    return answered(notSimulated('A request with an Origin to a function URL with Cors'));
  if (authType === 'AWS_IAM') {
    const isSigned = request.Headers.authorization !== undefined;
    return answered(isSigned ? notSimulated('A signed request to a function URL') : forbidden());
  }
  if (bodyBytes(request) > SYNCHRONOUS_PAYLOAD_BYTES) return answered(requestTooLarge());
  const number = call.number ?? nextInvocation(state, functionName);
  const payloadJson = urlEvent(request, {
    ...parts,
    requestId: requestId(functionNumber(state, functionName), number),
    atMs: moment.epochMs + moment.nowMs,
  });
  const origin = { kind: 'call', call: call.id, isUrl: true } as const;
  // A URL of an alias is refused: every request is for the unpublished version.
  const candidate = { functionName, version: LATEST, qualifier: null, number, payloadJson, origin };
  const admission = tryAdmit(state, candidate, moment);
  const written = call.number === null ? [numbersPath(functionName)] : [];
  const footprint = joined(admission.footprint, { ...looked, writes: written });
  if (admission.kind === 'admitted') return { answer: null, effects: admission.effects, footprint };
  const { reason } = admission;
  const shown = state.displayNames.get(functionName) ?? functionName;
  const effects = [note({ kind: 'invocation-throttled', functionName: shown, reason })];
  return { answer: tooManyRequests(reason), effects, footprint };
}

/** The request as its members say, with all of them. */
function requestIn({ Url, Method, Headers, Body }: Input): UrlRequest {
  const headers = isRecord(Headers) ? Object.entries(Headers) : [];
  return {
    Url: String(Url ?? ''),
    Method: String(Method ?? 'GET'),
    Headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), String(value)])),
    ...(typeof Body === 'string' || Body instanceof Uint8Array ? { Body } : {}),
  };
}

/** The URL of the account that an address begins with. */
function urlAt({ urls }: LambdaState, address: string): FunctionUrl | null {
  const parts = readFunctionUrl(address);
  if (parts === null) return null;
  for (const url of urls.values()) if (url.url === `https://${parts.host}/`) return url;
  return null;
}
