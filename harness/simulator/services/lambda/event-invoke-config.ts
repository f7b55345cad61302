/**
 * How a function's asynchronous events are retried and where they end: the settings and their operations (LA-06, LA-11,
 * LA-15).
 *
 * Destinations are standard queues and topics, functions and event buses; buckets are refused by name.
 */

import { type AwsAnswer, fail, type Input, notSimulated, ok } from '../../contract/answer.ts';
import { functionArn, readFunctionName, shapesOfArn } from '../../contract/arn.ts';
import { functionNamedIn, notFound } from './function-name.ts';
import { LATEST, pointedTo, qualifiedName } from './qualified.ts';
import type { EventInvokeConfig } from './qualifier-settings.ts';
import { numberOutOfBounds } from './ranges.ts';
import { lambdaInvalid } from './refusal.ts';
import type { LambdaState } from './state.ts';

type Destinations = Pick<EventInvokeConfig, 'onSuccess' | 'onFailure'>;

const TYPE = { Type: 'User' };

/** LA-04, LA-06. */
const LIMITS = {
  MaximumRetryAttempts: { least: 0, most: 2 },
  MaximumEventAgeInSeconds: { least: 60, most: 21_600 },
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
  const { name, qualified } = found;
  const problem = numberOutOfBounds(input, LIMITS) ?? destinationProblem(name, input);
  if (problem !== null) return problem;
  const named = ['MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'DestinationConfig'];
  if (named.every((member) => input[member] === undefined))
    return lambdaInvalid('You must specify at least one of error handling or destination setting.');
  const known = state.eventConfigs.get(qualified);
  if (mode === 'update' && known === undefined) return noConfig(found);
  const before: EventInvokeConfig = mode === 'update' && known !== undefined ? known : NOTHING_SET;
  const config: EventInvokeConfig = {
    maximumRetryAttempts: numberIn(input.MaximumRetryAttempts) ?? before.maximumRetryAttempts,
    maximumEventAgeSeconds: numberIn(input.MaximumEventAgeInSeconds) ?? before.maximumEventAgeSeconds,
    ...(input.DestinationConfig === undefined
      ? { onSuccess: before.onSuccess, onFailure: before.onFailure }
      : destinationsIn(input)),
    modifiedAtMs: nowMs,
  };
  state.eventConfigs.set(qualified, config);
  return ok(shown(state, found, config));
}

/** `GetFunctionEventInvokeConfig`. */
export function getEventInvokeConfig(state: LambdaState, input: Input): AwsAnswer {
  const found = targetOf(state, input);
  if (!found.ok) return found.answer;
  const config = state.eventConfigs.get(found.qualified);
  return config === undefined ? noConfig(found) : ok(shown(state, found, config));
}

/** `DeleteFunctionEventInvokeConfig`. */
export function deleteEventInvokeConfig(state: LambdaState, input: Input): AwsAnswer {
  const found = targetOf(state, input);
  if (!found.ok) return found.answer;
  return state.eventConfigs.delete(found.qualified) ? ok({}) : noConfig(found);
}

/** The reason why an ARN can't receive an event; null if it can. Also for `DeadLetterConfig`, which accepts queues and topics only. */
export function unreachableTarget(
  arn: string,
  takes: readonly ('sqs' | 'sns' | 'lambda' | 'events:event-bus')[],
): AwsAnswer | null {
  const shapes = shapesOfArn(arn);
  // LA-11: AWS does not accept a FIFO queue or a FIFO topic as a destination either.
  if ((shapes.includes('sqs') || shapes.includes('sns')) && arn.endsWith('.fifo'))
    return lambdaInvalid(`The destination ARN ${arn} is invalid.`);
  return takes.some((one) => shapes.includes(one)) ? null : notSimulated(`Sending an event to «${arn}»`);
}

const NOTHING_SET: EventInvokeConfig = {
  maximumRetryAttempts: null,
  maximumEventAgeSeconds: null,
  onSuccess: null,
  onFailure: null,
  modifiedAtMs: 0,
};

/** A function, one of its versions or an alias: each has settings of its own (LS-45). */
interface Target {
  readonly name: string;
  readonly qualified: string;
  readonly arn: string;
}

function targetOf(
  state: LambdaState,
  input: Input,
): ({ readonly ok: true } & Target) | { readonly ok: false; readonly answer: AwsAnswer } {
  const { name, qualifier, problem } = functionNamedIn(input);
  if (problem !== null) return { ok: false, answer: problem };
  if (pointedTo(state, name, qualifier ?? null).length === 0)
    return { ok: false, answer: notFound(state, name, qualifier) };
  const arn = `${functionArn(name, state)}:${qualifier ?? LATEST}`;
  return { ok: true, name, qualified: qualifiedName(name, qualifier), arn };
}

function destinationProblem(name: string, input: Input): AwsAnswer | null {
  const { onSuccess, onFailure } = destinationsIn(input);
  for (const destination of [onSuccess, onFailure]) {
    if (destination === null) continue;
    const isFunction = shapesOfArn(destination)[0] === 'lambda:function';
    if (isFunction && readFunctionName(destination).name === name)
      return lambdaInvalid("You can't specify the function as a destination for itself.");
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

function noConfig({ arn }: Target): AwsAnswer {
  const message = `The function ${arn} doesn't have an EventInvokeConfig`;
  return fail('ResourceNotFoundException', message, 404, TYPE);
}

function shown(
  { epochMs }: LambdaState,
  { arn }: Target,
  config: EventInvokeConfig,
): Readonly<Record<string, unknown>> {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccess, onFailure, modifiedAtMs } = config;
  return {
    // Seconds since 1970, as on the wire.
    LastModified: (epochMs + modifiedAtMs) / 1_000,
    FunctionArn: arn,
    ...(maximumRetryAttempts === null ? {} : { MaximumRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAgeSeconds === null ? {} : { MaximumEventAgeInSeconds: maximumEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccess === null ? {} : { Destination: onSuccess },
      OnFailure: onFailure === null ? {} : { Destination: onFailure },
    },
  };
}
