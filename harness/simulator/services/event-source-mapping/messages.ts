/**
 * The messages that event source mappings send to themselves, and the effects of their steps.
 *
 * A mapping knows neither queues nor functions: it reads an event source by the contract in `contract/event-source.ts` and
 * invokes a function by its ARN.
 */

import type { Arn } from '../../contract/arn.ts';
import type { Effect, Served, Step } from '../../contract/effect.ts';
import type { Actor } from '../../contract/trace-entry.ts';

export type MappingMessage =
  /** A receive that was asked for happens now. */
  | {
      readonly kind: 'poll-due';
      readonly mapping: string;
      readonly source: Arn;
      readonly lane: string | null;
      readonly most: number;
      readonly by: Actor;
    }
  | { readonly kind: 'window-over'; readonly batch: string }
  | { readonly kind: 'retry-due'; readonly batch: string }
  | { readonly kind: 'scale-due'; readonly mapping: string }
  /** Items that are done are acknowledged now, in a step of their own. */
  | {
      readonly kind: 'acknowledge-due';
      readonly source: Arn;
      readonly handles: readonly string[];
      readonly by: Actor;
    };

/** Mappings write nothing into the trace: their work shows in the events of sources and functions. */
export type MappingEffect = Effect<MappingMessage, never>;
export type MappingStep = Step<MappingMessage, never>;
export type MappingServed = Served<MappingMessage, never>;
