/**
 * Where an event ends: the record for a destination, the event itself for a dead-letter queue or topic (LA-10 to LA-13).
 *
 * A delivery is not retried: if its target refuses it, it is lost.
 */

import type { AwsAnswer } from '../../contract/answer.ts';
import { type Arn, functionArn, nameInArn, readFunctionName, shapesOfArn } from '../../contract/arn.ts';
import { afterPassage, passagesOf } from '../../contract/event-chain.ts';
import { NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { DeliveryAttributes, ServiceRequest } from '../../contract/service-request.ts';
import { invariant } from '../../kernel/bug.ts';
import { LOOP_STOPPED, MOST_PASSAGES } from './loop-words.ts';
import type { LambdaEffect, LambdaStep } from './messages.ts';
import { LAMBDA_QUEUE, note } from './notes.ts';
import { LATEST, pointedTo, qualifiedName, toldName, versionOf } from './qualified.ts';
import type { EventInvokeConfig } from './qualifier-settings.ts';
import type { AsyncEvent, LambdaFunction, LambdaState } from './state.ts';
import type { DiscardCondition, InvocationOutcome } from './trace-events.ts';

/** LA-12. */
const ERROR_MESSAGE_CHARACTERS = 1_024;

type Failure = InvocationOutcome & { readonly kind: 'failed' };

/** How the events of what it was sent to are retried, and where they end (LS-45). */
export function eventConfigOf(
  state: LambdaState,
  { functionName, qualifier }: AsyncEvent,
): EventInvokeConfig | undefined {
  return state.eventConfigs.get(qualifiedName(functionName, qualifier));
}

/** The version that had the event last; if none had it, the main one of those that it was sent to. */
function versionThatHad(state: LambdaState, event: AsyncEvent): LambdaFunction | undefined {
  const { functionName, qualifier, ranAs, runs } = event;
  return runs === 0 ? pointedTo(state, functionName, qualifier)[0]?.target : versionOf(state, functionName, ranAs);
}

/** The function's ARN with the qualifier that the event was sent to. */
function eventArn(state: LambdaState, { functionName, qualifier }: AsyncEvent): Arn {
  return `${functionArn(functionName, state)}:${qualifier ?? LATEST}`;
}

/** The name of a queue, a topic, a bus, or a function with its qualifier. */
function nameOfTarget(arn: Arn): string {
  if (!shapesOfArn(arn).includes('lambda')) return nameInArn(arn);
  const { name, qualifier } = readFunctionName(arn);
  return qualifiedName(name, qualifier);
}

/** The function returned: OnSuccess gets a record. */
export function afterSuccess(
  state: LambdaState,
  event: AsyncEvent,
  payload: unknown,
  nowMs: number,
): readonly LambdaEffect[] {
  const target = eventConfigOf(state, event)?.onSuccess ?? null;
  if (target === null) return [];
  const record = {
    ...head(state, event, 'Success', nowMs),
    responseContext: { statusCode: 200, executedVersion: event.ranAs },
    responsePayload: payload,
  };
  return [deliver(state, event, { what: 'record', of: 'Success', target, body: JSON.stringify(record) })];
}

/** The event was given up. The dead-letter queue gets the event and OnFailure gets a record (LA-13, UV-05). */
export function afterFailure(
  state: LambdaState,
  event: AsyncEvent,
  condition: DiscardCondition,
  outcome: Failure | null,
  nowMs: number,
): readonly LambdaEffect[] {
  const { deadLetterQueue, onFailure } = targetsOfFailure(state, event, condition);
  const sent: LambdaEffect[] = [];
  if (deadLetterQueue !== null) {
    const attributes = deadLetterAttributes(event, condition, outcome);
    const deadLetter = { what: 'dead letter', target: deadLetterQueue, body: event.payloadJson, attributes } as const;
    sent.push(deliver(state, event, deadLetter));
  }
  if (onFailure !== null) {
    const response = outcome === null ? {} : failedResponse(event, outcome);
    const record = { ...head(state, event, condition, nowMs), ...response };
    sent.push(
      deliver(state, event, { what: 'record', of: 'Failure', target: onFailure, body: JSON.stringify(record) }),
    );
  }
  const sentTo = [deadLetterQueue, onFailure].flatMap((arn) => (arn === null ? [] : nameOfTarget(arn)));
  const functionName = toldName(state, event.functionName, event.qualifier);
  const { requestId } = event;
  return [note({ kind: 'event-discarded', functionName, requestId, condition, sentTo }), ...sent];
}

/** Where an event goes that was given up. One that was stopped for a loop before goes nowhere: it would come back for ever (UV-86). */
function targetsOfFailure(
  state: LambdaState,
  event: AsyncEvent,
  condition: DiscardCondition,
): { readonly deadLetterQueue: Arn | null; readonly onFailure: Arn | null } {
  if (condition === 'LoopStopped' && passagesOf(event.chain, event.functionName) > MOST_PASSAGES)
    return { deadLetterQueue: null, onFailure: null };
  // LS-45: the queue is a setting of the version, the destination one of what the event was sent to.
  return {
    deadLetterQueue: versionThatHad(state, event)?.deadLetterTargetArn ?? null,
    onFailure: eventConfigOf(state, event)?.onFailure ?? null,
  };
}

/** The members that all records share (LA-10). */
function head(state: LambdaState, event: AsyncEvent, condition: 'Success' | DiscardCondition, nowMs: number): object {
  return {
    version: '1.0',
    timestamp: new Date(state.epochMs + nowMs).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: eventArn(state, event),
      // UV-86: AWS does not say what a record calls it.
      condition: condition === 'LoopStopped' ? 'RetriesExhausted' : condition,
      approximateInvokeCount: event.runs,
    },
    requestPayload: JSON.parse(event.payloadJson) as unknown,
  };
}

