/**
 * The attributes that a `FilterExpression` of a Query may use: all except the key of the Query.
 *
 * Filters of a Scan have no such rule.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.FilterExpression.html
 */

import { unreachable } from '../../kernel/bug.ts';
import type { BoundCondition } from './expression/ast.ts';
import { isKeyAttribute } from './key.ts';
import type { KeySchema } from './key-schema.ts';
import { validationError } from './refusal.ts';

/** Refuses a filter that names an attribute of `key`. */
export function checkFilter(filter: BoundCondition | undefined, key: KeySchema): void {
  if (filter === undefined) return;
  for (const name of namesIn(filter)) {
    if (!isKeyAttribute(key, name)) continue;
    throw validationError(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`,
    );
  }
}

type Part = BoundCondition | Extract<BoundCondition, { kind: 'call' }>['operands'][number];

/** The attributes that a condition uses. */
function namesIn(part: Part): readonly string[] {
  switch (part.kind) {
    case 'path':
      return [String(part.path[0])];
    case 'value':
      return [];
    case 'call':
      return part.operands.flatMap(namesIn);
    case 'compare':
    case 'and':
    case 'or':
      return [...namesIn(part.left), ...namesIn(part.right)];
    case 'between':
      return [part.operand, part.low, part.high].flatMap(namesIn);
    case 'in':
      return [part.operand, ...part.choices].flatMap(namesIn);
    case 'not':
      return namesIn(part.condition);
    default:
      return unreachable(part, 'namesIn');
  }
}
