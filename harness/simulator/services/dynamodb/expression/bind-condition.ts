/**
 * Binds a written condition to the definitions of its request, and refuses what DynamoDB refuses before it reads an item:
 * undefined placeholders, a wrong number or type of operands, bounds in the wrong order.
 *
 * Only the types of values are known here. The type at a path is seen at evaluation, where a mismatch is just false.
 */

import { base64 } from '../../../contract/base64.ts';
import { unreachable } from '../../../kernel/bug.ts';
import { type AttributeType, type AttributeValue, compareScalars, typeOf } from '../attribute-value.ts';
import {
  type BoundCondition,
  type Condition,
  type ConditionFunction,
  type ConditionOperand,
  type DocumentPath,
  describePath,
  type ExpressionKind,
  type WrittenCondition,
} from './ast.ts';
import { invalidExpression } from './parser.ts';
import type { Placeholders } from './placeholders.ts';

type Bound = ConditionOperand<AttributeValue>;

/** The number of operands of each function. */
const ARITY: Readonly<Record<ConditionFunction, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

const TYPE_NAMES = ['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M'];

/** Binds a condition; refuses in AWS's words. */
export function bindCondition(
  kind: ExpressionKind,
  written: WrittenCondition,
  placeholders: Placeholders,
): BoundCondition {
  const operand = (of: ConditionOperand<string>): Bound => bindOperand(kind, of, placeholders);
  switch (written.kind) {
    case 'and':
    case 'or':
      return {
        kind: written.kind,
        left: bindCondition(kind, written.left, placeholders),
        right: bindCondition(kind, written.right, placeholders),
      };
    case 'not':
      return { kind: 'not', condition: bindCondition(kind, written.condition, placeholders) };
    case 'compare': {
      const { comparator } = written;
      const [left, right] = [operand(written.left), operand(written.right)];
      checkDistinct(kind, comparator, [left, right]);
      if (comparator !== '=' && comparator !== '<>') checkTypes(kind, comparator, [left, right], ['S', 'N', 'B']);
      return { kind: 'compare', comparator, left, right };
    }
    case 'between':
      return bindBetween(kind, written, operand);
    case 'in':
      return { kind: 'in', operand: operand(written.operand), choices: written.choices.map(operand) };
    case 'call':
      return bindCall(kind, written, operand);
    default:
      return unreachable(written, 'bindCondition');
  }
}

/** Replaces the placeholders of a path. */
export function bindPath(kind: ExpressionKind, path: DocumentPath, placeholders: Placeholders): DocumentPath {
  return path.map((element) => {
    if (typeof element === 'number' || !element.startsWith('#')) return element;
    const name = placeholders.name(element);
    if (name !== undefined) return name;
    throw invalidExpression(
      kind,
      `An expression attribute name used in the document path is not defined; attribute name: ${element}`,
    );
  });
}