function failedResponse({ ranAs }: AsyncEvent, { error }: Failure): object {
  return {
    responseContext: { statusCode: 200, executedVersion: ranAs, functionError: 'Unhandled' },
    responsePayload: error,
  };
}

/**
 * `ErrorCode` is an HTTP status: 200 for an error inside the function (LA-12). An event that never ran was refused with 429, or with
 * 400 for its loop (UV-86).
 */
function deadLetterAttributes(
  event: AsyncEvent,
  condition: DiscardCondition,
  outcome: Failure | null,
): DeliveryAttributes {
  const isLoop = condition === 'LoopStopped';
  const message = outcome?.error.errorMessage ?? (isLoop ? LOOP_STOPPED : 'Rate Exceeded.');
  const refusedWith = isLoop ? '400' : '429';
  return {
    RequestID: { DataType: 'String', StringValue: event.requestId },
    ErrorCode: { DataType: 'Number', StringValue: outcome === null ? refusedWith : '200' },
    ErrorMessage: { DataType: 'String', StringValue: message.slice(0, ERROR_MESSAGE_CHARACTERS) || ' ' },
  };
}

/** An event may send one of each, and both to one target. */
type Sending = { readonly target: Arn; readonly body: string } & (
  | { readonly what: 'dead letter'; readonly attributes: DeliveryAttributes }
  | { readonly what: 'record'; readonly of: 'Success' | 'Failure' }
);

/** Sends an event, or its record, to a queue, a topic, another function or an event bus. */
function deliver(state: LambdaState, event: AsyncEvent, sending: Sending): LambdaEffect {
  const { functionName, qualifier, requestId } = event;
  const { what, target } = sending;
  const call = `the ${what} of ${event.id}`;
  state.deliveries.set(call, { functionName, qualifier, requestId, target });
  return { kind: 'send', to: target, by: LAMBDA_QUEUE, request: requestFor(state, event, sending), call };
}

/** LA-11: a bus gets a record as the detail of an event. */
function requestFor(state: LambdaState, event: AsyncEvent, sending: Sending): ServiceRequest {
  const { target, body } = sending;
  // The function has had the event, or was to have it: what it leads to is its next passage (LS-46).
  const chained = { chain: afterPassage(event.chain, event.functionName) };
  if (sending.what === 'dead letter') return { kind: 'deliver', body, attributes: sending.attributes, ...chained };
  if (shapesOfArn(target)[0] !== 'events:event-bus') return { kind: 'deliver', body, attributes: {}, ...chained };
  const detailType = `Lambda Function Invocation Result - ${sending.of}`;
  const resources = [target, eventArn(state, event)];
  return { kind: 'put-event', event: { source: 'lambda', detailType, resources, detailJson: body } };
}

/** Handles the target's answer: it has accepted the delivery, or has refused it. */
export function delivered(state: LambdaState, call: string, answer: AwsAnswer): LambdaStep {
  const delivery = state.deliveries.get(call);
  invariant(delivery !== undefined, `nothing was sent on as «${call}»`);
  state.deliveries.delete(call);
  if (answer.ok) return { effects: [], footprint: NO_FOOTPRINT };
  const { functionName, qualifier, requestId, target } = delivery;
  const told = toldName(state, functionName, qualifier);
  const failed = note({ kind: 'delivery-failed', functionName: told, requestId, target });
  return { effects: [failed], footprint: NO_FOOTPRINT };
}
