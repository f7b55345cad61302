/**
 * What an operation gives back: AWS's answer, what it looked at and changed, and what the trace should tell.
 *
 * Footprint paths are made here and nowhere else. `…/*` covers everything whose path begins with what stands before the
 * star: a table, or one partition of it.
 */

import { type AwsAnswer, ok } from '../../contract/answer.ts';
import type { Footprint } from '../../contract/footprint.ts';
import type { AttributeMap } from './attribute-value.ts';
import type { DynamoDBEvent } from './trace-events.ts';

/** What one applied call gives back. */
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

/** The outcome of a call that says yes and changed something. */
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

/** A note, unless there was no item before nor after. */
export function itemChanged(
  table: string,
  key: AttributeMap,
  before: AttributeMap | undefined,
  after: AttributeMap | undefined,
): readonly DynamoDBEvent[] {
  if (before === undefined && after === undefined) return NO_NOTES;
  return [{ kind: 'item-changed', table, key, before: before ?? null, after: after ?? null }];
}
