/**
 * The operations of event source mappings: create, look up, change, delete (SE-17).
 *
 * Each answers with AWS's transitional state (`Creating` …), but the transition itself takes no time here.
 */

import { type AwsAnswer, fail, type Input, notSimulated, ok } from '../../contract/answer.ts';
import { type Arn, functionArn, serviceOfArn } from '../../contract/arn.ts';
import { type Footprint, joined } from '../../contract/footprint.ts';
import type { Described, Moment } from '../../contract/moment.ts';
import { endsDivision } from './divided-anew.ts';
import { pathsOf } from './footprints.ts';
import { lanesOfMapping } from './lanes.ts';
import type { MappingEffect } from './messages.ts';
import { pollIfPossible } from './polling.ts';
import { readerOf, watching } from './readers.ts';
import { firstScale } from './scaling.ts';
import { readMappingSettings, type Subjects } from './settings.ts';
import { batchesOf, type EventSourceMapping, type MappingSettings, type MappingsState, mappingArn } from './state.ts';

export interface Operated {
  readonly answer: AwsAnswer;
  readonly effects: readonly MappingEffect[];
  /** The footprint of reading sources and functions. */
  readonly lookedAt: Footprint;
}

/** The source and the function that a call names, or those of its mapping. */
function subjectsOf(state: MappingsState, input: Input, moment: Moment): Found {
  const mapping = mappingNamed(state, input);
  const arn = String(input.EventSourceArn ?? mapping?.sourceArn ?? '');
  // Its ARN has the version or the alias, if it has one.
  const name = String(input.FunctionName ?? mapping?.settings.functionArn ?? '');
  const source = moment.describe(arn);
  const target = moment.describe(functionArn(name, state));
  return {
    arn,
    problem: problemOf(arn, source),
    subjects: {
      source: source.is?.kind === 'event-source' ? source.is : null,
      target: target.is?.kind === 'function' ? target.is : null,
    },
    lookedAt: joined(source.footprint, target.footprint),
  };
}

interface Found {
  readonly arn: Arn;
  /** The reason why the source can't be read. */
  readonly problem: AwsAnswer | null;
  readonly subjects: Subjects;
  readonly lookedAt: Footprint;
}

function problemOf(arn: Arn, { is, refusal }: Described): AwsAnswer | null {
  if (is?.kind === 'event-source') return null;
  return refusal ?? notSimulated(`An event source mapping for «${arn}»`);
}

/** `CreateEventSourceMapping`. */
export function createMapping(state: MappingsState, input: Input, moment: Moment): Operated {
  const { arn, problem, subjects, lookedAt } = subjectsOf(state, input, moment);
  const { source } = subjects;
  if (problem !== null || source === null) return answered(problem ?? notFound(), lookedAt);
  const reading = readMappingSettings(input, subjects, null, moment);
  if (!reading.ok) return answered(reading.answer, lookedAt);
  const { settings } = reading;
  const same = [...state.mappings.values()].find(
    (mapping) => !mapping.deleted && mapping.sourceArn === arn && mapping.settings.functionArn === settings.functionArn,
  );
  if (same !== undefined) return answered(conflict(same), lookedAt);
  const before = readerOf(state, arn);
  const uuid = uuidFor(state, input);
  const mapping: EventSourceMapping = {
    uuid,
    paths: pathsOf(uuid),
    sourceArn: arn,
    recordsArn: source.recordsArn ?? arn,
    isPushed: source.isPushed ?? false,
    bodyMember: source.bodyMember,
    settings,
    actor: actorFor(subjects, settings),
    keepsOrderInGroups: source.keepsOrderInGroups ?? false,
    batchInfoMember: source.batchInfoMember ?? '',
    lanes: lanesOfMapping(source, settings),
    // SE-05 is about queues; a stream has as many batches at once as it has lanes (KE-01).
    scale: state.scaling === 'enforced' && settings.stream === null ? firstScale(moment.nowMs, source) : null,
    failsByShard: state.failedPartHoldsUp === 'its-shard',
    deleted: false,
    lastBatch: 0,
    modifiedAtMs: moment.nowMs,
  };
  state.mappings.set(mapping.uuid, mapping);
  const effects = watching(state, mapping, before, settings.enabled);
  return { answer: ok(configuration(state, mapping, moment, 'Creating')), effects, lookedAt };
}

/** A stack knows its mapping's UUID before it creates the mapping; any other UUID counts up. */
function uuidFor(state: MappingsState, { DeployedUuid }: Input): string {
  if (typeof DeployedUuid === 'string') return DeployedUuid;
  state.lastMapping += 1;
  return `00000000-0000-4000-b000-${state.lastMapping.toString(16).padStart(12, '0')}`;
}

/** `UpdateEventSourceMapping`. Batches in flight continue with the settings that they find. */
export function updateMapping(state: MappingsState, input: Input, moment: Moment): Operated {
  const { subjects, lookedAt } = subjectsOf(state, input, moment);
  const mapping = mappingNamed(state, input);
  if (mapping === undefined) return answered(notFound(), lookedAt);
  const reading = readMappingSettings(input, subjects, mapping.settings, moment);
  if (!reading.ok) return answered(reading.answer, lookedAt);
  const before = readerOf(state, mapping.sourceArn);
  const { enabled: was, stream } = mapping.settings;
  mapping.settings = reading.settings;
  if (stream?.parallelizationFactor !== reading.settings.stream?.parallelizationFactor) endsDivision(mapping);
  mapping.actor = actorFor(subjects, reading.settings);
  mapping.modifiedAtMs = moment.nowMs;
  const { enabled } = mapping.settings;
  const passage = was === enabled ? 'Updating' : enabled ? 'Enabling' : 'Disabling';
  if (was && !enabled) forgetBacklog(mapping);
  const watched = watching(state, mapping, before, enabled && !was);
  return {
    answer: ok(configuration(state, mapping, moment, passage)),
    effects: [...watched, ...pollIfPossible(state, mapping, moment.nowMs)],
    lookedAt,
  };
}

