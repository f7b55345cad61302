/**
 * What TransactWriteItems and TransactGetItems share: the list of their actions, and its limits (fact DD-05).
 *
 * Each action is a structure with exactly one member, which names its kind.
 */

import type { Input } from '../../contract/answer.ts';
import { isGiven, isRecord } from '../../contract/request.ts';
import { validationError } from './refusal.ts';
import { bound, checkRequest, DYNAMODB_MEMBERS } from './request.ts';

const MAX_ACTIONS = 100;
const MAX_BYTES = 4 * 1024 * 1024;

export interface Action<K extends string> {
  readonly kind: K;
  readonly input: Input;
}

/** Reads the member `TransactItems`. */
export function readActions<K extends string>(
  operation: string,
  input: Input,
  kinds: readonly K[],
): readonly Action<K>[] {
  const items = DYNAMODB_MEMBERS.records(input, 'TransactItems');
  if (items.length === 0) {
    throw bound('TransactItems', 'Member must have length greater than or equal to 1');
  }
  if (items.length > MAX_ACTIONS) {
    throw bound('TransactItems', `Member must have length less than or equal to ${MAX_ACTIONS}`);
  }
  const known: ReadonlySet<string> = new Set(kinds);
  return items.map((item) => {
    checkRequest(operation, item, known);
    const given = kinds.filter((kind) => isGiven(item[kind]));
    const [kind] = given;
    const content = kind === undefined ? undefined : item[kind];
    if (kind === undefined || given.length > 1 || !isRecord(content)) {
      throw validationError(
        operation === 'TransactGetItems'
          ? 'Invalid Request: TransactGetRequest should contain Get request'
          : 'Invalid Request: TransactWriteRequest should contain Delete or Put or Update request',
      );
    }
    return { kind, input: content };
  });
}

/** Refuses two actions on one item. */
export function checkDistinctItems(paths: readonly string[]): void {
  if (new Set(paths).size === paths.length) return;
  throw validationError('Transaction request cannot include multiple operations on one item');
}

/** Refuses a transaction of more than 4 MB. */
export function checkTransactionSize(bytes: number): void {
  if (bytes <= MAX_BYTES) return;
  throw validationError('The aggregate size of the items in the transaction exceeds the limit of 4 MB');
}
