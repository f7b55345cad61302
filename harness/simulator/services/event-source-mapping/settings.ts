/**
 * Reads a mapping's settings from a request, and refuses settings in AWS's words (SE-02 to SE-04, SE-09).
 *
 * A setting that would change a run and is not modelled is refused by name.
 */

import { type AwsAnswer, type Input, notSimulated } from '../../contract/answer.ts';
import type { SourceDescription } from '../../contract/event-source.ts';
import type { FunctionDescription, Moment } from '../../contract/moment.ts';
import type { Pattern } from '../../event-pattern/matches.ts';
import { readEventPattern } from '../../event-pattern/read-pattern.ts';
import { FILTER_DIALECT } from './filter.ts';
import { invalidSetting, settingRefused } from './setting-refusals.ts';
import type { MappingSettings } from './state.ts';
import { readStreamSettings } from './stream-settings.ts';

/** The source and the function of a call; null if it does not exist. */
export interface Subjects {
  readonly source: SourceDescription | null;
  readonly target: FunctionDescription | null;
}

export type SettingsReading =
  | { readonly ok: true; readonly settings: MappingSettings }
  | { readonly ok: false; readonly answer: AwsAnswer };

/** Members that AWS accepts for a queue and that are not simulated here. */
const REFUSED = [
  ...['ProvisionedPollerConfig', 'KMSKeyArn', 'MetricsConfig', 'LoggingConfig'],
  ...['SelfManagedEventSource', 'AmazonManagedKafkaEventSourceConfig', 'SelfManagedKafkaEventSourceConfig'],
  ...['DocumentDBEventSourceConfig', 'Queues', 'Topics', 'SourceAccessConfigurations'],
];

/** Members that AWS accepts only for streams: it refuses them for a queue. */
const OF_STREAMS = [
  ...['BisectBatchOnFunctionError', 'MaximumRecordAgeInSeconds', 'MaximumRetryAttempts', 'ParallelizationFactor'],
  ...['StartingPosition', 'StartingPositionTimestamp', 'TumblingWindowInSeconds', 'DestinationConfig'],
];

/** Members that AWS accepts only for queues. */
const OF_QUEUES = ['ScalingConfig'];

const DEFAULT_BATCH_SIZE = 10;
/** KE-02. */
const DEFAULT_BATCH_SIZE_OF_STREAMS = 100;
const MOST_BATCH_SIZE = 10_000;
const MOST_WITHOUT_WINDOW = 10;
/** SE-02. */
const MOST_BATCH_SIZE_OF_GROUPS = 10;
const MOST_WINDOW_SECONDS = 300;
const CONCURRENCY = { least: 2, most: 1_000 };
/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
const MOST_FILTERS = 5;

/** The settings that a request asks for. A setting that it does not name stays as in `before`. */
export function readMappingSettings(
  input: Input,
  subjects: Subjects,
  before: MappingSettings | null,
  moment: Moment,
): SettingsReading {
  const isStream = subjects.source !== null && subjects.source.lanes !== null;
  const refusal = refusalOf(input, isStream);
  if (refusal !== null) return settingRefused(refusal);
  const { source, target } = subjects;
  if (target === null) return settingRefused(invalidSetting('Function does not exist'));
  const usual = isStream ? DEFAULT_BATCH_SIZE_OF_STREAMS : DEFAULT_BATCH_SIZE;
  const batchSize = numberOf(input.BatchSize, before?.batchSize ?? usual);
  const windowSeconds = numberOf(input.MaximumBatchingWindowInSeconds, before?.windowSeconds ?? 0);
  const scaling = input.ScalingConfig as { readonly MaximumConcurrency?: number } | undefined;
  const maximumConcurrency =
    scaling === undefined ? (before?.maximumConcurrency ?? null) : (scaling.MaximumConcurrency ?? null);
  const problem = problemOf(batchSize, windowSeconds, maximumConcurrency, subjects.source);
  if (problem !== null) return settingRefused(problem);
  // SE-04.
  const hiddenMs = source?.visibilityTimeoutMs ?? null;
  if (hiddenMs !== null && hiddenMs < target.timeoutMs)
    return settingRefused(
      invalidSetting(
        `Queue visibility timeout: ${hiddenMs / 1_000} seconds is less than Function timeout: ${target.timeoutMs / 1_000} seconds`,
      ),
    );
  const filters = readFilters(input.FilterCriteria, before?.filters ?? []);
  if (!filters.ok) return filters;
  const stream = streamIn(input, source, before, moment);
  if (!stream.ok) return stream;
  const types = input.FunctionResponseTypes as readonly string[] | undefined;
  return {
    ok: true,
    settings: {
      functionName: target.functionName,
      functionArn: target.functionArn,
      enabled: typeof input.Enabled === 'boolean' ? input.Enabled : (before?.enabled ?? true),
      batchSize,
      windowSeconds,
      maximumConcurrency,
      filters: filters.filters,
      stream: stream.stream,
      reportsBatchItemFailures:
        types === undefined ? (before?.reportsBatchItemFailures ?? false) : types.includes('ReportBatchItemFailures'),
    },
  };
}

