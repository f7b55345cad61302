/**
 * Binds a written update to the definitions of its request, and refuses what DynamoDB refuses before it reads an item:
 * undefined placeholders, paths that overlap, operands of a wrong type.
 *
 * AWS reports such mistakes in a fixed order over the whole expression, so the checks run one after the other.
 */

import { unreachable } from '../../../kernel/bug.ts';
import { type AttributeType, type AttributeValue, typeOf } from '../attribute-value.ts';
import type {
  BoundUpdate,
  FunctionCall,
  SetValue,
  UpdateAction,
  UpdateFunction,
  UpdateOperand,
  WrittenUpdate,
} from './ast.ts';
import { bindPath, bindValue } from './bind-condition.ts';
import { checkOverlaps } from './overlap.ts';
import { invalidExpression } from './parser.ts';
import type { Placeholders } from './placeholders.ts';

const KIND = 'UpdateExpression';

/** The names of types in messages about `ADD` and `DELETE`. */
const LONG_NAMES: Readonly<Record<AttributeType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  L: 'LIST',
  M: 'MAP',
};

/** Binds an update; refuses in AWS's words. */
export function bindUpdate(written: WrittenUpdate, placeholders: Placeholders): BoundUpdate {
  const bound = written.map((action) => bindAction(action, placeholders));
  checkOverlaps(
    KIND,
    bound.map(({ path }) => path),
  );
  bound.forEach(checkSetOperand);
  bound.forEach(checkFunctions);
  return bound;
}

function bindAction(action: UpdateAction<string>, placeholders: Placeholders): UpdateAction<AttributeValue> {
  const path = bindPath(KIND, action.path, placeholders);
  switch (action.kind) {
    case 'SET':
      return { kind: 'SET', path, value: bindSetValue(action.value, placeholders) };
    case 'REMOVE':
      return { kind: 'REMOVE', path };
    case 'ADD':
    case 'DELETE':
      return { kind: action.kind, path, value: bindValue(KIND, action.value, placeholders) };
    default:
      return unreachable(action, 'bindAction');
  }
}

function bindSetValue(value: SetValue<string>, placeholders: Placeholders): SetValue<AttributeValue> {
  if (value.kind !== 'arithmetic') return bindOperand(value, placeholders);
  const [left, right] = [bindOperand(value.left, placeholders), bindOperand(value.right, placeholders)];
  return { kind: 'arithmetic', operator: value.operator, left, right };
}

function bindOperand(operand: UpdateOperand<string>, placeholders: Placeholders): UpdateOperand<AttributeValue> {
  switch (operand.kind) {
    case 'path':
      return { kind: 'path', path: bindPath(KIND, operand.path, placeholders) };
    case 'value':
      return { kind: 'value', value: bindValue(KIND, operand.value, placeholders) };
    case 'call':
      return {
        kind: 'call',
        name: operand.name,
        operands: operand.operands.map((of) => bindOperand(of, placeholders)),
      };
    default:
      return unreachable(operand, 'bindOperand');
  }
}

/** `ADD` takes numbers and sets, `DELETE` takes sets. */
function checkSetOperand(action: UpdateAction<AttributeValue>): void {
  if (action.kind !== 'ADD' && action.kind !== 'DELETE') return;
  const type = typeOf(action.value);
  const isSet = type === 'SS' || type === 'NS' || type === 'BS';
  if (isSet || (type === 'N' && action.kind === 'ADD')) return;
  throw invalidExpression(
    KIND,
    `Incorrect operand type for operator or function; operator: ${action.kind}, ` +
      `operand type: ${LONG_NAMES[type]}, typeSet: ALLOWED_FOR_${action.kind}_OPERAND`,
  );
}

function checkFunctions(action: UpdateAction<AttributeValue>): void {
  if (action.kind !== 'SET') return;
  const { value } = action;
  if (value.kind === 'arithmetic') {
    for (const operand of [value.left, value.right]) {
      checkOperand(operand);
      checkType(value.operator, operand, 'N');
    }
  } else checkOperand(value);
}

function checkOperand(operand: UpdateOperand<AttributeValue>): void {
  if (operand.kind !== 'call') return;
  operand.operands.forEach(checkOperand);
  checkCall(operand);
}

function checkCall({ name, operands }: FunctionCall<AttributeValue, UpdateFunction>): void {
  if (operands.length !== 2) {
    throw invalidExpression(
      KIND,
      `Incorrect number of operands for operator or function; operator or function: ${name}, ` +
        `number of operands: ${operands.length}`,
    );
  }
  switch (name) {
    case 'if_not_exists':
      if (operands[0]?.kind === 'path') return;
      throw invalidExpression(KIND, `Operator or function requires a document path; operator or function: ${name}`);
    case 'list_append':
      for (const operand of operands) checkType(name, operand, 'L');
      break;
    default:
      unreachable(name, 'checkCall');
  }
}

function checkType(operator: string, operand: UpdateOperand<AttributeValue>, allowed: AttributeType): void {
  if (operand.kind !== 'value') return;
  const type = typeOf(operand.value);
  if (type === allowed) return;
  throw invalidExpression(
    KIND,
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
  );
}
