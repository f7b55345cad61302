/**
 * What a function's answer means for the items of its batch (SE-08, SE-12).
 *
 * It only reads the answer; it acknowledges and retries nothing.
 */

import type { AwsAnswer } from '../../contract/answer.ts';
import { fromUtf8 } from '../../contract/utf8.ts';

export type BatchOutcome =
  /** The ids of the items that are done. The others are handed back. */
  | { readonly kind: 'done'; readonly itemIds: readonly string[] }
  /** All items are handed back. */
  | { readonly kind: 'failed' }
  /** The function did not run. */
  | { readonly kind: 'throttled' };

/** Reads the answer of `Invoke`. `partial`: the mapping has `ReportBatchItemFailures`. */
export function outcomeOf(answer: AwsAnswer, itemIds: readonly string[], partial: boolean): BatchOutcome {
  if (!answer.ok) return answer.error.status === 429 ? { kind: 'throttled' } : { kind: 'failed' };
  if (answer.output.FunctionError !== undefined) return { kind: 'failed' };
  if (!partial) return { kind: 'done', itemIds };
  const { Payload } = answer.output;
  const failed = failedItems(Payload instanceof Uint8Array ? fromUtf8(Payload) : '');
  if (failed === null || failed.some((id) => !itemIds.includes(id))) return { kind: 'failed' };
  return { kind: 'done', itemIds: itemIds.filter((id) => !failed.includes(id)) };
}

/** The ids in a partial batch response; null if AWS can't read it, which means that all items failed (SE-12). */
function failedItems(text: string): readonly string[] | null {
  if (text === '') return [];
  const response = parsed(text);
  if (response === null) return [];
  if (typeof response !== 'object') return null;
  const { batchItemFailures } = response as { readonly batchItemFailures?: unknown };
  if (batchItemFailures === undefined || batchItemFailures === null) return [];
  if (!Array.isArray(batchItemFailures)) return null;
  const ids = batchItemFailures.map((item: unknown) => (item as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : null;
}

/** The parsed value; undefined, which is no object either, for text that is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
