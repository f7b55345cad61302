/**
 * Whether an item satisfies a bound condition. A missing item counts as an empty one.
 *
 * Evaluation never fails: an operand that is missing or has the wrong type makes its comparison false, except `<>`, which is
 * then true.
 */

import { unreachable } from '../../../kernel/bug.ts';
import {
  type AttributeMap,
  type AttributeType,
  type AttributeValue,
  compareScalars,
  typeOf,
  valuesEqual,
} from '../attribute-value.ts';
import { compareBytes } from '../byte-order.ts';
import type { BoundCondition, Comparator, ConditionOperand } from './ast.ts';
import { valueAt } from './path-tree.ts';

type Operand = ConditionOperand<AttributeValue>;

/** Whether `item` satisfies `condition`. */
export function holds(condition: BoundCondition, item: AttributeMap): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.condition, item);
    case 'compare':
      return compare(condition.comparator, operandValue(condition.left, item), operandValue(condition.right, item));
    case 'between': {
      const [value, low, high] = [condition.operand, condition.low, condition.high].map((of) => operandValue(of, item));
      return compare('>=', value, low) && compare('<=', value, high);
    }
    case 'in': {
      const value = operandValue(condition.operand, item);
      return condition.choices.some((choice) => compare('=', value, operandValue(choice, item)));
    }
    case 'call':
      return callHolds(condition, item);
    default:
      return unreachable(condition, 'holds');
  }
}

function compare(comparator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left === undefined || right === undefined) return comparator === '<>';
  if (comparator === '=') return valuesEqual(left, right);
  if (comparator === '<>') return !valuesEqual(left, right);
  const order = compareScalars(left, right);
  if (order === undefined) return false;
  switch (comparator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return unreachable(comparator, 'compare');
  }
}

function operandValue(operand: Operand, item: AttributeMap): AttributeValue | undefined {
  switch (operand.kind) {
    case 'path':
      return valueAt(item, operand.path);
    case 'value':
      return operand.value;
    case 'call': {
      const [of] = operand.operands;
      return of === undefined ? undefined : sizeOf(operandValue(of, item));
    }
    default:
      return unreachable(operand, 'valueOf');
  }
}

/** `size(…)`: characters of a string, bytes of a binary, members of a set, list or map; undefined for other types. */
function sizeOf(value: AttributeValue | undefined): AttributeValue | undefined {
  const size = value === undefined ? undefined : count(value);
  return size === undefined ? undefined : { N: String(size) };
}

function count(value: AttributeValue): number | undefined {
  if ('S' in value) return value.S.length;
  if ('B' in value) return value.B.length;
  if ('SS' in value) return value.SS.length;
  if ('NS' in value) return value.NS.length;
  if ('BS' in value) return value.BS.length;
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  return undefined;
}

function callHolds(call: Extract<Operand, { kind: 'call' }>, item: AttributeMap): boolean {
  const [first, second] = call.operands.map((operand) => operandValue(operand, item));
  switch (call.name) {
    case 'attribute_exists':
      return first !== undefined;
    case 'attribute_not_exists':
      return first === undefined;
    case 'attribute_type':
      return first !== undefined && second !== undefined && 'S' in second && isOfType(first, second.S);
    case 'begins_with':
      return first !== undefined && second !== undefined && beginsWith(first, second);
    case 'contains':
      return first !== undefined && second !== undefined && contains(first, second);
    case 'size':
      return false; // The parser refuses `size` as a condition.
    default:
      return unreachable(call.name, 'callHolds');
  }
}

function isOfType(value: AttributeValue, type: string): boolean {
  const actual: AttributeType = typeOf(value);
  return actual === type;
}

function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  if ('B' in value && 'B' in prefix) return compareBytes(value.B.subarray(0, prefix.B.length), prefix.B) === 0;
  return false;
}

function contains(container: AttributeValue, part: AttributeValue): boolean {
  if ('S' in container) return 'S' in part && container.S.includes(part.S);
  if ('B' in container) return 'B' in part && containsBytes(container.B, part.B);
  if ('SS' in container) return 'S' in part && container.SS.includes(part.S);
  if ('NS' in container) return 'N' in part && container.NS.includes(part.N);
  if ('BS' in container) return 'B' in part && container.BS.some((member) => compareBytes(member, part.B) === 0);
  if ('L' in container) return container.L.some((element) => valuesEqual(element, part));
  return false;
}

function containsBytes(bytes: Uint8Array, part: Uint8Array): boolean {
  for (let at = 0; at + part.length <= bytes.length; at++) {
    if (compareBytes(bytes.subarray(at, at + part.length), part) === 0) return true;
  }
  return false;
}
