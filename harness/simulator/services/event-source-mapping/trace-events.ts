/**
 * The events that event source mappings write into a trace. What they take and give shows in the events of sources and functions.
 */

import type { Actor } from '../../contract/trace-entry.ts';
import type { Closing } from './state.ts';

/** Why a mapping gives up records of a stream (KE-12). */
export type GivenUpCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export type MappingEvent =
  /** Records of a stream go to the function once more: it failed, or the mapping does not know that it was done. */
  | {
      readonly kind: 'records-tried-again';
      readonly lane: string;
      readonly itemIds: readonly string[];
      readonly by: Actor;
    }
  /** Records of a stream were given up; `sentTo` is the queue or topic that learns which (KE-12, KE-14, KE-19). */
  | {
      readonly kind: 'records-given-up';
      readonly lane: string;
      readonly itemIds: readonly string[];
      readonly by: Actor;
      readonly condition: GivenUpCondition;
      readonly sentTo: string | null;
    }
  /** The function reported records of a stream as failed, and its mapping reads no reports: they count as done (KE-09). */
  | {
      readonly kind: 'report-not-read';
      readonly lane: string;
      readonly itemIds: readonly string[];
      readonly by: Actor;
    }
  /** The function hears of the end of a tumbling window, or that its state has become too large (KE-16). */
  | {
      readonly kind: 'window-ends';
      readonly lane: string;
      readonly by: Actor;
      /** The instant at which the window ends. */
      readonly end: string;
      readonly closing: Closing;
      readonly isAgain: boolean;
    }
  /** The function never heard of the end of a window: its state is lost (UV-82). */
  | {
      readonly kind: 'window-given-up';
      readonly lane: string;
      readonly by: Actor;
      readonly end: string;
      readonly condition: GivenUpCondition;
    };
