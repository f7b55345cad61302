/**
 * The contract between an event source (a queue, a stream) and its reader (an event source mapping). Each knows the other
 * only by ARN.
 *
 * A source hands out items, and its reader reports what became of them. A source without lanes (a queue) tracks its items
 * itself: an acknowledged item is gone, and any other item is handed out again later. A source with lanes (a stream with
 * shards) keeps order: its reader keeps a position in each lane and reads one batch at a time. A lane may end, and others take its
 * place: they are read after it. Everything here is data; each service implements the rules of its own side.
 */

import { md5 } from '@noble/hashes/legacy.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Arn } from './arn.ts';
import type { Chained } from './event-chain.ts';

/** One item as a source hands it out. A source that carries no chains gives its items none. */
export interface SourceItem extends Chained {
  /** The id by which a partial batch response names the item: `messageId`, a sequence number. */
  readonly id: string;
  /** The handle with which the reader acknowledges the item. Each hand-out of an item has a handle of its own. */
  readonly handle: string;
  /** The reader's position in the lane after it has read this item; null in a source without lanes. */
  readonly position: Position;
  /** How often the item has been handed out, this time included. */
  readonly handOuts: number;
  /** The record that the function receives, as plain JSON. */
  readonly record: Readonly<Record<string, unknown>>;
  /** What filters look at, if it is not the record. */
  readonly filtered?: Readonly<Record<string, unknown>>;
  /** The instant at which it entered its lane; only in a source with lanes. */
  readonly arrivedAtMs?: number;
  /** The instant from which on its source no longer has it; only in a source that forgets items by their age. */
  readonly expiresAtMs?: number;
}

/** A reader's position in a lane: a whole number, as text, that grows from item to item. Null: at the beginning, or in a source without lanes. */
export type Position = string | null;

/** Whether one position of a lane comes behind another one. */
export function isBehind(one: Position, other: Position): boolean {
  return one !== null && (other === null || BigInt(one) > BigInt(other));
}

/** What a source tells a reader about itself. */
export interface SourceDescription {
  readonly kind: 'event-source';
  readonly arn: Arn;
  /** The name that a learner knows. */
  readonly shownName: string;
  /** How long an item stays hidden after it was handed out, in milliseconds; null if it is not hidden at all. */
  readonly visibilityTimeoutMs: number | null;
  /** The lanes, each of which is read in order; null if items have no order. */
  readonly lanes: readonly LaneDescription[] | null;
  /** Its items belong to groups, and the source itself hands out each group in order: one that is in hand holds up the rest of its group. */
  readonly keepsOrderInGroups?: true;
  /** It sends its items as they come, instead of waiting to be asked. */
  readonly isPushed?: true;
  /** The ARN that its records are of, if it is another than its own: that of a consumer's stream. */
  readonly recordsArn?: Arn;
  /** A reader may begin at an instant: polls may say `since`. */
  readonly beginsAtInstants?: true;
  /** The member in which a record about items that were given up says which these are; only in a source with lanes. */
  readonly batchInfoMember?: string;
  /** The member of a record that holds the sender's text, which may be JSON. A filter reads it (SE-15). */
  readonly bodyMember: string;
}

/** One lane of a source, as it is now. */
export interface LaneDescription {
  readonly name: string;
  /** The lanes that are read to their ends before this one. A lane that is not there any more is no reason to wait. */
  readonly after: readonly string[];
  /** The position behind its last item. */
  readonly latest: Position;
}

/**
 * A part of a lane: the items whose keys belong to it. Parts of a lane are read concurrently, and items with the same key keep their
 * order.
 */
export interface LanePart {
  /** From 0. */
  readonly place: number;
  readonly of: number;
}

/** What a reader has had of a lane that it read in other parts before: the items of that part, until this position. */
export interface PassedPart {
  /** Null: the lane as a whole. */
  readonly part: LanePart | null;
  readonly until: Position;
}

/** The place of the part to which a key belongs, if a lane has this number of parts (UV-11). */
export function placeOfKey(key: string, parts: number): number {
  return md5(utf8ToBytes(key)).reduce((sum, byte) => (sum * 256 + byte) % parts, 0);
}

/** The reader of a source: it learns of new items and takes them. */
export interface Reader {
  /** Where the source reports new items. May stand for several mappings: `arn:…:event-source-mapping:*`. */
  readonly arn: Arn;
  /**
   * Set if a single mapping reads the source and takes every item immediately, even while it handles others. An item that is
   * delivered a second time then goes straight to that mapping.
   */
  readonly alone: { readonly mapping: Arn; readonly functionArn: Arn } | null;
}

/** What a reader asks of a source. */
export type SourceRequest =
  /** Report new items to this reader from now on; null: report them to no reader. */
  | { readonly kind: 'watch'; readonly reader: Reader | null }
  /**
   * Hand out at most `most` items of a lane, or of a part of it, to a mapping (`handed-out`). `sinceMs`: leave out what arrived before this
   * instant of virtual time. `passed`: leave out what these parts had.
   */
  | {
      readonly kind: 'poll';
      readonly mapping: Arn;
      readonly lane: string | null;
      readonly part?: LanePart;
      readonly from: Position;
      readonly sinceMs?: number;
      readonly passed?: readonly PassedPart[];
      readonly most: number;
    }
  /** The reader is done with these items. */
  | { readonly kind: 'acknowledge'; readonly handles: readonly string[] }
  /** The reader releases these items unprocessed. The source decides when it hands them out again. */
  | { readonly kind: 'hand-back'; readonly lane: string | null; readonly handles: readonly string[] };

/** What a source tells its reader. */
export type ReaderRequest =
  /**
   * There are items to take, or the end of a lane can be reached. A source says so when a reader begins to watch, when items arrive or
   * come back, and when a poll has left some. `isAtOnce`: the reader takes them in the same step. `after`: as in the description of the
   * lane, which may be new to the reader. `keys`: those of the items that arrived; if it is missing, they may be any.
   */
  | {
      readonly kind: 'available';
      readonly source: Arn;
      readonly lane: string | null;
      readonly isAtOnce: boolean;
      readonly after?: readonly string[];
      readonly keys?: readonly string[];
    }
  /**
   * The items of a poll, perhaps none. `next` is the position behind them. `isEnd`: the lane has ended, and nothing comes behind that
   * position.
   */
  | {
      readonly kind: 'handed-out';
      readonly lane: string | null;
      readonly part?: LanePart;
      readonly isEnd?: true;
      readonly items: readonly SourceItem[];
      /** When the items become visible again by themselves; Infinity if handing out does not hide them. */
      readonly visibleAgainAtMs: number;
      readonly next: Position;
    }
  /**
   * A second delivery of an item, independent of other deliveries. `number`: the number that is reserved for its invocation.
   */
  | {
      readonly kind: 'handed-out-again';
      readonly item: SourceItem;
      readonly visibleAgainAtMs: number;
      readonly number: number;
    };
