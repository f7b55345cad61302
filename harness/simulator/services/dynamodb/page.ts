/**
 * One page of a Query or a Scan: from the start key to the limit, 1 MB, or the end.
 *
 * Limit and size count the items that are read, before the filter. A page that its limit ended has a `LastEvaluatedKey` even
 * if nothing follows: DynamoDB does not look ahead.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html
 */

import type { Input } from '../../contract/answer.ts';
import { isGiven } from '../../contract/request.ts';
import { type AttributeMap, memberOf, readAttributeMap, typeOf } from './attribute-value.ts';
import type { BoundCondition, DocumentPath } from './expression/ast.ts';
import { holds } from './expression/evaluate-condition.ts';
import { project } from './expression/project.ts';
import { allKeys, projected, projects, type View } from './index-view.ts';
import { keyAttributes, pickKeys } from './key.ts';
import { validationError } from './refusal.ts';
import { DYNAMODB_MEMBERS, plainName } from './request.ts';
import type { StoredItem } from './state.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
const MAX_PAGE_BYTES = 1024 * 1024;

const SELECTS = ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'] as const;
const INVALID = 'One or more parameter values were invalid';

export interface PageRequest {
  readonly view: View;
  readonly limit: number;
  readonly startKey: AttributeMap | undefined;
  readonly filter: BoundCondition | undefined;
  readonly projection: readonly DocumentPath[] | undefined;
  readonly select: (typeof SELECTS)[number];
}

/** The member `IndexName`. */
export function indexNameOf(input: Input): string | undefined {
  return isGiven(input.IndexName) ? plainName(input, 'IndexName') : undefined;
}

/** Reads the members that Query and Scan share. */
export function readPageRequest(
  input: Input,
  view: View,
  filter: BoundCondition | undefined,
  projection: readonly DocumentPath[] | undefined,
): PageRequest {
  const { index } = view;
  if (DYNAMODB_MEMBERS.boolean(input, 'ConsistentRead') === true && index?.scope === 'global') {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  const select = readSelect(input, view, projection);
  if (index?.scope === 'global') checkProjected(view, projection ?? []);
  return {
    view,
    limit: DYNAMODB_MEMBERS.integer(input, 'Limit', { min: 1 }) ?? Number.POSITIVE_INFINITY,
    startKey: isGiven(input.ExclusiveStartKey) ? readStartKey(input.ExclusiveStartKey, view) : undefined,
    filter,
    projection,
    select,
  };
}

function readSelect(input: Input, view: View, projection: readonly DocumentPath[] | undefined): PageRequest['select'] {
  const select = DYNAMODB_MEMBERS.oneOf(input, 'Select', SELECTS);
  if (select === undefined) {
    if (projection !== undefined) return 'SPECIFIC_ATTRIBUTES';
    return view.index === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
  }
  if (projection !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    const wanted = select === 'COUNT' ? 'only the Count' : select;
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${wanted}`);
  }
  if (projection === undefined && select === 'SPECIFIC_ATTRIBUTES') {
    throw validationError(
      '1 validation error detected: ' +
        'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && view.index === undefined) {
    throw validationError('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (select === 'ALL_ATTRIBUTES' && view.index?.scope === 'global' && view.index.projection.kind !== 'ALL') {
    throw validationError(
      `${INVALID}: Select type ALL_ATTRIBUTES is not supported for global secondary index ${view.index.name} ` +
        'because its projection type is not ALL',
    );
  }
  return select;
}

function checkProjected(view: View, projection: readonly DocumentPath[]): void {
  const missing = projection.map(([name]) => String(name)).filter((name) => !projects(view, name));
  if (missing.length === 0) return;
  throw validationError(
    `${INVALID}: Global secondary index ${view.index?.name} does not project [${missing.join(', ')}]`,
  );
}

function readStartKey(raw: unknown, view: View): AttributeMap {
  const startKey = readAttributeMap(raw);
  const attributes = new Set(allKeys(view).flatMap(keyAttributes));
  const fits = [...attributes].every(({ name, type }) => {
    const value = memberOf(startKey, name);
    return value !== undefined && typeOf(value) === type;
  });
  if (!fits || Object.keys(startKey).length !== attributes.size) {
    throw validationError('The provided starting key is invalid');
  }
  return startKey;
}

/** Reads a page from `items`, which are in the view's order; `follows` says whether an item comes after the start key. */
export function readPage(
  request: PageRequest,
  items: readonly StoredItem[],
  follows: (item: AttributeMap, startKey: AttributeMap) => boolean,
): Readonly<Record<string, unknown>> {
  const { view, limit, startKey, filter } = request;
  const found: AttributeMap[] = [];
  let scanned = 0;
  let bytes = 0;
  let last: AttributeMap | undefined;
  let isCut = false;
  for (const item of items) {
    if (startKey !== undefined && !follows(item.attributes, startKey)) continue;
    const seen = projected(view, item);
    if (scanned > 0 && bytes + seen.sizeBytes > MAX_PAGE_BYTES) isCut = true;
    if (isCut) break;
    bytes += seen.sizeBytes;
    scanned += 1;
    last = item.attributes;
    // A local index fetches attributes from the table that it does not project.
    const wanted = fetchesFromTable(request) ? item.attributes : seen.attributes;
    if (filter === undefined || holds(filter, wanted)) found.push(shown(request, wanted));
    if (scanned === limit) isCut = true;
  }
  return {
    ...(request.select !== 'COUNT' && { Items: found }),
    Count: found.length,
    ScannedCount: scanned,
    ...(isCut && last !== undefined && { LastEvaluatedKey: pickKeys(last, allKeys(view)) }),
  };
}

function fetchesFromTable({ view, select }: PageRequest): boolean {
  return view.index?.scope === 'local' && (select === 'ALL_ATTRIBUTES' || select === 'SPECIFIC_ATTRIBUTES');
}

function shown({ projection }: PageRequest, item: AttributeMap): AttributeMap {
  return projection === undefined ? item : project(item, projection);
}
