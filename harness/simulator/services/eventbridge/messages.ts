/**
 * What EventBridge tells itself, and what follows from its steps.
 */

import type { Effect, Served, Step } from '../../contract/effect.ts';
import type { Footprint } from '../../contract/footprint.ts';
import type { EventBridgeEvent } from './trace-events.ts';

export type EventBridgeMessage =
  /** A delivery's turn has come. `isCopy`: of one that is delivered once more than it should be (EB-04). */
  | { readonly kind: 'delivery-due'; readonly delivery: string; readonly isCopy: boolean }
  /** It is handed to its target now. `isDuplicated`: and once more at another time (EB-04). */
  | { readonly kind: 'deliver'; readonly delivery: string; readonly isDuplicated: boolean };

export type EventBridgeEffect = Effect<EventBridgeMessage, EventBridgeEvent>;
export type EventBridgeStep = Step<EventBridgeMessage, EventBridgeEvent>;
export type EventBridgeServed = Served<EventBridgeMessage, EventBridgeEvent>;

/** What an operation gives: what it answers, what it looked at and changed, and what follows. */
export interface BusOperated {
  readonly output: Readonly<Record<string, unknown>>;
  readonly footprint: Footprint;
  readonly effects?: readonly EventBridgeEffect[];
}