/** Looks a value up. */
export function bindValue(kind: ExpressionKind, placeholder: string, placeholders: Placeholders): AttributeValue {
  const value = placeholders.value(placeholder);
  if (value !== undefined) return value;
  throw invalidExpression(
    kind,
    `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
  );
}

function bindOperand(kind: ExpressionKind, operand: ConditionOperand<string>, placeholders: Placeholders): Bound {
  switch (operand.kind) {
    case 'path':
      return { kind: 'path', path: bindPath(kind, operand.path, placeholders) };
    case 'value':
      return { kind: 'value', value: bindValue(kind, operand.value, placeholders) };
    case 'call':
      return bindCall(kind, operand, (of) => bindOperand(kind, of, placeholders));
    default:
      return unreachable(operand, 'bindOperand');
  }
}

type Call<V> = Extract<ConditionOperand<V>, { kind: 'call' }>;

function bindCall(
  kind: ExpressionKind,
  call: Call<string>,
  bind: (operand: ConditionOperand<string>) => Bound,
): Call<AttributeValue> {
  const { name } = call;
  const operands = call.operands.map(bind);
  if (operands.length !== ARITY[name]) {
    throw invalidExpression(
      kind,
      `Incorrect number of operands for operator or function; operator or function: ${name}, ` +
        `number of operands: ${operands.length}`,
    );
  }
  checkDistinct(kind, name, operands);
  checkCall(kind, name, operands);
  return { kind: 'call', name, operands };
}

function checkCall(kind: ExpressionKind, name: ConditionFunction, operands: readonly Bound[]): void {
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      if (operands[0]?.kind === 'path') return;
      throw invalidExpression(kind, `Operator or function requires a document path; operator or function: ${name}`);
    case 'attribute_type':
      checkAttributeType(kind, operands[1]);
      break;
    case 'begins_with':
      checkTypes(kind, name, operands, ['S', 'B']);
      break;
    case 'size':
      checkTypes(kind, name, operands, ['S', 'B', 'SS', 'NS', 'BS', 'L', 'M']);
      break;
    case 'contains':
      break;
    default:
      unreachable(name, 'checkCall');
  }
}

function checkAttributeType(kind: ExpressionKind, operand: Bound | undefined): void {
  const value = operand?.kind === 'value' ? operand.value : undefined;
  if (value === undefined || !('S' in value)) {
    const type = value === undefined ? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}' : typeOf(value);
    throw incorrectType(kind, 'attribute_type', type);
  }
  if (TYPE_NAMES.includes(value.S)) return;
  throw invalidExpression(
    kind,
    `Invalid attribute type name found; type: ${value.S}, valid types: {${TYPE_NAMES.join(',')}}`,
  );
}

function checkTypes(
  kind: ExpressionKind,
  operator: string,
  operands: readonly Bound[],
  allowed: readonly AttributeType[],
): void {
  for (const operand of operands) {
    if (operand.kind !== 'value') continue;
    const type = typeOf(operand.value);
    if (!allowed.includes(type)) throw incorrectType(kind, operator, type);
  }
}

function incorrectType(kind: ExpressionKind, operator: string, type: string) {
  return invalidExpression(
    kind,
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
  );
}

/** DynamoDB refuses to compare a path with itself. */
function checkDistinct(kind: ExpressionKind, operator: string, operands: readonly Bound[]): void {
  const [first, second] = operands;
  if (first?.kind !== 'path' || second?.kind !== 'path') return;
  if (describePath(first.path) !== describePath(second.path)) return;
  throw invalidExpression(
    kind,
    'The first operand must be distinct from the remaining operands for this operator or function; ' +
      `operator: ${operator}, first operand: ${describePath(first.path)}`,
  );
}

function bindBetween(
  kind: ExpressionKind,
  written: Extract<WrittenCondition, { kind: 'between' }>,
  bind: (operand: ConditionOperand<string>) => Bound,
): Condition<AttributeValue> {
  const [operand, low, high] = [bind(written.operand), bind(written.low), bind(written.high)];
  checkTypes(kind, 'BETWEEN', [operand, low, high], ['S', 'N', 'B']);
  if (low.kind === 'value' && high.kind === 'value') {
    const order = compareScalars(low.value, high.value);
    const bounds =
      `lower bound operand: AttributeValue: ${describe(low.value)}, ` +
      `upper bound operand: AttributeValue: ${describe(high.value)}`;
    if (order === undefined) {
      const rule = 'The BETWEEN operator requires same data type for lower and upper bounds';
      throw invalidExpression(kind, `${rule}; ${bounds}`);
    }
    if (order > 0) {
      const rule = 'The BETWEEN operator requires upper bound to be greater than or equal to lower bound';
      throw invalidExpression(kind, `${rule}; ${bounds}`);
    }
  }
  return { kind: 'between', operand, low, high };
}

function describe(value: AttributeValue): string {
  const content = 'S' in value ? value.S : 'N' in value ? value.N : 'B' in value ? base64(value.B) : '';
  return `{${typeOf(value)}:${content}}`;
}
