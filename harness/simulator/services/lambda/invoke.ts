/**
 * Reads an `Invoke` request: returns what it asks for, or the answer that it gets at once.
 *
 * It validates the request and answers those that start nothing (dry run, unknown function, broken payload). Admission
 * decides the rest.
 */

import { type AwsAnswer, fail, notSimulated, ok } from '../../contract/answer.ts';
import type { Chained } from '../../contract/event-chain.ts';
import { readJsonText } from '../../contract/json-text.ts';
import { fromUtf8, toUtf8 } from '../../contract/utf8.ts';
import { functionNamedIn, notFound } from './function-name.ts';
import { problemOfPayload } from './payload-problem.ts';
import { LATEST, type Pointed, pointedTo } from './qualified.ts';
import { lambdaNotOneOf } from './refusal.ts';
import type { LambdaState } from './state.ts';

export interface InvokeRequest extends Chained {
  readonly kind: 'request';
  readonly functionName: string;
  /** The version or alias that the request names; null: none. */
  readonly qualifier: string | null;
  /** The versions to which it may go. */
  readonly pointed: readonly Pointed[];
  readonly payloadJson: string;
  /** An asynchronous invocation: no caller waits for the answer (LA-01). */
  readonly isEvent: boolean;
}

/** 6 MB, the limit of a synchronous request; the exact figure is the one that AWS's response error prints (LS-25). */
export const SYNCHRONOUS_PAYLOAD_BYTES = 6_291_556;

/** 1 MB for an event (LA-02). */
const EVENT_PAYLOAD_BYTES = 1_048_576;

const REFUSED = ['ClientContext', 'TenantId', 'DurableExecutionName'] as const;

/** Reads the input of `Invoke`, or answers it. */
export function readInvoke(
  state: LambdaState,
  input: Readonly<Record<string, unknown>>,
): InvokeRequest | { readonly kind: 'answered'; readonly answer: AwsAnswer } {
  const answered = (answer: AwsAnswer) => ({ kind: 'answered', answer }) as const;
  for (const member of REFUSED) {
    if (input[member] !== undefined) return answered(notSimulated(`Invoke with ${member}`));
  }
  if (input.LogType === 'Tail') return answered(notSimulated('Invoke with LogType «Tail»'));
  const type = input.InvocationType ?? 'RequestResponse';
  if (type !== 'RequestResponse' && type !== 'DryRun' && type !== 'Event')
    return answered(lambdaNotOneOf(type, 'InvocationType', ['Event', 'RequestResponse', 'DryRun']));
  const { name, qualifier, problem } = functionNamedIn(input);
  if (problem !== null) return answered(problem);
  const pointed = pointedTo(state, name, qualifier ?? null);
  if (pointed.length === 0) return answered(notFound(state, name, qualifier));
  if (type === 'DryRun') return answered(ok({ StatusCode: 204 }));
  const bytes = readPayload(input.Payload);
  const isEvent = type === 'Event';
  if (isEvent && bytes.byteLength > EVENT_PAYLOAD_BYTES) return answered(eventTooLarge(bytes.byteLength));
  if (bytes.byteLength > SYNCHRONOUS_PAYLOAD_BYTES) return answered(tooLarge(bytes.byteLength));
  const payloadJson = bytes.byteLength === 0 ? '{}' : fromUtf8(bytes);
  const read = readJsonText(payloadJson);
  if (!read.isJson) return answered(unparsable(payloadJson));
  const named = { functionName: name, qualifier: qualifier === LATEST ? null : (qualifier ?? null) };
  return { kind: 'request', ...named, pointed, payloadJson, isEvent };
}

function readPayload(payload: unknown): Uint8Array {
  if (payload === undefined) return new Uint8Array();
  if (typeof payload === 'string') return toUtf8(payload);
  return payload instanceof Uint8Array ? payload : new Uint8Array();
}

function unparsable(payload: string): AwsAnswer {
  const message = `Could not parse request body into json: Could not parse payload into json: ${problemOfPayload(payload)}`;
  return fail('InvalidRequestContentException', message, 400, { Type: 'User' });
}

function tooLarge(bytes: number): AwsAnswer {
  const message = `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${SYNCHRONOUS_PAYLOAD_BYTES - 100} bytes)`;
  return fail('RequestTooLargeException', message, 413, { Type: 'User' });
}

function eventTooLarge(bytes: number): AwsAnswer {
  const message = `${bytes} byte payload is too large for the Event invocation type (limit ${EVENT_PAYLOAD_BYTES} bytes)`;
  return fail('RequestTooLargeException', message, 413, { Type: 'User' });
}
