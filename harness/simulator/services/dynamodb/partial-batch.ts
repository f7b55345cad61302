/**
 * A batch of which DynamoDB leaves the last request undone, as AWS may at any time: `UnprocessedItems`, `UnprocessedKeys` (DD-10).
 *
 * The rest of the batch is an ordinary batch. A batch of one request is never left undone in part: AWS refuses it as a whole.
 */

import { type AwsAnswer, type Input, ok } from '../../contract/answer.ts';
import type { DoneInPart } from '../../contract/call-fault.ts';
import { isRecord } from '../../contract/request.ts';

/** The fault that may strike at this call; none if it is no batch of two or more. */
export function partialItemBatch(operation: string, input: Input): readonly DoneInPart[] {
  if (!isRecord(input.RequestItems)) return [];
  const split =
    operation === 'BatchWriteItem' ? withoutLastWrite : operation === 'BatchGetItem' ? withoutLastKey : null;
  const parts = split?.(input.RequestItems) ?? null;
  if (parts === null) return [];
  const left = operation === 'BatchWriteItem' ? 'UnprocessedItems' : 'UnprocessedKeys';
  const complete = (answer: AwsAnswer): AwsAnswer =>
    answer.ok ? ok({ ...answer.output, [left]: parts.undone }) : answer;
  return [{ fault: 'partial', input: { ...input, RequestItems: parts.done }, complete }];
}

interface Parts {
  readonly done: Input;
  readonly undone: Input;
}

/** Puts and deletions stand in a list for each table. */
function withoutLastWrite(requestItems: Input): Parts | null {
  return withoutLast(
    requestItems,
    (requests) => requests,
    (_, requests) => requests,
  );
}

/** Keys stand in a member of an object for each table. */
function withoutLastKey(requestItems: Input): Parts | null {
  return withoutLast(
    requestItems,
    (of) => (isRecord(of) ? of.Keys : null),
    (of, Keys) => ({ ...(of as Input), Keys }),
  );
}

/** The requests without the last one of the last table; null if there are fewer than two, or if they can't be read. */
function withoutLast(
  requestItems: Input,
  listIn: (of: unknown) => unknown,
  put: (of: unknown, list: readonly unknown[]) => unknown,
): Parts | null {
  const lists = Object.entries(requestItems).map(([table, of]) => ({ table, of, list: listIn(of) }));
  const last = lists.at(-1);
  const total = lists.reduce((sum, { list }) => sum + (Array.isArray(list) ? list.length : 0), 0);
  if (last === undefined || !Array.isArray(last.list) || total < 2) return null;
  const { table, of, list } = last;
  const { [table]: _, ...others } = requestItems;
  const rest = list.slice(0, -1);
  return {
    done: rest.length === 0 ? others : { ...others, [table]: put(of, rest) },
    undone: { [table]: put(of, list.slice(-1)) },
  };
}
