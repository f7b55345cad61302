/**
 * The state of event source mappings: their settings, their positions in their sources, and the batches that are under way.
 *
 * Plain data only. It holds instants, not timers; the world keeps the agenda. Nothing here decides anything.
 */

import type { AccountPlace, Arn } from '../../contract/arn.ts';
import type { LanePart, PassedPart, Position, SourceItem } from '../../contract/event-source.ts';
import type { Policies } from '../../contract/policies.ts';
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
  /** Null: the source keeps no order. */
  readonly stream: StreamSettings | null;
}

/** The settings of a mapping that reads a stream (KE-03 to KE-08). */
export interface StreamSettings {
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  /** The instant of AT_TIMESTAMP, in virtual time (KE-20). */
  readonly startsAtMs: number | null;
  readonly parallelizationFactor: number;
  /** -1: without end. */
  readonly maximumRetryAttempts: number;
  /** -1: any age. */
  readonly maximumRecordAgeSeconds: number;
  /** `BisectBatchOnFunctionError`. */
  readonly bisects: boolean;
  readonly onFailure: Destination | null;
  /** The length of its tumbling windows (KE-16); 0: it has none. */
  readonly tumblingSeconds: number;
}

/** Who is told of records that are given up (KE-12, KE-19). */
export interface Destination {
  readonly kind: 'queue' | 'topic';
  readonly arn: Arn;
}

export interface EventSourceMapping {
  readonly uuid: string;
  readonly paths: MappingPaths;
  readonly sourceArn: Arn;
  /** What records are of, and what a destination is told: the source's ARN, or that of the stream behind it. */
  readonly recordsArn: Arn;
  /** The source sends its records as they come (KE-21). */
  readonly isPushed: boolean;
  /** The member of a record that filters read as text. */
  readonly bodyMember: string;
  /** The source hands out items in groups, and keeps the order of each itself: a FIFO queue (SE-06). */
  readonly keepsOrderInGroups: boolean;
  /** The member of a record about items that were given up; empty if the source keeps no order. */
  readonly batchInfoMember: string;
  settings: MappingSettings;
  /** For the trace: `mapping of charge`. */
  actor: Actor;
  /** One for each lane of the source, or each part of one; a source without lanes has a single one without a name. */
  readonly lanes: Lane[];
  /** A batch that fails holds up all parts of its shard (UV-11). */
  readonly failsByShard: boolean;
  /** The number of concurrent batches (SE-05), and with how many it begins; null if scaling is not enforced. */
  scale: { concurrency: number; readonly first: number; atMs: number; waiting: boolean } | null;
  deleted: boolean;
  modifiedAtMs: number;
  lastBatch: number;
}

/** A mapping's position in one lane of its source. */
export interface Lane {
  /** Null: the source keeps no order. Otherwise its items are read in order, one batch at a time. */
  readonly name: string | null;
  /** The part of the lane that is read; null: the lane as a whole. */
  readonly part: LanePart | null;
  /** The lanes that are read to their ends before this one. */
  readonly after: readonly string[];
  /** The number of receives under way. */
  polling: number;
  /** The source has reported items that no mapping has taken yet. */
  backlog: boolean;
  /** The position behind the last item that is done; only in a lane with a name. */
  position: Position;
  /** It was read to its end, and nothing comes any more. */
  isEnded: boolean;
  /** It takes no more batches: other parts take its place when those that it has are over (UV-89). */
  isEnding: boolean;
  /** What is behind its position and was done when it was read in other parts. */
  readonly passed: readonly PassedPart[];
  /** The tumbling window whose records are read now (KE-16). */
  window: OpenWindow | null;
  /** Counts its batches; those of a source without lanes are counted by the mapping. */
  lastBatch: number;
}

/** A tumbling window that has begun and not ended. It never changes; another takes its place. */
export interface OpenWindow {
  /** Both in virtual time, and as the function is told. */
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly start: string;
  readonly end: string;
  /** What the function has returned last, as JSON. */
  readonly stateJson: string;
  /** The clock has passed its end. */
  readonly isOver: boolean;
  /** Its newest record so far. */
  readonly newest: SourceItem;
}

/** `final`: the function hears that a window is over. `early`: that its state has become too large. */
export type Closing = 'final' | 'early';

/**
 * `gathering`: its window is open. `ready`: waits for capacity. `invoked`: the function runs. `throttled`: Lambda refused the
 * invocation, which will be retried (SE-11). `paused`: a batch of a stream comes again after a pause (KE-05).
 */
export type BatchState = 'gathering' | 'ready' | 'invoked' | 'throttled' | 'paused';

export interface Batch {
  readonly id: string;
  readonly mapping: string;
  readonly lane: string | null;
  readonly part?: LanePart;
  /** What the function has, or gets next. */
  items: readonly SourceItem[];
  state: BatchState;
  /** The instant at which its first item comes back by itself: no attempt is made after it (SE-11). */
  readonly visibleAgainAtMs: number;
  /** The position behind the batch. */
  next: Position;
  throttles: number;
  /** The further parts of a batch of a stream that was split (KE-08). */
  rest: readonly (readonly SourceItem[])[];
  /** How often the function failed with `items`. */
  attempts: number;
  /** The version that failed with it last; absent: none has, or none was told. */
  ranAs?: string;
  /** How often it has paused. */
  pauses: number;
  /** The function failed with some of it, or Lambda did not run it. */
  hasFailed: boolean;
  /** How often items of it were given up. */
  givenUp: number;
  /** Its lane ends behind it. */
  isLast: boolean;
  /** It will come once more although it was done (KE-01). */
  isTwice: boolean;
  /** The function has the end of a window, and gets `items` after it. */
  closing: Closing | null;
}

export interface MappingsOptions extends AccountPlace, Policies {
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
