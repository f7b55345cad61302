/**
 * The records of a lane, as a source that keeps them in order holds them: where a reader goes on, what a poll hands out, which have
 * expired.
 *
 * The sources with lanes share it: what becomes of a batch is their reader's business, and how a record looks is their own.
 */

import {
  isBehind,
  type LanePart,
  type PassedPart,
  placeOfKey,
  type ReaderRequest,
  type SourceItem,
  type SourceRequest,
} from './event-source.ts';

export interface LaneRecord {
  /** Its place in its lane, from 1. */
  readonly index: number;
  /** Its name, and the position behind it. */
  readonly sequenceNumber: string;
  /** Records with the same key are read in order, in whatever part of the lane they are. */
  readonly partitionKey: string;
  readonly arrivedAtMs: number;
}

type Poll = SourceRequest & { readonly kind: 'poll' };
type HandedOut = ReaderRequest & { readonly kind: 'handed-out' };

/** Where the first record from this index on that has not expired stands among those that a lane keeps. Those that arrived until `expiredUntilMs` have. */
export function placeOfRecord(records: readonly LaneRecord[], index: number, expiredUntilMs: number): number {
  const [first] = records;
  if (first === undefined) return 0;
  let at = Math.max(0, index - first.index);
  for (let record = records[at]; record !== undefined && record.arrivedAtMs <= expiredUntilMs; record = records[at])
    at += 1;
  return at;
}

/** Forgets the records that have expired. Only steps that change the lane may do so. */
export function forgetExpired(records: LaneRecord[], expiredUntilMs: number): void {
  const [first] = records;
  if (first === undefined || first.arrivedAtMs > expiredUntilMs) return;
  const kept = records.findIndex(({ arrivedAtMs }) => arrivedAtMs > expiredUntilMs);
  records.splice(0, kept < 0 ? records.length : kept);
}

/** What a poll finds. */
export interface FoundByPoll<Found extends LaneRecord> {
  readonly records: readonly Found[];
  /** The first record that is left for the next poll; undefined if there is none. */
  readonly left: Found | undefined;
  /** The last record that need not be looked at again. */
  readonly lastSeen: Found | undefined;
}

/**
 * The records of a poll, from a place on. It looks no further than to the first one that is left, and leaves out what came before `sinceMs` and
 * what was `passed`.
 */
export function recordsOfPoll<Found extends LaneRecord>(
  kept: readonly Found[],
  from: number,
  { part, most, sinceMs = Number.NEGATIVE_INFINITY, passed = [] }: Pick<Poll, 'part' | 'most' | 'sinceMs' | 'passed'>,
): FoundByPoll<Found> {
  const records: Found[] = [];
  let lastSeen: Found | undefined;
  for (let at = from; at < kept.length; at += 1) {
    const record = kept[at];
    if (record === undefined) break;
    const isOld = record.arrivedAtMs < sinceMs;
    const isMine = !isOld && isOfPart(record, part ?? null) && !passed.some((had) => isPassed(record, had));
    if (isMine && records.length === most) return { records, left: record, lastSeen };
    if (isMine) records.push(record);
    lastSeen = record;
  }
  return { records, left: undefined, lastSeen };
}

function isOfPart({ partitionKey }: LaneRecord, part: LanePart | null): boolean {
  return part === null || placeOfKey(partitionKey, part.of) === part.place;
}

function isPassed(record: LaneRecord, { part, until }: PassedPart): boolean {
  return !isBehind(record.sequenceNumber, until) && isOfPart(record, part);
}

/** The answer to a poll. What is handed out of a lane stays where it is, so it is never hidden. */
export function handedOutOf(
  { lane, part, from }: Poll,
  items: readonly SourceItem[],
  { lastSeen, isEnd = false }: { readonly lastSeen?: LaneRecord | undefined; readonly isEnd?: boolean },
): HandedOut {
  return {
    kind: 'handed-out',
    ...{ lane, items, visibleAgainAtMs: Number.POSITIVE_INFINITY, next: lastSeen?.sequenceNumber ?? from },
    ...(part === undefined ? {} : { part }),
    ...(isEnd ? { isEnd } : {}),
  };
}

/** A read of more records than this declares all of the lane's: long lists of paths cost more than they find. */
const MOST_PATHS = 16;

/** The footprint paths of the records from one index to another, both included; `prefix` is that of the lane's records. */
export function pathsOfRecords(prefix: string, from: number, to: number): readonly string[] {
  if (to - from >= MOST_PATHS) return [`${prefix}*`];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, more) => `${prefix}${from + more}`);
}
