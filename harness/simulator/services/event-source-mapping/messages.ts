/**
 * The messages that event source mappings send to themselves, and the effects of their steps.
 *
 * A mapping knows neither queues nor functions: it reads an event source by the contract in `contract/event-source.ts` and
 * invokes a function by its ARN.
 */

import type { Arn } from '../../contract/arn.ts';
import type { Effect, Served, Step } from '../../contract/effect.ts';
import type { LanePart } from '../../contract/event-source.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import type { MappingEvent } from './trace-events.ts';

export type MappingMessage =
  /** A receive that was asked for happens now. */
  | {
      readonly kind: 'poll-due';
      readonly mapping: string;
      readonly source: Arn;
      readonly lane: string | null;
      readonly part?: LanePart;
      readonly most: number;
      readonly by: Actor;
    }
  | { readonly kind: 'window-over'; readonly batch: string }
  | { readonly kind: 'retry-due'; readonly batch: string }
  /** A batch of a stream goes to the function. `isTwice`: and once more when it is done (KE-01). */
  | { readonly kind: 'give'; readonly batch: string; readonly isTwice: boolean }
  /** The clock passes the end of a tumbling window (KE-16). */
  | {
      readonly kind: 'window-ends-due';
      readonly mapping: string;
      readonly lane: string | null;
      readonly startsAtMs: number;
    }
  | { readonly kind: 'scale-due'; readonly mapping: string }
  /** Items that are done are acknowledged now, in a step of their own. */
  | {
      readonly kind: 'acknowledge-due';
      readonly source: Arn;
      readonly handles: readonly string[];
      readonly by: Actor;
    };

export type MappingEffect = Effect<MappingMessage, MappingEvent>;
export type MappingStep = Step<MappingMessage, MappingEvent>;
export type MappingServed = Served<MappingMessage, MappingEvent>;
