/**
 * Where an event's story ends: the record for a destination, the event itself for a dead-letter queue (LA-10 to LA-13).
 *
 * Writes what is sent; sending is the world's business, and so is what becomes of it.
 */

import type { DiscardCondition, InvocationOutcome } from '../../trace.ts';
import type { LambdaEffect } from './messages.ts';
import type { AsyncEvent, LambdaState } from './state.ts';

/** LA-12. */
const ERROR_MESSAGE_CHARACTERS = 1_024;

type Failure = InvocationOutcome & { readonly kind: 'failed' };

/** The function returned: OnSuccess hears of it. */
export function afterSuccess(
  state: LambdaState,
  event: AsyncEvent,
  payload: unknown,
  nowMs: number,
): readonly LambdaEffect[] {
  const target = state.eventConfigs.get(event.functionName)?.onSuccess ?? null;
  if (target === null) return [];
  const record = {
    ...head(state, event, 'Success', nowMs),
    responseContext: { statusCode: 200, executedVersion: '$LATEST' },
    responsePayload: payload,
  };
  return [deliver(event, target, JSON.stringify(record))];
}

/** The event was given up. The dead-letter queue and OnFailure both hear of it (LA-13, UV-05). */
export function afterFailure(
  state: LambdaState,
  event: AsyncEvent,
  condition: DiscardCondition,
  outcome: Failure | null,
  nowMs: number,
): readonly LambdaEffect[] {
  const deadLetterQueue = state.functions.get(event.functionName)?.deadLetterTargetArn ?? null;
  const onFailure = state.eventConfigs.get(event.functionName)?.onFailure ?? null;
  const sent: LambdaEffect[] = [];
  if (deadLetterQueue !== null)
    sent.push({
      ...deliver(event, deadLetterQueue, event.payloadJson),
      attributes: deadLetterAttributes(event, outcome),
    });
  if (onFailure !== null) {
    const response = outcome === null ? {} : failedResponse(outcome);
    sent.push(deliver(event, onFailure, JSON.stringify({ ...head(state, event, condition, nowMs), ...response })));
  }
  const sentTo = [deadLetterQueue, onFailure].flatMap((arn) => arn?.split(':').at(-1) ?? []);
  const functionName = state.displayNames.get(event.functionName) ?? event.functionName;
  const note = { kind: 'event-discarded', functionName, requestId: event.requestId, condition, sentTo } as const;
  return [{ kind: 'note', event: note }, ...sent];
}

/** The part that all records have (LA-10). */
function head(state: LambdaState, event: AsyncEvent, condition: 'Success' | DiscardCondition, nowMs: number): object {
  return {
    version: '1.0',
    timestamp: new Date(state.epochMs + nowMs).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${state.functions.get(event.functionName)?.FunctionArn}:$LATEST`,
      condition,
      approximateInvokeCount: event.runs,
    },
    requestPayload: JSON.parse(event.payloadJson) as unknown,
  };
}

function failedResponse({ error }: Failure): object {
  return {
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: error,
  };
}

/** `ErrorCode` is an HTTP status: 200 for an error inside the function (LA-12). One that never ran was refused with 429. */
function deadLetterAttributes(event: AsyncEvent, outcome: Failure | null): DeliverEffect['attributes'] {
  const message = outcome?.error.errorMessage ?? 'Rate Exceeded.';
  return {
    RequestID: { DataType: 'String', StringValue: event.requestId },
    ErrorCode: { DataType: 'Number', StringValue: outcome === null ? '429' : '200' },
    ErrorMessage: { DataType: 'String', StringValue: message.slice(0, ERROR_MESSAGE_CHARACTERS) || ' ' },
  };
}

type DeliverEffect = LambdaEffect & { readonly kind: 'deliver' };

function deliver(event: AsyncEvent, target: string, body: string): DeliverEffect {
  return {
    kind: 'deliver',
    functionName: event.functionName,
    requestId: event.requestId,
    target,
    body,
    attributes: {},
  };
}
