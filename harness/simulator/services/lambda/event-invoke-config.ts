/**
 * How a function's asynchronous events are retried and where they end: the settings and their operations (LA-06, LA-11,
 * LA-15).
 *
 * Destinations are standard queues and topics, functions and event buses; buckets are refused by name.
 */

import { type AwsAnswer, fail, type Input, notSimulated, ok } from '../../contract/answer.ts';
import { readFunctionName, shapesOfArn } from '../../contract/arn.ts';
import { notFound } from './function-name.ts';
import { numberOutOfBounds } from './ranges.ts';
import type { EventInvokeConfig, LambdaState } from './state.ts';

type Destinations = Pick<EventInvokeConfig, 'onSuccess' | 'onFailure'>;

const TYPE = { Type: 'User' };

/** LA-04, LA-06. */
const LIMITS = {
  MaximumRetryAttempts: { member: 'maximumRetryAttempts', least: 0, most: 2 },
  MaximumEventAgeInSeconds: { member: 'maximumEventAgeInSeconds', least: 60, most: 21_600 },
} as const;

/**
 * `PutFunctionEventInvokeConfig` overwrites the settings, `UpdateFunctionEventInvokeConfig` keeps those that it does not name
 * (LA-06).
 */
export function putEventInvokeConfig(
  state: LambdaState,
  input: Input,
  mode: 'put' | 'update',
  nowMs: number,
): AwsAnswer {
  const found = targetOf(state, input);
  if (!found.ok) return found.answer;
  const { name } = found;
  const problem = numberOutOfBounds(input, LIMITS) ?? destinationProblem(state, name, input);
  if (problem !== null) return problem;
  const named = ['MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'DestinationConfig'];
  if (named.every((member) => input[member] === undefined))
    return invalid('You must specify at least one of error handling or destination setting.');
  const known = state.eventConfigs.get(name);
  if (mode === 'update' && known === undefined) return noConfig(state, name);
  const before: EventInvokeConfig = mode === 'update' && known !== undefined ? known : NOTHING_SET;
  const config: EventInvokeConfig = {
    maximumRetryAttempts: numberIn(input.MaximumRetryAttempts) ?? before.maximumRetryAttempts,
    maximumEventAgeSeconds: numberIn(input.MaximumEventAgeInSeconds) ?? before.maximumEventAgeSeconds,
    ...(input.DestinationConfig === undefined
      ? { onSuccess: before.onSuccess, onFailure: before.onFailure }
      : destinationsIn(input)),
    modifiedAtMs: nowMs,
  };
  state.eventConfigs.set(name, config);
  return ok(shown(state, name, config));
}

/** `GetFunctionEventInvokeConfig`. */
export function getEventInvokeConfig(state: LambdaState, input: Input): AwsAnswer {
  const found = targetOf(state, input);
  if (!found.ok) return found.answer;
  const config = state.eventConfigs.get(found.name);
  return config === undefined ? noConfig(state, found.name) : ok(shown(state, found.name, config));
}

/** `DeleteFunctionEventInvokeConfig`. */
export function deleteEventInvokeConfig(state: LambdaState, input: Input): AwsAnswer {
  const found = targetOf(state, input);
  if (!found.ok) return found.answer;
  return state.eventConfigs.delete(found.name) ? ok({}) : noConfig(state, found.name);
}

/** The reason why an ARN can't receive an event; null if it can. Also for `DeadLetterConfig`, which accepts queues and topics only. */
export function unreachableTarget(
  arn: string,
  takes: readonly ('sqs' | 'sns' | 'lambda' | 'events:event-bus')[],
): AwsAnswer | null {
  const shapes = shapesOfArn(arn);
  // LA-11: AWS does not accept a FIFO queue or a FIFO topic as a destination either.
  if ((shapes.includes('sqs') || shapes.includes('sns')) && arn.endsWith('.fifo'))
    return invalid(`The destination ARN ${arn} is invalid.`);
  return takes.some((one) => shapes.includes(one)) ? null : notSimulated(`Sending an event to «${arn}»`);
}

const NOTHING_SET: EventInvokeConfig = {
  maximumRetryAttempts: null,
  maximumEventAgeSeconds: null,
  onSuccess: null,
  onFailure: null,
  modifiedAtMs: 0,
};

function targetOf(
  state: LambdaState,
  input: Input,
): { readonly ok: true; readonly name: string } | { readonly ok: false; readonly answer: AwsAnswer } {
  const { name, qualifier } = readFunctionName(String(input.FunctionName ?? ''));
  const wanted = input.Qualifier ?? qualifier;
  if (state.functions.has(name) && (wanted ?? '$LATEST') === '$LATEST') return { ok: true, name };
  return { ok: false, answer: notFound(state, name, wanted === undefined ? undefined : String(wanted)) };
}

function destinationProblem(state: LambdaState, name: string, input: Input): AwsAnswer | null {
  const { onSuccess, onFailure } = destinationsIn(input);
  const own = state.functions.get(name)?.FunctionArn;
  for (const destination of [onSuccess, onFailure]) {
    if (destination === null) continue;
    if (destination === own) return invalid("You can't specify the function as a destination for itself.");
    const problem = unreachableTarget(destination, ['sqs', 'sns', 'lambda', 'events:event-bus']);
    if (problem !== null) return problem;
  }
  return null;
}

function destinationsIn(input: Input): Destinations {
  const config = input.DestinationConfig as Readonly<Record<string, { readonly Destination?: string }>> | undefined;
  return {
    onSuccess: config?.OnSuccess?.Destination ?? null,
    onFailure: config?.OnFailure?.Destination ?? null,
  };
}

function numberIn(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function invalid(message: string): AwsAnswer {
  return fail('InvalidParameterValueException', message, 400, TYPE);
}

function noConfig(state: LambdaState, name: string): AwsAnswer {
  const message = `The function ${qualified(state, name)} doesn't have an EventInvokeConfig`;
  return fail('ResourceNotFoundException', message, 404, TYPE);
}

function qualified(state: LambdaState, name: string): string {
  return `${state.functions.get(name)?.FunctionArn}:$LATEST`;
}

function shown(state: LambdaState, name: string, config: EventInvokeConfig): Readonly<Record<string, unknown>> {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccess, onFailure, modifiedAtMs } = config;
  return {
    // Seconds since 1970, as on the wire.
    LastModified: (state.epochMs + modifiedAtMs) / 1_000,
    FunctionArn: qualified(state, name),
    ...(maximumRetryAttempts === null ? {} : { MaximumRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAgeSeconds === null ? {} : { MaximumEventAgeInSeconds: maximumEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccess === null ? {} : { Destination: onSuccess },
      OnFailure: onFailure === null ? {} : { Destination: onFailure },
    },
  };
}
