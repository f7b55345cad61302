/**
 * The settings of a mapping that reads a stream: where it starts, how it retries, what it gives up (KE-02 to KE-08).
 */

import { type AwsAnswer, type Input, notSimulated } from '../../contract/answer.ts';
import type { Arn } from '../../contract/arn.ts';
import type { SourceDescription } from '../../contract/event-source.ts';
import type { Moment } from '../../contract/moment.ts';
import { isRecord } from '../../contract/request.ts';
import { invalidSetting, settingBroken, settingRefused } from './setting-refusals.ts';
import { readStart } from './starting-position.ts';
import type { Destination, StreamSettings } from './state.ts';

/** KE-03, KE-06. */
const MOST_FACTOR = 10;
const MOST_RETRIES = 10_000;
/** KE-16. */
const MOST_TUMBLING_SECONDS = 900;
const AGE_SECONDS = { least: 60, most: 604_800 };

/** What AWS tells beside queues and topics, and the simulator lacks. */
const NOT_HERE = [
  { form: /^arn:[^:]*:s3:/, what: 'a bucket' },
  { form: /^kafka:/, what: 'a Kafka topic' },
];
const MAY_BE_TOLD = /^arn:[^:]*:(sqs|sns):/;

type Reading =
  | { readonly ok: true; readonly stream: StreamSettings }
  | { readonly ok: false; readonly answer: AwsAnswer };

/** The settings that a request asks for. A setting that it does not name stays as in `before`. */
export function readStreamSettings(
  input: Input,
  source: SourceDescription,
  before: StreamSettings | null,
  moment: Moment,
): Reading {
  const start = readStart(input, source, before, moment);
  if (!start.ok) return start;
  const factor = numberIn(input, 'ParallelizationFactor', before?.parallelizationFactor ?? 1);
  const retries = numberIn(input, 'MaximumRetryAttempts', before?.maximumRetryAttempts ?? -1);
  const ageSeconds = numberIn(input, 'MaximumRecordAgeInSeconds', before?.maximumRecordAgeSeconds ?? -1);
  const problem =
    outOfBounds('parallelizationFactor', factor, 1, MOST_FACTOR) ??
    outOfBounds('maximumRetryAttempts', retries, -1, MOST_RETRIES) ??
    outOfBounds('maximumRecordAgeInSeconds', ageSeconds, -1, AGE_SECONDS.most);
  const windowed = readWindow(input, before, factor);
  if (!windowed.ok) return windowed;
  if (problem !== null) return settingRefused(problem);
  if (ageSeconds !== -1 && ageSeconds < AGE_SECONDS.least)
    return settingRefused(invalidSetting(`MaximumRecordAgeInSeconds must be -1, or at least ${AGE_SECONDS.least}.`));
  const destination = destinationIn(input, before, moment);
  if (!destination.ok) return destination;
  const bisects = input.BisectBatchOnFunctionError;
  return {
    ok: true,
    stream: {
      startingPosition: start.at,
      startsAtMs: start.atMs,
      parallelizationFactor: factor,
      maximumRetryAttempts: retries,
      maximumRecordAgeSeconds: ageSeconds,
      bisects: typeof bisects === 'boolean' ? bisects : (before?.bisects ?? false),
      onFailure: destination.to,
      tumblingSeconds: windowed.seconds,
    },
  };
}

/** KE-16. AWS does not say what windows are in several parts of a shard, or what becomes of those that are open. */
function readWindow(
  input: Input,
  before: StreamSettings | null,
  factor: number,
): { readonly ok: true; readonly seconds: number } | { readonly ok: false; readonly answer: AwsAnswer } {
  const seconds = numberIn(input, 'TumblingWindowInSeconds', before?.tumblingSeconds ?? 0);
  const problem = outOfBounds('tumblingWindowInSeconds', seconds, 0, MOST_TUMBLING_SECONDS);
  if (problem !== null) return settingRefused(problem);
  if (before !== null && seconds !== before.tumblingSeconds)
    return settingRefused(notSimulated('A change of TumblingWindowInSeconds'));
  return seconds > 0 && factor > 1
    ? settingRefused(notSimulated('A TumblingWindowInSeconds with a ParallelizationFactor'))
    : { ok: true, seconds };
}

/** KE-12, KE-19: a standard queue or topic that is there. */
function destinationIn(
  { DestinationConfig: given }: Input,
  before: StreamSettings | null,
  moment: Moment,
): { readonly ok: true; readonly to: Destination | null } | { readonly ok: false; readonly answer: AwsAnswer } {
  if (given === undefined) return { ok: true, to: before?.onFailure ?? null };
  const { OnFailure: onFailure, OnSuccess: onSuccess } = isRecord(given) ? given : {};
  if (onSuccess !== undefined) return settingRefused(invalidSetting('Unsupported OnSuccess for event source mapping.'));
  const arn = isRecord(onFailure) ? onFailure.Destination : undefined;
  return arn === undefined || arn === '' ? { ok: true, to: null } : destinationNamed(String(arn), moment);
}

function destinationNamed(
  arn: Arn,
  moment: Moment,
): { readonly ok: true; readonly to: Destination } | { readonly ok: false; readonly answer: AwsAnswer } {
  const elsewhere = NOT_HERE.find(({ form }) => form.test(arn));
  if (elsewhere !== undefined)
    return settingRefused(notSimulated(`The on-failure destination «${arn}», ${elsewhere.what},`));
  if (arn.endsWith('.fifo') || !MAY_BE_TOLD.test(arn))
    return settingRefused(invalidSetting(`The destination ARN ${arn} is invalid.`));
  const { is } = moment.describe(arn);
  if (is?.kind === 'topic') return { ok: true, to: { kind: 'topic', arn } };
  return is?.kind === 'event-source' && is.lanes === null
    ? { ok: true, to: { kind: 'queue', arn } }
    : settingRefused(notSimulated(`The on-failure destination «${arn}», which is no queue or topic of this account,`));
}

function numberIn(input: Input, member: string, otherwise: number): number {
  const value = input[member];
  return typeof value === 'number' ? value : otherwise;
}

function outOfBounds(place: string, value: number, least: number, most: number): AwsAnswer | null {
  if (value < least) return settingBroken(value, place, `have value greater than or equal to ${least}`);
  return value > most ? settingBroken(value, place, `have value less than or equal to ${most}`) : null;
}