/** `DeleteEventSourceMapping`. Batches in flight continue to their end. */
export function deleteMapping(state: MappingsState, input: Input, moment: Moment): Operated {
  const { lookedAt } = subjectsOf(state, input, moment);
  const mapping = mappingNamed(state, input);
  if (mapping === undefined) return answered(notFound(), lookedAt);
  const before = readerOf(state, mapping.sourceArn);
  mapping.deleted = true;
  forgetBacklog(mapping);
  if (batchesOf(state, mapping).length === 0) state.mappings.delete(mapping.uuid);
  const effects = watching(state, mapping, before, false);
  return { answer: ok(configuration(state, mapping, moment, 'Deleting')), effects, lookedAt };
}

function forgetBacklog({ lanes }: EventSourceMapping): void {
  for (const lane of lanes) lane.backlog = false;
}

/** `GetEventSourceMapping`. */
export function getMapping(state: MappingsState, input: Input, moment: Moment): Operated {
  const { lookedAt } = subjectsOf(state, input, moment);
  const mapping = mappingNamed(state, input);
  return answered(mapping === undefined ? notFound() : ok(configuration(state, mapping, moment)), lookedAt);
}

/** `ListEventSourceMappings`, by source, by function, or all. */
export function listMappings(state: MappingsState, input: Input, moment: Moment): Operated {
  const { subjects, lookedAt } = subjectsOf(state, input, moment);
  if (input.Marker !== undefined || input.MaxItems !== undefined)
    return answered(notSimulated('ListEventSourceMappings in pages'), lookedAt);
  const found = [...state.mappings.values()].filter(
    ({ sourceArn, settings, deleted }) =>
      !deleted &&
      (input.EventSourceArn === undefined || sourceArn === input.EventSourceArn) &&
      (input.FunctionName === undefined || settings.functionArn === subjects.target?.functionArn),
  );
  return answered(ok({ EventSourceMappings: found.map((mapping) => configuration(state, mapping, moment)) }), lookedAt);
}

function mappingNamed(state: MappingsState, { UUID }: Input): EventSourceMapping | undefined {
  const mapping = state.mappings.get(String(UUID ?? ''));
  return mapping?.deleted ? undefined : mapping;
}

/** The actor that receives and deletes, for the trace. */
function actorFor({ target }: Subjects, { functionName }: MappingSettings): string {
  return `mapping of ${target?.shownName ?? functionName}`;
}

function answered(answer: AwsAnswer, lookedAt: Footprint): Operated {
  return { answer, effects: [], lookedAt };
}

function conflict({ uuid, sourceArn, settings }: EventSourceMapping): AwsAnswer {
  const service = serviceOfArn(sourceArn).toUpperCase();
  const message = `An event source mapping with ${service} arn (" ${sourceArn} ") and function (" ${settings.functionName} ") already exists. Please update or delete the existing mapping with UUID ${uuid}`;
  return fail('ResourceConflictException', message, 409, { Type: 'User' });
}

function notFound(): AwsAnswer {
  return fail('ResourceNotFoundException', 'The resource you requested does not exist.', 404, { Type: 'User' });
}

type Passage = 'Creating' | 'Updating' | 'Enabling' | 'Disabling' | 'Deleting';

function configuration(
  state: MappingsState,
  { uuid, sourceArn, settings, modifiedAtMs }: EventSourceMapping,
  moment: Moment,
  passage?: Passage,
): Record<string, unknown> {
  return {
    UUID: uuid,
    EventSourceMappingArn: mappingArn(state, uuid),
    // Seconds since 1970, as on the wire.
    LastModified: (moment.epochMs + modifiedAtMs) / 1_000,
    EventSourceArn: sourceArn,
    FunctionArn: settings.functionArn,
    State: passage ?? (settings.enabled ? 'Enabled' : 'Disabled'),
    StateTransitionReason: 'USER_INITIATED',
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.windowSeconds,
    FunctionResponseTypes: settings.reportsBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    ...scalingConfig(settings),
    ...filterCriteria(settings),
    ...streamConfig(settings, moment),
  };
}

function scalingConfig({ maximumConcurrency }: MappingSettings): object {
  return maximumConcurrency === null ? {} : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } };
}

function streamConfig({ stream }: MappingSettings, { epochMs }: Moment): object {
  if (stream === null) return {};
  const destination = stream.onFailure === null ? {} : { OnFailure: { Destination: stream.onFailure.arn } };
  return {
    StartingPosition: stream.startingPosition,
    ...(stream.startsAtMs === null ? {} : { StartingPositionTimestamp: (epochMs + stream.startsAtMs) / 1_000 }),
    ParallelizationFactor: stream.parallelizationFactor,
    MaximumRetryAttempts: stream.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: stream.maximumRecordAgeSeconds,
    BisectBatchOnFunctionError: stream.bisects,
    DestinationConfig: destination,
    TumblingWindowInSeconds: stream.tumblingSeconds,
  };
}

function filterCriteria({ filters }: MappingSettings): object {
  return filters.length === 0 ? {} : { FilterCriteria: { Filters: filters.map(({ text }) => ({ Pattern: text })) } };
}
