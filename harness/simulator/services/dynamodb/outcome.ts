/**
 * The outcome of an operation: AWS's answer, its reads and writes, and its notes for the trace.
 *
 * Only this file composes footprint paths. `…/*` covers every path that begins with the text before the star: a table, or one
 * partition of it.
 */

import { type AwsAnswer, ok } from '../../contract/answer.ts';
import type { Footprint } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import type { AttributeMap } from './attribute-value.ts';
import type { DynamoDBEvent } from './trace-events.ts';

/** When a call is applied, and whether the scenario's budget allows reads that are stale then. */
export type AppliedAt = Pick<Moment, 'nowMs' | 'epochMs' | 'isAllowed'>;

/** The outcome of one applied call. */
export interface Outcome {
  readonly answer: AwsAnswer;
  readonly footprint: Footprint;
  readonly notes: readonly DynamoDBEvent[];
}

const NO_NOTES: readonly DynamoDBEvent[] = Object.freeze([]);
const NO_PATHS: readonly string[] = Object.freeze([]);

/** The outcome of a call that changed nothing. */
export function readOutcome(answer: AwsAnswer, reads: readonly string[]): Outcome {
  return { answer, footprint: { reads, writes: NO_PATHS }, notes: NO_NOTES };
}

/** The outcome of a call that succeeded and changed something. */
export function writeOutcome(
  output: Readonly<Record<string, unknown>>,
  footprint: Footprint,
  notes: readonly DynamoDBEvent[] = NO_NOTES,
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
): readonly DynamoDBEvent[] {
  if (before === undefined && after === undefined) return NO_NOTES;
  return [{ kind: 'item-changed', table, key, before: before ?? null, after: after ?? null }];
}
