/**
 * Scan: all items of a table or an index, in an arbitrary order.
 *
 * Segments divide the table by the hash of the partition key: together they contain each item once.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html
 */

import { type Input, ok } from '../../../contract/answer.ts';
import { readExpressions } from '../expression/request-expressions.ts';
import { compareInScan, itemsOf, partitionHash, viewOf } from '../index-view.ts';
import { allItemsPath, type Outcome, readOutcome } from '../outcome.ts';
import { indexNameOf, readPage, readPageRequest } from '../page.ts';
import { validationError } from '../refusal.ts';
import { checkRequest, DYNAMODB_MEMBERS, nameOf, tableOf } from '../request.ts';
import type { DynamoDBState } from '../state.ts';

const MEMBERS: ReadonlySet<string> = new Set([
  'TableName',
  'IndexName',
  'FilterExpression',
  'ProjectionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ConsistentRead',
  'Limit',
  'ExclusiveStartKey',
  'Select',
  'Segment',
  'TotalSegments',
]);

const MAX_SEGMENTS = 1_000_000;
const HASHES = 2 ** 32;

export function scan(state: DynamoDBState, input: Input): Outcome {
  checkRequest('Scan', input, MEMBERS);
  const name = nameOf(state, input);
  const { segment, total } = readSegment(input);
  const kinds = ['FilterExpression', 'ProjectionExpression'] as const;
  const { filter, projection } = readExpressions(state.expressions, input, kinds);
  const view = viewOf(tableOf(state, name), indexNameOf(input));
  const request = readPageRequest(input, view, filter, projection);
  const items = itemsOf(view)
    .filter(({ attributes }) => Math.floor((partitionHash(view, attributes) / HASHES) * total) === segment)
    .sort((a, b) => compareInScan(view, a.attributes, b.attributes));
  const page = readPage(request, items, (item, startKey) => compareInScan(view, item, startKey) > 0);
  return readOutcome(ok(page), [allItemsPath(name)]);
}

function readSegment(input: Input): { segment: number; total: number } {
  const segment = DYNAMODB_MEMBERS.integer(input, 'Segment', { min: 0, max: MAX_SEGMENTS - 1 });
  const total = DYNAMODB_MEMBERS.integer(input, 'TotalSegments', { min: 1, max: MAX_SEGMENTS });
  if (segment !== undefined && total === undefined) {
    throw validationError(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (segment === undefined && total !== undefined) {
    throw validationError(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (segment !== undefined && total !== undefined && segment >= total) {
    throw validationError(
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: ' +
        `Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  }
  return { segment: segment ?? 0, total: total ?? 1 };
}
