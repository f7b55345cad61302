/**
 * What event source mappings know: their settings and the batches in their hands. Plain data only.
 *
 * Waits are instants, not timers; the world keeps the agenda. Nothing here decides anything.
 */

import type { Actor } from '../../trace.ts';
import type { Pattern } from './filter.ts';
import type { QueueMessage } from './messages.ts';

/** Settings, with the members' names as in `CreateEventSourceMapping`, units last where AWS has them elsewhere. */
export interface MappingSettings {
  readonly functionName: string;
  readonly functionArn: string;
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
  readonly queueArn: string;
  settings: MappingSettings;
  /** For the trace: `mapping of charge`. */
  actor: Actor;
  /** How many receives are under way. */
  polling: number;
  /** The queue has messages that nobody has taken, as far as it has been told. */
  backlog: boolean;
  /** How many batches it may have in hand (SE-05); null where scaling is not enforced. */
  scale: { concurrency: number; atMs: number; waiting: boolean } | null;
  deleted: boolean;
  lastBatch: number;
}

/**
 * `gathering`: its window is open. `ready`: waits for a free place. `invoked`: the function runs. `throttled`: Lambda
 * refused the invocation, which will be tried again (SE-11).
 */
export type BatchState = 'gathering' | 'ready' | 'invoked' | 'throttled';

export interface Batch {
  readonly id: string;
  readonly mapping: string;
  messages: readonly QueueMessage[];
  state: BatchState;
  /** When its first message comes back by itself: no attempt is made after it (SE-11). */
  readonly visibleAgainAtMs: number;
  throttles: number;
}

export interface MappingsOptions {
  readonly region: string;
  readonly accountId: string;
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
  for (const [uuid, mapping] of state.mappings)
    mappings.set(uuid, { ...mapping, scale: mapping.scale === null ? null : { ...mapping.scale } });
  const batches = new Map([...state.batches].map(([id, batch]) => [id, { ...batch }]));
  return { ...state, mappings, batches };
}

/** How many batches of a mapping are in its hands. */
export function batchesOf(state: MappingsState, mapping: EventSourceMapping): readonly Batch[] {
  return [...state.batches.values()].filter((batch) => batch.mapping === mapping.uuid);
}
