/**
 * The expression language as trees.
 *
 * A tree has two forms. As written (`Written…`), paths hold placeholders (`#n`) and values are placeholders (`:v`); it
 * depends on the text alone and can be cached. As bound (`Bound…`), both are replaced by the request's definitions.
 * Parentheses are not kept, since the shape of the tree expresses them. This file checks and evaluates nothing.
 */

import type { AttributeValue } from '../attribute-value.ts';

/** The request members that hold expressions; AWS's messages name them. */
export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

/** A document path: attribute names and list indexes. As written, a name may be a placeholder such as `#n`. */
export type DocumentPath = readonly (string | number)[];

export const COMPARATORS = ['=', '<>', '<', '<=', '>', '>='] as const;
export type Comparator = (typeof COMPARATORS)[number];

export const CONDITION_FUNCTIONS = [
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
] as const;
export const UPDATE_FUNCTIONS = ['if_not_exists', 'list_append'] as const;
export type ConditionFunction = (typeof CONDITION_FUNCTIONS)[number];
export type UpdateFunction = (typeof UPDATE_FUNCTIONS)[number];

/** A path, a value, or a function of operands. `V` represents a value; `F` names the functions. */
export type Operand<V, F> =
  | { readonly kind: 'path'; readonly path: DocumentPath }
  | { readonly kind: 'value'; readonly value: V }
  | FunctionCall<V, F>;

export interface FunctionCall<V, F> {
  readonly kind: 'call';
  readonly name: F;
  readonly operands: readonly Operand<V, F>[];
}

/** A condition on an item. */
export type Condition<V> =
  | {
      readonly kind: 'compare';
      readonly comparator: Comparator;
      readonly left: ConditionOperand<V>;
      readonly right: ConditionOperand<V>;
    }
  | {
      readonly kind: 'between';
      readonly operand: ConditionOperand<V>;
      readonly low: ConditionOperand<V>;
      readonly high: ConditionOperand<V>;
    }
  | { readonly kind: 'in'; readonly operand: ConditionOperand<V>; readonly choices: readonly ConditionOperand<V>[] }
  | { readonly kind: 'and' | 'or'; readonly left: Condition<V>; readonly right: Condition<V> }
  | { readonly kind: 'not'; readonly condition: Condition<V> }
  | FunctionCall<V, ConditionFunction>;

export type ConditionOperand<V> = Operand<V, ConditionFunction>;

/** The right-hand side of a `SET`. */
export type SetValue<V> =
  | UpdateOperand<V>
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-';
      readonly left: UpdateOperand<V>;
      readonly right: UpdateOperand<V>;
    };

export type UpdateOperand<V> = Operand<V, UpdateFunction>;

/** One action of an update. */
export type UpdateAction<V> =
  | { readonly kind: 'SET'; readonly path: DocumentPath; readonly value: SetValue<V> }
  | { readonly kind: 'REMOVE'; readonly path: DocumentPath }
  | { readonly kind: 'ADD' | 'DELETE'; readonly path: DocumentPath; readonly value: V };

/** The actions of an update, in the order in which they are written. */
export type Update<V> = readonly UpdateAction<V>[];

export type ProjectionPaths = readonly DocumentPath[];

export type WrittenCondition = Condition<string>;
export type WrittenUpdate = Update<string>;
export type BoundCondition = Condition<AttributeValue>;
export type BoundUpdate = Update<AttributeValue>;

/** A path as AWS prints it in messages: `[a, [0], b]`. */
export function describePath(path: DocumentPath): string {
  return `[${path.map((element) => (typeof element === 'number' ? `[${element}]` : element)).join(', ')}]`;
}