/** What a queue lacks. */
function streamIn(input: Input, source: SourceDescription | null, before: MappingSettings | null, moment: Moment) {
  if (source === null || source.lanes === null) return { ok: true, stream: null } as const;
  return readStreamSettings(input, source, before?.stream ?? null, moment);
}

/** The answer to a member that the source of a mapping does not have; null if there is none. */
function refusalOf(input: Input, isStream: boolean): AwsAnswer | null {
  const isGiven = (member: string) => input[member] !== undefined;
  const unsimulated = REFUSED.find(isGiven);
  if (unsimulated !== undefined) return notSimulated(`An event source mapping with ${unsimulated}`);
  const unsupported = (isStream ? OF_QUEUES : OF_STREAMS).find(isGiven);
  return unsupported === undefined
    ? null
    : invalidSetting(`Unsupported ${unsupported} parameter for given event source mapping type.`);
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** SE-02, SE-03, SE-09. */
function problemOf(
  batchSize: number,
  windowSeconds: number,
  maximumConcurrency: number | null,
  source: SourceDescription | null,
): AwsAnswer | null {
  const isStream = source !== null && source.lanes !== null;
  if (batchSize < 1 || batchSize > MOST_BATCH_SIZE)
    return invalidSetting(`Batch size must be between 1 and ${MOST_BATCH_SIZE}.`);
  if (windowSeconds < 0 || windowSeconds > MOST_WINDOW_SECONDS)
    return invalidSetting(`Maximum batch window must be between 0 and ${MOST_WINDOW_SECONDS} seconds.`);
  const problem = source?.keepsOrderInGroups ? problemInGroups(batchSize, windowSeconds) : null;
  if (problem !== null) return problem;
  // KE-02: that is a rule for queues.
  if (batchSize > MOST_WITHOUT_WINDOW && windowSeconds === 0 && !isStream)
    return invalidSetting(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  if (maximumConcurrency === null) return null;
  const { least, most } = CONCURRENCY;
  return maximumConcurrency >= least && maximumConcurrency <= most
    ? null
    : invalidSetting(`Maximum concurrency must be between ${least} and ${most}.`);
}

/** SE-02, SE-03: what a FIFO queue does not take. */
function problemInGroups(batchSize: number, windowSeconds: number): AwsAnswer | null {
  if (windowSeconds > 0) return invalidSetting('Batching window is not supported for FIFO queues.');
  return batchSize > MOST_BATCH_SIZE_OF_GROUPS
    ? invalidSetting(`Batch size must be between 1 and ${MOST_BATCH_SIZE_OF_GROUPS} for FIFO queues.`)
    : null;
}

function readFilters(
  criteria: unknown,
  before: MappingSettings['filters'],
): { readonly ok: true; readonly filters: MappingSettings['filters'] } | (SettingsReading & { readonly ok: false }) {
  if (criteria === undefined) return { ok: true, filters: before };
  const { Filters: given = [] } = criteria as { readonly Filters?: readonly { readonly Pattern?: string }[] };
  if (given.length > MOST_FILTERS)
    return settingRefused(invalidSetting(`FilterCriteria may have at most ${MOST_FILTERS} filters.`));
  const filters: { readonly text: string; readonly pattern: Pattern }[] = [];
  for (const { Pattern: text = '' } of given) {
    const reading = readEventPattern(text, FILTER_DIALECT);
    if (reading.kind === 'not-simulated') return settingRefused(notSimulated(reading.what));
    if (reading.kind === 'invalid') return settingRefused(invalidSetting('Invalid filter pattern definition.'));
    filters.push({ text, pattern: reading.pattern });
  }
  return { ok: true, filters };
}
