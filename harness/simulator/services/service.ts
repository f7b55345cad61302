/**
 * The contract of a simulated AWS service: what goes in, what comes out.
 *
 * A service is a state machine over plain data: `handle(message, nowMs)` changes only its own state, returns effects
 * and does nothing else. It knows no clock, no transport and no other service; `world.ts` routes and interprets.
 * AWS errors travel as data in an answer. Nothing in here is specific to one service.
 */

import type { StepFootprint } from '../kernel/footprint.ts';

/** The services that exist, spelled as AWS spells them. */
export type ServiceName = 'CloudFormation' | 'DynamoDB' | 'Lambda' | 'SQS';

/** One API call, as an AWS SDK client would make it. `input` has the SDK's member names; blobs are `Uint8Array`. */
export interface AwsCall {
  readonly service: ServiceName;
  /** The operation without «Command»: `PutItem`, `Invoke`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An error that AWS would answer. `code` is the SDK exception's name; `members` are its further members (`Item`, `Reason` …). */
export interface AwsError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly members?: Readonly<Record<string, unknown>>;
}

export type AwsAnswer =
  | { readonly ok: true; readonly output: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: AwsError };

/** A call in flight has a name of its own: `call-7`. Counted per world, never random. */
export type CallId = string;

/**
 * What one step looks at and changes. Names are paths that mean the same thing in every service:
 * `dynamodb/Counters/{"id":{"S":"clicks"}}`, `lambda/bump/environments`. Two steps commute when neither writes what the
 * other reads or writes. `*` at the end of a path covers everything below it.
 */
export type Footprint = StepFootprint;

export const NO_FOOTPRINT: Footprint = { reads: [], writes: [] };

/** An answer that says «yes». */
export function ok(output: Readonly<Record<string, unknown>>): AwsAnswer {
  return { ok: true, output };
}

/** An answer that says «no», in AWS's own words. */
export function fail(
  code: string,
  message: string,
  status = 400,
  members?: Readonly<Record<string, unknown>>,
): AwsAnswer {
  return { ok: false, error: members === undefined ? { code, message, status } : { code, message, status, members } };
}

/**
 * Refuses what is not modelled, by name: never ignored, never guessed. `what` is a path or a value as the learner
 * wrote it; the world turns this code into a finding, so that no handler can swallow it.
 */
export function notSimulated(what: string): AwsAnswer {
  return fail(NOT_SIMULATED, `${what} is not simulated.`, 501);
}

/** The code of {@link notSimulated}; no AWS service has an error of this name. */
export const NOT_SIMULATED = 'RaceproofNotSimulated';
