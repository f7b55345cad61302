/**
 * What event source mappings know: their settings, where they stand in their sources, and the batches in their hands.
 *
 * Plain data only. Waits are instants, not timers; the world keeps the agenda. Nothing here decides anything.
 */

import type { AccountPlace, Arn } from '../../contract/arn.ts';
import type { Position, SourceItem } from '../../contract/event-source.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import type { Pattern } from './filter.ts';
import type { MappingPaths } from './footprints.ts';

/** Settings, with the members' names as in `CreateEventSourceMapping`, units last where AWS has them elsewhere. */
export interface MappingSettings {
  readonly functionName: string;
  readonly functionArn: Arn;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportsBatchItemFailures: boolean;
  /** SE-09; null: none was set. */
  readonly maximumConcurrency: number | null;
  readonly filters: readonly { readonly text: string; readonly pattern: Pattern }[];
}

export interface EventSourceMapping {
  readonly uuid: string;
  readonly paths: MappingPaths;
  readonly sourceArn: Arn;
  /** The member of a record that filters look into as text. */
  readonly bodyMember: string;
  settings: MappingSettings;
  /** For the trace: `mapping of charge`. */
  actor: Actor;
  /** One for each lane of the source; a source without lanes has one that bears no name. */
  readonly lanes: readonly Lane[];
  /** How many batches it may have in hand (SE-05); null where scaling is not enforced. */
  scale: { concurrency: number; atMs: number; waiting: boolean } | null;
  deleted: boolean;
  lastBatch: number;
}

/** Where a mapping stands in one lane of its source. */
export interface Lane {
  /** Null: the source keeps no order. Else items are read in order, one batch at a time. */
  readonly name: string | null;
  /** How many receives are under way. */
  polling: number;
  /** The source has items that nobody has taken, as far as it has said. */
  backlog: boolean;
  /** Behind the last item that is done; only in a lane with a name. */
  position: Position;
}

/**
 * `gathering`: its window is open. `ready`: waits for a free place. `invoked`: the function runs. `throttled`: Lambda
 * refused the invocation, which will be tried again (SE-11).
 */
export type BatchState = 'gathering' | 'ready' | 'invoked' | 'throttled';

export interface Batch {
  readonly id: string;
  readonly mapping: string;
  readonly lane: string | null;
  items: readonly SourceItem[];
  state: BatchState;
  /** When its first item comes back by itself: no attempt is made after it (SE-11). */
  readonly visibleAgainAtMs: number;
  /** The position behind it. */
  next: Position;
  throttles: number;
}

export interface MappingsOptions extends AccountPlace {
  /** Ramps measure elapsed time, so they hold in timed runs only. */
  readonly scaling: 'enforced' | 'not-enforced';
}

export interface MappingsState extends MappingsOptions {
  /** By UUID. */
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

/** The batches that are in a mapping's hands. */
export function batchesOf(state: MappingsState, mapping: EventSourceMapping): readonly Batch[] {
  return [...state.batches.values()].filter((batch) => batch.mapping === mapping.uuid);
}

/** A mapping's ARN: https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
export function mappingArn({ region, accountId }: AccountPlace, uuid: string): Arn {
  return `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${uuid}`;
}
