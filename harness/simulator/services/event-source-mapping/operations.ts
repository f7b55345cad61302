/**
 * The calls about event source mappings: create, look up, change, delete (SE-17).
 *
 * Each answers with the state of passage that AWS answers with (`Creating` …); the passage itself takes no time here.
 */

import { type AwsAnswer, fail, notSimulated, ok } from '../service.ts';
import type { MappingEffect, Subjects } from './messages.ts';
import { pollIfPossible } from './polling.ts';
import { firstScale } from './scaling.ts';
import { type Input, invalid, readSettings } from './settings.ts';
import { batchesOf, type EventSourceMapping, type MappingSettings, type MappingsState } from './state.ts';

export interface Operated {
  readonly answer: AwsAnswer;
  readonly effects: readonly MappingEffect[];
}

/** `CreateEventSourceMapping`. */
export function createMapping(state: MappingsState, input: Input, subjects: Subjects, nowMs: number): Operated {
  const arn = String(input.EventSourceArn ?? '');
  const problem = sourceProblem(arn, subjects);
  if (problem !== null) return answered(problem);
  const reading = readSettings(input, subjects, null);
  if (!reading.ok) return answered(reading.answer);
  const { settings } = reading;
  const same = [...state.mappings.values()].find(
    (mapping) => !mapping.deleted && mapping.queueArn === arn && mapping.settings.functionArn === settings.functionArn,
  );
  if (same !== undefined) return answered(conflict(same));
  const mapping: EventSourceMapping = {
    uuid: uuidFor(state, input),
    queueArn: arn,
    settings,
    actor: actorFor(subjects, settings),
    polling: 0,
    backlog: false,
    scale: state.scaling === 'enforced' ? firstScale(nowMs) : null,
    deleted: false,
    lastBatch: 0,
  };
  state.mappings.set(mapping.uuid, mapping);
  return { answer: ok(configuration(mapping, 'Creating')), effects: settings.enabled ? [watch(mapping, true)] : [] };
}

/** A stack knows its mapping's UUID before it is made; any other counts up. */
function uuidFor(state: MappingsState, { DeployedUuid }: Input): string {
  if (typeof DeployedUuid === 'string') return DeployedUuid;
  state.lastMapping += 1;
  return `00000000-0000-4000-b000-${state.lastMapping.toString(16).padStart(12, '0')}`;
}

/** `UpdateEventSourceMapping`. What is in flight goes on under the settings that it finds. */
export function updateMapping(state: MappingsState, input: Input, subjects: Subjects, nowMs: number): Operated {
  const mapping = mappingNamed(state, input);
  if (mapping === undefined) return answered(notFound());
  const reading = readSettings(input, subjects, mapping.settings);
  if (!reading.ok) return answered(reading.answer);
  const was = mapping.settings.enabled;
  mapping.settings = reading.settings;
  mapping.actor = actorFor(subjects, reading.settings);
  const { enabled } = mapping.settings;
  const passage = was === enabled ? 'Updating' : enabled ? 'Enabling' : 'Disabling';
  const watching = was === enabled ? [] : watchingOf(state, mapping, enabled);
  return {
    answer: ok(configuration(mapping, passage)),
    effects: [...watching, ...pollIfPossible(state, mapping, nowMs)],
  };
}

/** `DeleteEventSourceMapping`. What is in flight is brought to its end. */
export function deleteMapping(state: MappingsState, input: Input): Operated {
  const mapping = mappingNamed(state, input);
  if (mapping === undefined) return answered(notFound());
  mapping.deleted = true;
  if (batchesOf(state, mapping).length === 0) state.mappings.delete(mapping.uuid);
  return { answer: ok(configuration(mapping, 'Deleting')), effects: watchingOf(state, mapping, false) };
}

/** `GetEventSourceMapping`. */
export function getMapping(state: MappingsState, input: Input): Operated {
  const mapping = mappingNamed(state, input);
  return answered(mapping === undefined ? notFound() : ok(configuration(mapping)));
}

/** `ListEventSourceMappings`, by queue, by function, or all. */
export function listMappings(state: MappingsState, input: Input, subjects: Subjects): Operated {
  if (input.Marker !== undefined || input.MaxItems !== undefined)
    return answered(notSimulated('ListEventSourceMappings in pages'));
  const found = [...state.mappings.values()].filter(
    ({ queueArn, settings, deleted }) =>
      !deleted &&
      (input.EventSourceArn === undefined || queueArn === input.EventSourceArn) &&
      (input.FunctionName === undefined || settings.functionName === subjects.target?.functionName),
  );
  return answered(ok({ EventSourceMappings: found.map((mapping) => configuration(mapping)) }));
}

function mappingNamed(state: MappingsState, { UUID }: Input): EventSourceMapping | undefined {
  const mapping = state.mappings.get(String(UUID ?? ''));
  return mapping?.deleted ? undefined : mapping;
}

/** Who receives and deletes, in a trace. */
function actorFor({ target }: Subjects, { functionName }: MappingSettings): string {
  return `mapping of ${target?.shownName ?? functionName}`;
}

function answered(answer: AwsAnswer): Operated {
  return { answer, effects: [] };
}

function watch({ queueArn }: EventSourceMapping, watched: boolean): MappingEffect {
  return { kind: 'watch', queueArn, watched };
}

/** A queue is watched as long as one mapping that is enabled reads it. */
function watchingOf(state: MappingsState, mapping: EventSourceMapping, enabled: boolean): readonly MappingEffect[] {
  if (enabled) return [watch(mapping, true)];
  mapping.backlog = false;
  const others = [...state.mappings.values()].some(
    (other) => other !== mapping && !other.deleted && other.queueArn === mapping.queueArn && other.settings.enabled,
  );
  return others ? [] : [watch(mapping, false)];
}

function sourceProblem(arn: string, { queue }: Subjects): AwsAnswer | null {
  const service = arn.split(':')[2] ?? '';
  if (service !== 'sqs') return notSimulated(`An event source mapping for «${arn}»`);
  if (arn.endsWith('.fifo')) return notSimulated('An event source mapping for a FIFO queue');
  if (queue !== null) return null;
  return invalid(
    `Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.`,
  );
}

function conflict({ uuid, queueArn, settings }: EventSourceMapping): AwsAnswer {
  const message = `An event source mapping with SQS arn (" ${queueArn} ") and function (" ${settings.functionName} ") already exists. Please update or delete the existing mapping with UUID ${uuid}`;
  return fail('ResourceConflictException', message, 409, { Type: 'User' });
}

function notFound(): AwsAnswer {
  return fail('ResourceNotFoundException', 'The resource you requested does not exist.', 404, { Type: 'User' });
}

type Passage = 'Creating' | 'Updating' | 'Enabling' | 'Disabling' | 'Deleting';

function configuration({ uuid, queueArn, settings }: EventSourceMapping, passage?: Passage): Record<string, unknown> {
  return {
    UUID: uuid,
    EventSourceArn: queueArn,
    FunctionArn: settings.functionArn,
    State: passage ?? (settings.enabled ? 'Enabled' : 'Disabled'),
    StateTransitionReason: 'USER_INITIATED',
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.windowSeconds,
    FunctionResponseTypes: settings.reportsBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    ...scalingConfig(settings),
    ...filterCriteria(settings),
  };
}

function scalingConfig({ maximumConcurrency }: MappingSettings): object {
  return maximumConcurrency === null ? {} : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } };
}

function filterCriteria({ filters }: MappingSettings): object {
  return filters.length === 0 ? {} : { FilterCriteria: { Filters: filters.map(({ text }) => ({ Pattern: text })) } };
}
