/**
 * The settings of a mapping that reads a stream: where it starts, how it retries, what it gives up (KE-02 to KE-08).
 */

import { type AwsAnswer, fail, type Input, notSimulated } from '../../contract/answer.ts';
import type { Arn } from '../../contract/arn.ts';
import type { Moment } from '../../contract/moment.ts';
import { memberBreaks } from '../../contract/refusal.ts';
import { isRecord } from '../../contract/request.ts';
import type { StreamSettings } from './state.ts';

/** KE-03, KE-06. */
const MOST_FACTOR = 10;
const MOST_RETRIES = 10_000;
const AGE_SECONDS = { least: 60, most: 604_800 };

type Reading =
  | { readonly ok: true; readonly stream: StreamSettings }
  | { readonly ok: false; readonly answer: AwsAnswer };

/** Members that AWS has for streams and the simulator lacks. */
const NOT_YET = ['TumblingWindowInSeconds', 'StartingPositionTimestamp'];

/** The settings that a request asks for. A setting that it does not name stays as in `before`. */
export function readStreamSettings(input: Input, before: StreamSettings | null, moment: Moment): Reading {
  for (const member of NOT_YET) {
    if (input[member] !== undefined && input[member] !== 0)
      return refused(notSimulated(`An event source mapping with ${member}`));
  }
  const start = startingPosition(input, before);
  if (typeof start !== 'string') return refused(start);
  const factor = numberIn(input, 'ParallelizationFactor', before?.parallelizationFactor ?? 1);
  const retries = numberIn(input, 'MaximumRetryAttempts', before?.maximumRetryAttempts ?? -1);
  const ageSeconds = numberIn(input, 'MaximumRecordAgeInSeconds', before?.maximumRecordAgeSeconds ?? -1);
  const problem =
    outOfBounds('parallelizationFactor', factor, 1, MOST_FACTOR) ??
    outOfBounds('maximumRetryAttempts', retries, -1, MOST_RETRIES) ??
    outOfBounds('maximumRecordAgeInSeconds', ageSeconds, -1, AGE_SECONDS.most);
  if (problem !== null) return refused(problem);
  if (ageSeconds !== -1 && ageSeconds < AGE_SECONDS.least)
    return refused(invalidSetting(`MaximumRecordAgeInSeconds must be -1, or at least ${AGE_SECONDS.least}.`));
  if (before !== null && factor !== before.parallelizationFactor)
    return refused(notSimulated('A change of ParallelizationFactor'));
  const destination = destinationIn(input, before, moment);
  if (!destination.ok) return destination;
  const bisects = input.BisectBatchOnFunctionError;
  return {
    ok: true,
    stream: {
      startingPosition: start,
      parallelizationFactor: factor,
      maximumRetryAttempts: retries,
      maximumRecordAgeSeconds: ageSeconds,
      bisects: typeof bisects === 'boolean' ? bisects : (before?.bisects ?? false),
      onFailureArn: destination.arn,
    },
  };
}

/** KE-04: a mapping says where it starts, and starts there once. */
function startingPosition(input: Input, before: StreamSettings | null): StreamSettings['startingPosition'] | AwsAnswer {
  if (before !== null) return before.startingPosition;
  const { StartingPosition: given } = input;
  switch (given) {
    case 'TRIM_HORIZON':
    case 'LATEST':
      return given;
    case 'AT_TIMESTAMP':
      return notSimulated('An event source mapping with StartingPosition AT_TIMESTAMP');
    case undefined:
    case null:
      return invalidSetting(memberBreaks('null', 'startingPosition', 'not be null.'));
    default:
      return constraintBroken(
        given,
        'startingPosition',
        'satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]',
      );
  }
}

/** KE-12: a standard queue that is there. */
function destinationIn(
  { DestinationConfig: given }: Input,
  before: StreamSettings | null,
  moment: Moment,
): { readonly ok: true; readonly arn: Arn | null } | { readonly ok: false; readonly answer: AwsAnswer } {
  if (given === undefined) return { ok: true, arn: before?.onFailureArn ?? null };
  const { OnFailure: onFailure, OnSuccess: onSuccess } = isRecord(given) ? given : {};
  if (onSuccess !== undefined) return refused(invalidSetting('Unsupported OnSuccess for event source mapping.'));
  const arn = isRecord(onFailure) ? onFailure.Destination : undefined;
  if (arn === undefined || arn === '') return { ok: true, arn: null };
  const { is } = moment.describe(String(arn));
  return is?.kind === 'event-source' && is.lanes === null
    ? { ok: true, arn: is.arn }
    : refused(notSimulated(`The on-failure destination «${String(arn)}», which is no standard queue of this account,`));
}

function numberIn(input: Input, member: string, otherwise: number): number {
  const value = input[member];
  return typeof value === 'number' ? value : otherwise;
}

function outOfBounds(place: string, value: number, least: number, most: number): AwsAnswer | null {
  if (value < least) return constraintBroken(value, place, `have value greater than or equal to ${least}`);
  return value > most ? constraintBroken(value, place, `have value less than or equal to ${most}`) : null;
}

function constraintBroken(value: unknown, place: string, constraint: string): AwsAnswer {
  return fail('ValidationException', memberBreaks(`'${String(value)}'`, place, constraint));
}

function invalidSetting(message: string): AwsAnswer {
  return fail('InvalidParameterValueException', message, 400, { Type: 'User' });
}

function refused(answer: AwsAnswer): { readonly ok: false; readonly answer: AwsAnswer } {
  return { ok: false, answer };
}
