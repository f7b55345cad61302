/**
 * The contract between an event source (a queue, a stream) and its reader (an event source mapping): each knows the other by ARN.
 *
 * A source hands out items and is told what became of them. One without lanes keeps track itself: an acknowledged item is gone, any
 * other is handed out again some time (a queue). One with lanes keeps order: a reader reads each lane from a position that it keeps,
 * one batch at a time (a stream's shards). Both are described in data; neither decides how the other works.
 */

import type { Arn } from './arn.ts';

/** One item as a source hands it out. */
export interface SourceItem {
  /** By which a partial batch response names it: `messageId`, a sequence number. */
  readonly id: string;
  /** By which it is acknowledged; a later hand-out of the same item has another one. */
  readonly handle: string;
  /** Where a reader of its lane stands when it has read this item; null in a source without lanes. */
  readonly position: Position;
  /** How often it was handed out, this time included. */
  readonly handOuts: number;
  /** The record that the function gets, as plain JSON. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** Where in a lane a reader stands; null: at the beginning, or wherever a source without lanes is. */
export type Position = string | null;

/** What a source is, for whoever wants to read it. */
export interface SourceDescription {
  readonly kind: 'event-source';
  readonly arn: Arn;
  /** How long an item that was handed out stays hidden; null if hand-outs hide nothing. */
  readonly visibilityTimeoutMs: number | null;
  /** The lanes that are read in order, each by itself; null: items come in no order. */
  readonly lanes: readonly string[] | null;
  /** The member of a record that holds what a sender wrote, as text that may be JSON: a filter looks into it (SE-15). */
  readonly bodyMember: string;
}

/** Who is told about a source, and who takes what it hands out. */
export interface Reader {
  /** Told that there is something to read. May stand for several mappings: `arn:…:event-source-mapping:*`. */
  readonly arn: Arn;
  /**
   * Set if there is one mapping and it takes whatever comes, beside all else that it does: then an item that comes once more goes
   * straight to it.
   */
  readonly alone: { readonly mapping: Arn; readonly functionArn: Arn } | null;
}

/** What a reader asks of a source. */
export type SourceRequest =
  /** Tell this reader when there is something to read; null: nobody any longer. */
  | { readonly kind: 'watch'; readonly reader: Reader | null }
  /** Hand out at most so many items of a lane to a mapping (`handed-out`). */
  | {
      readonly kind: 'poll';
      readonly mapping: Arn;
      readonly lane: string | null;
      readonly from: Position;
      readonly most: number;
    }
  /** These are done. */
  | { readonly kind: 'acknowledge'; readonly handles: readonly string[] }
  /** These are not done, and the reader lets go of them: when they are handed out again is the source's business. */
  | { readonly kind: 'hand-back'; readonly lane: string | null; readonly handles: readonly string[] };

/** What a source tells its reader. */
export type ReaderRequest =
  /**
   * There are items to be taken: told to a reader that begins to watch, when items come or come back, and when a poll has left some. `isAtOnce`: one of those who read takes them in this very step.
   */
  | {
      readonly kind: 'available';
      readonly source: Arn;
      readonly lane: string | null;
      readonly isAtOnce: boolean;
    }
  /** What a poll brought, perhaps nothing. `next`: the position behind it. */
  | {
      readonly kind: 'handed-out';
      readonly lane: string | null;
      readonly items: readonly SourceItem[];
      /** When they come back by themselves; Infinity if hand-outs hide nothing. */
      readonly visibleAgainAtMs: number;
      readonly next: Position;
    }
  /** An item comes once more, beside whatever else is under way. `number`: reserved for the invocation that it makes. */
  | {
      readonly kind: 'handed-out-again';
      readonly item: SourceItem;
      readonly visibleAgainAtMs: number;
      readonly number: number;
    };
