/**
 * A law of the grammars: a tree that is printed and parsed again is the same tree.
 *
 * The printer is part of the test, since only this law needs it. It writes as few parentheses as the grammar allows.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COMPARATORS,
  type ConditionOperand,
  type DocumentPath,
  type SetValue,
  type UpdateAction,
  type UpdateOperand,
  type WrittenCondition,
  type WrittenUpdate,
} from './ast.ts';
import { parseCondition } from './condition-parser.ts';
import { parseProjection } from './projection-parser.ts';
import { parseUpdate } from './update-parser.ts';

const name = fc.constantFrom('a', 'bc', 'price2', 'x_y', '#n', '#1', 'Setting');
const path: fc.Arbitrary<DocumentPath> = fc
  .tuple(name, fc.array(fc.oneof(name, fc.nat(99)), { maxLength: 3 }))
  .map(([head, tail]) => [head, ...tail]);
const placeholder = fc.constantFrom(':v', ':1', ':a_b');

const leaf = fc.oneof(
  path.map((of) => ({ kind: 'path' as const, path: of })),
  placeholder.map((value) => ({ kind: 'value' as const, value })),
);
const operand: fc.Arbitrary<ConditionOperand<string>> = fc.oneof(
  leaf,
  leaf.map((of) => ({ kind: 'call' as const, name: 'size' as const, operands: [of] })),
);
const condition = fc.letrec<{ tree: WrittenCondition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc
      .tuple(fc.constantFrom(...COMPARATORS), operand, operand)
      .map(([comparator, left, right]) => ({ kind: 'compare' as const, comparator, left, right })),
    fc
      .tuple(operand, operand, operand)
      .map(([of, low, high]) => ({ kind: 'between' as const, operand: of, low, high })),
    fc
      .tuple(operand, fc.array(operand, { minLength: 1, maxLength: 3 }))
      .map(([of, choices]) => ({ kind: 'in' as const, operand: of, choices })),
    fc
      .tuple(
        fc.constantFrom('begins_with' as const, 'contains' as const, 'attribute_exists' as const),
        operand,
        operand,
      )
      .map(([of, a, b]) => ({ kind: 'call' as const, name: of, operands: [a, b] })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), tie('tree'), tie('tree'))
      .map(([kind, left, right]) => ({ kind, left, right })),
    tie('tree').map((of) => ({ kind: 'not' as const, condition: of })),
  ),
})).tree;

const updateOperand: fc.Arbitrary<UpdateOperand<string>> = fc.oneof(
  leaf,
  fc
    .tuple(fc.constantFrom('if_not_exists' as const, 'list_append' as const), leaf, leaf)
    .map(([of, a, b]) => ({ kind: 'call' as const, name: of, operands: [a, b] })),
);
const setValue: fc.Arbitrary<SetValue<string>> = fc.oneof(
  updateOperand,
  fc
    .tuple(fc.constantFrom('+' as const, '-' as const), updateOperand, updateOperand)
    .map(([operator, left, right]) => ({ kind: 'arithmetic' as const, operator, left, right })),
);
const some = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 3 });
const update: fc.Arbitrary<WrittenUpdate> = fc
  .tuple(
    some(fc.tuple(path, setValue).map(([of, value]) => ({ kind: 'SET' as const, path: of, value }))),
    some(path.map((of) => ({ kind: 'REMOVE' as const, path: of }))),
    some(fc.tuple(path, placeholder).map(([of, value]) => ({ kind: 'ADD' as const, path: of, value }))),
    some(fc.tuple(path, placeholder).map(([of, value]) => ({ kind: 'DELETE' as const, path: of, value }))),
  )
  .map((sections) => sections.flat())
  .filter((actions) => actions.length > 0);

function printPath(of: DocumentPath): string {
  return of
    .map((element, at) => (typeof element === 'number' ? `[${element}]` : at === 0 ? element : `.${element}`))
    .join('');
}

function printOperand(of: ConditionOperand<string> | UpdateOperand<string>): string {
  if (of.kind === 'path') return printPath(of.path);
  if (of.kind === 'value') return of.value;
  return `${of.name}(${of.operands.map(printOperand).join(', ')})`;
}

const STRENGTH = { or: 0, and: 1, not: 2, compare: 3, between: 3, in: 3, call: 3 };

function printCondition(tree: WrittenCondition, atLeast = 0): string {
  const text = printBare(tree);
  return STRENGTH[tree.kind] < atLeast ? `(${text})` : text;
}

function printBare(tree: WrittenCondition): string {
  switch (tree.kind) {
    case 'or':
      return `${printCondition(tree.left, 0)} OR ${printCondition(tree.right, 1)}`;
    case 'and':
      return `${printCondition(tree.left, 1)} and ${printCondition(tree.right, 2)}`;
    case 'not':
      return `NOT ${printCondition(tree.condition, 2)}`;
    case 'compare':
      return `${printOperand(tree.left)}${tree.comparator}${printOperand(tree.right)}`;
    case 'between':
      return `${printOperand(tree.operand)} BETWEEN ${printOperand(tree.low)} AND ${printOperand(tree.high)}`;
    case 'in':
      return `${printOperand(tree.operand)} in (${tree.choices.map(printOperand).join(',')})`;
    case 'call':
      return printOperand(tree);
  }
}

function printAction(action: UpdateAction<string>): string {
  const target = printPath(action.path);
  if (action.kind === 'REMOVE') return target;
  if (action.kind !== 'SET') return `${target} ${action.value}`;
  const { value } = action;
  if (value.kind !== 'arithmetic') return `${target} = ${printOperand(value)}`;
  return `${target}=${printOperand(value.left)} ${value.operator} ${printOperand(value.right)}`;
}

function printUpdate(actions: WrittenUpdate): string {
  return (['SET', 'REMOVE', 'ADD', 'DELETE'] as const)
    .map((kind) => ({ kind, printed: actions.filter((action) => action.kind === kind).map(printAction) }))
    .filter(({ printed }) => printed.length > 0)
    .map(({ kind, printed }) => `${kind} ${printed.join(', ')}`)
    .join(' ');
}

describe('a printed tree parses to itself:', () => {
  it('conditions', () => {
    fc.assert(
      fc.property(condition, (tree) => {
        expect(parseCondition('ConditionExpression', printCondition(tree))).toEqual(tree);
      }),
    );
  });

  it('updates', () => {
    fc.assert(
      fc.property(update, (tree) => {
        expect(parseUpdate(printUpdate(tree))).toEqual(tree);
      }),
    );
  });

  it('projections', () => {
    fc.assert(
      fc.property(fc.array(path, { minLength: 1 }), (paths) => {
        expect(parseProjection(paths.map(printPath).join(' , '))).toEqual(paths);
      }),
    );
  });
});
