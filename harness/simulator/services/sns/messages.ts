/**
 * What SNS tells itself, and what follows from its steps.
 */

import type { Effect, Served, Step } from '../../contract/effect.ts';
import type { Footprint } from '../../contract/footprint.ts';
import type { TopicEvent } from './trace-events.ts';

export type SnsMessage =
  /** A turn of a lane has come: for the first delivery that is pending in it. */
  | { readonly kind: 'turn'; readonly lane: string }
  /** A pending delivery of a lane comes. `isReordered`: before others that should come first (SN-09). */
  | { readonly kind: 'comes'; readonly delivery: string; readonly isReordered: boolean }
  /** A delivery without a lane comes. `isCopy`: of one that is delivered once more than it should be (SN-09). */
  | { readonly kind: 'delivery-due'; readonly delivery: string; readonly isCopy: boolean }
  /** It is delivered now. `isDuplicated`: and once more at another time (SN-09). */
  | { readonly kind: 'deliver'; readonly delivery: string; readonly isDuplicated: boolean }
  /** It is handed to its subscriber. `fails`: who answers that the trouble is its own (SN-12). */
  | { readonly kind: 'attempt'; readonly delivery: string; readonly fails: boolean };

export type SnsEffect = Effect<SnsMessage, TopicEvent>;
export type SnsStep = Step<SnsMessage, TopicEvent>;
export type SnsServed = Served<SnsMessage, TopicEvent>;

/** What an operation gives: what it answers, what it looked at and changed, and what follows. */
export interface TopicOperated {
  readonly output: Readonly<Record<string, unknown>>;
  readonly footprint: Footprint;
  readonly effects?: readonly SnsEffect[];
}
