/**
 * The expressions of one request: parsed, bound and checked together, before any table is read.
 *
 * All operations use this, so that placeholders are counted as used across all expressions of a request. It evaluates
 * nothing.
 */

import { isGiven } from '../../../contract/request.ts';
import { serializationError } from '../refusal.ts';
import type { BoundCondition, BoundUpdate, DocumentPath, ExpressionKind } from './ast.ts';
import { bindCondition, bindPath } from './bind-condition.ts';
import { bindUpdate } from './bind-update.ts';
import { conditionOf, type ExpressionCache, projectionOf, updateOf } from './cache.ts';
import { checkOverlaps } from './overlap.ts';
import { Placeholders } from './placeholders.ts';

type Input = Readonly<Record<string, unknown>>;

/** Bound expressions by their purpose; absent ones are undefined. */
export interface RequestExpressions {
  readonly update: BoundUpdate | undefined;
  readonly condition: BoundCondition | undefined;
  readonly keyCondition: BoundCondition | undefined;
  readonly filter: BoundCondition | undefined;
  readonly projection: readonly DocumentPath[] | undefined;
}

const NONE: RequestExpressions = Object.freeze({
  update: undefined,
  condition: undefined,
  keyCondition: undefined,
  filter: undefined,
  projection: undefined,
});

/** A quick check, since most requests have no expressions. */
function hasAny(input: Input, kinds: readonly ExpressionKind[]): boolean {
  for (const kind of kinds) if (isGiven(input[kind])) return true;
  return isGiven(input.ExpressionAttributeNames) || isGiven(input.ExpressionAttributeValues);
}

/** Reads the expressions of a request. `kinds` are those that its operation has, in the order in which AWS checks them. */
export function readExpressions(
  cache: ExpressionCache,
  input: Input,
  kinds: readonly ExpressionKind[],
): RequestExpressions {
  if (!hasAny(input, kinds)) return NONE;
  const given = kinds.filter((kind) => isGiven(input[kind]));
  const placeholders = new Placeholders(input, kinds);
  const condition = (kind: ExpressionKind): BoundCondition | undefined => {
    if (!given.includes(kind)) return undefined;
    return bindCondition(kind, conditionOf(cache, kind, text(input, kind)), placeholders);
  };
  const expressions: RequestExpressions = {
    update: given.includes('UpdateExpression')
      ? bindUpdate(updateOf(cache, text(input, 'UpdateExpression')), placeholders)
      : undefined,
    condition: condition('ConditionExpression'),
    keyCondition: condition('KeyConditionExpression'),
    filter: condition('FilterExpression'),
    projection: given.includes('ProjectionExpression') ? boundProjection(cache, input, placeholders) : undefined,
  };
  placeholders.checkAllUsed();
  return expressions;
}

function boundProjection(cache: ExpressionCache, input: Input, placeholders: Placeholders): readonly DocumentPath[] {
  const kind = 'ProjectionExpression';
  const paths = projectionOf(cache, text(input, kind)).map((path) => bindPath(kind, path, placeholders));
  checkOverlaps(kind, paths);
  return paths;
}

function text(input: Input, kind: ExpressionKind): string {
  const value = input[kind];
  if (typeof value !== 'string') throw serializationError('Unexpected value type in payload');
  return value;
}
