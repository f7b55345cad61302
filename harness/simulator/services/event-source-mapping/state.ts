/**
 * The state of event source mappings: their settings, their positions in their sources, and the batches that are under way.
 *
 * Plain data only. It holds instants, not timers; the world keeps the agenda. Nothing here decides anything.
 */

import type { AccountPlace, Arn } from '../../contract/arn.ts';
import type { Position, SourceItem } from '../../contract/event-source.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import type { Pattern } from '../../event-pattern/matches.ts';
import type { MappingPaths } from './footprints.ts';

/** Settings, with the members' names as in `CreateEventSourceMapping`, but units last. */
export interface MappingSettings {
  readonly functionName: string;
  readonly functionArn: Arn;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportsBatchItemFailures: boolean;
  /** SE-09; null if it is not set. */
  readonly maximumConcurrency: number | null;
  readonly filters: readonly { readonly text: string; readonly pattern: Pattern }[];
}

export interface EventSourceMapping {
  readonly uuid: string;
  readonly paths: MappingPaths;
  readonly sourceArn: Arn;
  /** The member of a record that filters read as text. */
  readonly bodyMember: string;
  settings: MappingSettings;
  /** For the trace: `mapping of charge`. */
  actor: Actor;
  /** One for each lane of the source; a source without lanes has a single one without a name. */
  readonly lanes: readonly Lane[];
  /** The number of concurrent batches (SE-05); null if scaling is not enforced. */
  scale: { concurrency: number; atMs: number; waiting: boolean } | null;
  deleted: boolean;
  modifiedAtMs: number;
  lastBatch: number;
}

/** A mapping's position in one lane of its source. */
export interface Lane {
  /** Null: the source keeps no order. Otherwise its items are read in order, one batch at a time. */
  readonly name: string | null;
  /** The number of receives under way. */
  polling: number;
  /** The source has reported items that no mapping has taken yet. */
  backlog: boolean;
  /** The position behind the last item that is done; only in a lane with a name. */
  position: Position;
}

/**
 * `gathering`: its window is open. `ready`: waits for capacity. `invoked`: the function runs. `throttled`: Lambda refused the
 * invocation, which will be retried (SE-11).
 */
export type BatchState = 'gathering' | 'ready' | 'invoked' | 'throttled';

export interface Batch {
  readonly id: string;
  readonly mapping: string;
  readonly lane: string | null;
  items: readonly SourceItem[];
  state: BatchState;
  /** The instant at which its first item comes back by itself: no attempt is made after it (SE-11). */
  readonly visibleAgainAtMs: number;
  /** The position behind the batch. */
  next: Position;
  throttles: number;
}

export interface MappingsOptions extends AccountPlace {
  /** Ramps measure elapsed time, so they hold in timed runs only. */
  readonly scaling: 'enforced' | 'not-enforced';
}

export interface MappingsState extends MappingsOptions {
  /** Mappings by UUID. */
  readonly mappings: Map<string, EventSourceMapping>;
  readonly batches: Map<string, Batch>;
  lastMapping: number;
}

/** An account without event source mappings. */
export function newMappings(options: MappingsOptions): MappingsState {
  return { ...options, mappings: new Map(), batches: new Map(), lastMapping: 0 };
}

/** A copy that shares what never changes. */
export function cloneMappings(state: MappingsState): MappingsState {
  const mappings = new Map<string, EventSourceMapping>();
  for (const [uuid, mapping] of state.mappings) {
    const lanes = mapping.lanes.map((lane) => ({ ...lane }));
    mappings.set(uuid, { ...mapping, lanes, scale: mapping.scale === null ? null : { ...mapping.scale } });
  }
  const batches = new Map([...state.batches].map(([id, batch]) => [id, { ...batch }]));
  return { ...state, mappings, batches };
}

/** The batches of a mapping that have not ended. */
export function batchesOf(state: MappingsState, mapping: EventSourceMapping): readonly Batch[] {
  return [...state.batches.values()].filter((batch) => batch.mapping === mapping.uuid);
}

/** A mapping's ARN: https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
export function mappingArn({ region, accountId }: AccountPlace, uuid: string): Arn {
  return `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${uuid}`;
}
