/**
 * Applies a bound update to an item and returns a new item; the old one does not change.
 *
 * All right-hand sides read the old item, and list indexes refer to the old list: `REMOVE l[0], l[1]` removes the first two.
 * An index past the end appends. The operation guards key attributes, not this file.
 */

import { unreachable } from '../../../kernel/bug.ts';
import { type AttributeMap, type AttributeValue, memberOf } from '../attribute-value.ts';
import { addNumbers, type NumberResult, subtractNumbers } from '../number.ts';
import { itemError } from '../refusal.ts';
import type { BoundUpdate, SetValue, UpdateAction, UpdateOperand } from './ast.ts';
import { type PathTree, pathTree, valueAt } from './path-tree.ts';
import { setWith, setWithout } from './sets.ts';

/** The change at the end of a path. */
type Change =
  | { readonly kind: 'put'; readonly value: AttributeValue }
  | { readonly kind: 'remove' }
  | { readonly kind: 'add' | 'delete'; readonly value: AttributeValue };

type Tree = PathTree<Change>;

const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';
const WRONG_PATH = 'The document path provided in the update expression is invalid for update';
const MISSING = 'The provided expression refers to an attribute that does not exist in the item';

/** The item after the update; refuses in AWS's words. */
export function applyUpdate(update: BoundUpdate, item: AttributeMap): AttributeMap {
  const tree = pathTree(update.map((action) => ({ path: action.path, leaf: changeOf(action, item) })));
  return changedMap(item, tree);
}

function changeOf(action: UpdateAction<AttributeValue>, item: AttributeMap): Change {
  switch (action.kind) {
    case 'SET':
      return { kind: 'put', value: setValue(action.value, item) };
    case 'REMOVE':
      return { kind: 'remove' };
    case 'ADD':
      return { kind: 'add', value: action.value };
    case 'DELETE':
      return { kind: 'delete', value: action.value };
    default:
      return unreachable(action, 'changeOf');
  }
}

function setValue(value: SetValue<AttributeValue>, item: AttributeMap): AttributeValue {
  if (value.kind !== 'arithmetic') return operandValue(value, item);
  const [left, right] = [operandValue(value.left, item), operandValue(value.right, item)];
  if (!('N' in left) || !('N' in right)) throw itemError(WRONG_TYPE);
  return numberOr(value.operator === '+' ? addNumbers(left.N, right.N) : subtractNumbers(left.N, right.N));
}

function numberOr(result: NumberResult): AttributeValue {
  if (!result.ok) throw itemError(result.message);
  return Object.freeze({ N: result.text });
}

function operandValue(operand: UpdateOperand<AttributeValue>, item: AttributeMap): AttributeValue {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path': {
      const value = valueAt(item, operand.path);
      if (value === undefined) throw itemError(MISSING);
      return value;
    }
    case 'call':
      return callValue(operand, item);
    default:
      return unreachable(operand, 'operandValue');
  }
}

function callValue(call: Extract<UpdateOperand<AttributeValue>, { kind: 'call' }>, item: AttributeMap): AttributeValue {
  const [first, second] = call.operands;
  if (first === undefined || second === undefined) throw itemError(WRONG_TYPE);
  switch (call.name) {
    case 'if_not_exists': {
      const existing = first.kind === 'path' ? valueAt(item, first.path) : undefined;
      return existing ?? operandValue(second, item);
    }
    case 'list_append': {
      const [head, tail] = [operandValue(first, item), operandValue(second, item)];
      if (!('L' in head) || !('L' in tail)) throw itemError(WRONG_TYPE);
      return Object.freeze({ L: Object.freeze([...head.L, ...tail.L]) });
    }
    default:
      return unreachable(call.name, 'callValue');
  }
}

function changedMap(map: AttributeMap, tree: Tree): AttributeMap {
  if (tree.kind !== 'node') throw itemError(WRONG_PATH);
  const changed: Record<string, AttributeValue> = { ...map };
  for (const [name, child] of tree.children) {
    if (typeof name === 'number' || name === '__proto__') throw itemError(WRONG_PATH);
    const value = changedValue(memberOf(map, name), child);
    if (value === undefined) delete changed[name];
    else changed[name] = value;
  }
  return Object.freeze(changed);
}

function changedList(list: readonly AttributeValue[], tree: Tree): readonly AttributeValue[] {
  if (tree.kind !== 'node') throw itemError(WRONG_PATH);
  const changed: (AttributeValue | undefined)[] = [...list];
  const appended: { readonly at: number; readonly value: AttributeValue }[] = [];
  for (const [at, child] of tree.children) {
    if (typeof at === 'string') throw itemError(WRONG_PATH);
    const value = changedValue(list[at], child);
    if (at < list.length) changed[at] = value;
    else if (value !== undefined) appended.push({ at, value });
  }
  appended.sort((a, b) => a.at - b.at);
  const kept = changed.filter((element) => element !== undefined);
  return Object.freeze([...kept, ...appended.map(({ value }) => value)]);
}

function changedValue(value: AttributeValue | undefined, tree: Tree): AttributeValue | undefined {
  if (tree.kind === 'leaf') return changedLeaf(value, tree.leaf);
  if (value !== undefined && 'M' in value) return Object.freeze({ M: changedMap(value.M, tree) });
  if (value !== undefined && 'L' in value) return Object.freeze({ L: changedList(value.L, tree) });
  throw itemError(WRONG_PATH);
}

function changedLeaf(value: AttributeValue | undefined, change: Change): AttributeValue | undefined {
  switch (change.kind) {
    case 'put':
      return change.value;
    case 'remove':
      return undefined;
    case 'add':
      return value === undefined ? change.value : added(value, change.value);
    case 'delete':
      return value === undefined ? undefined : withoutMembers(value, change.value);
    default:
      return unreachable(change, 'changedLeaf');
  }
}

function added(value: AttributeValue, more: AttributeValue): AttributeValue {
  if ('N' in value && 'N' in more) return numberOr(addNumbers(value.N, more.N));
  return setWith(value, more) ?? refuseType();
}

/** A set that would be empty is removed. */
function withoutMembers(value: AttributeValue, less: AttributeValue): AttributeValue | undefined {
  const left = setWithout(value, less) ?? refuseType();
  return left === 'empty' ? undefined : left;
}

function refuseType(): never {
  throw itemError(WRONG_TYPE);
}
