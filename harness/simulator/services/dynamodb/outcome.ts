/**
 * The outcome of an operation: AWS's answer, its reads and writes, and its notes for the trace.
 *
 * Only this file composes footprint paths. `…/*` covers every path that begins with the text before the star: a table, or one
 * partition of it.
 */

import { type AwsAnswer, ok } from '../../contract/answer.ts';
import type { Footprint } from '../../contract/footprint.ts';
import { pathsOfRecords } from '../../contract/lane-records.ts';
import type { Moment } from '../../contract/moment.ts';
import type { AttributeMap } from './attribute-value.ts';
import type { ItemChanged } from './trace-events.ts';

/** When a call is applied, and whether the scenario's budget allows reads that are stale then. */
export type AppliedAt = Pick<Moment, 'nowMs' | 'epochMs' | 'isAllowed'>;

/** The outcome of one applied call. */
export interface Outcome {
  readonly answer: AwsAnswer;
  readonly footprint: Footprint;
  readonly notes: readonly ItemChanged[];
}

const NO_NOTES: readonly ItemChanged[] = Object.freeze([]);
const NO_PATHS: readonly string[] = Object.freeze([]);

/** The outcome of a call that changed nothing. */
export function readOutcome(answer: AwsAnswer, reads: readonly string[]): Outcome {
  return { answer, footprint: { reads, writes: NO_PATHS }, notes: NO_NOTES };
}

/** The outcome of a call that succeeded and changed something. */
export function writeOutcome(
  output: Readonly<Record<string, unknown>>,
  footprint: Footprint,
  notes: readonly ItemChanged[] = NO_NOTES,
): Outcome {
  return { answer: ok(output), footprint, notes };
}

/** The path of an item. */
export function itemPath(table: string, canonicalKey: string): string {
  return `dynamodb/${table}/${canonicalKey}`;
}

/** The path of a table's definition. */
export function tablePath(table: string): string {
  return `dynamodb/${table}`;
}

/** The path of all items of a table. */
export function allItemsPath(table: string): string {
  return `dynamodb/${table}/*`;
}

/** The path of a transaction's token. */
export function tokenPath(token: string): string {
  return `dynamodb-client-request-token/${token}`;
}

/** A note of a changed item; none if there was no item before or after. */
export function itemChanged(
  table: string,
  key: AttributeMap,
  before: AttributeMap | undefined,
  after: AttributeMap | undefined,
): readonly ItemChanged[] {
  if (before === undefined && after === undefined) return NO_NOTES;
  return [{ kind: 'item-changed', table, key, before: before ?? null, after: after ?? null }];
}

const OF_STREAM = 'dynamodb stream/';

/** Whether a path is of a table's stream. */
export function isOfStream(path: string): boolean {
  return path.startsWith(OF_STREAM);
}

/** Where the stream of a table ends now: the next record comes there. */
export function streamEndPath(table: string): string {
  return `${OF_STREAM}${table}/end`;
}

/** Who learns of new records of a table's stream. */
export function streamReaderPath(table: string): string {
  return `${OF_STREAM}${table}/reader`;
}

/** The stream of a table with all its records and its reader. */
export function streamContentsPath(table: string): string {
  return `${OF_STREAM}${table}/*`;
}

/** One record of a table's stream, whether or not it has arrived. */
export function streamRecordPath(table: string, index: number): string {
  return `${OF_STREAM}${table}/records/${index}`;
}

/** The records of a table's stream from one index to another, both included. */
export function streamRecordPaths(table: string, from: number, to: number): readonly string[] {
  return pathsOfRecords(`${OF_STREAM}${table}/records/`, from, to);
}
