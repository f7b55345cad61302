/**
 * The rules of `KeyConditionExpression`: the partition key equals one value; the sort key may have one condition.
 *
 * The condition is evaluated like any other; this file only checks that DynamoDB can look it up by key.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
 */

import { unreachable } from '../../kernel/bug.ts';
import { type AttributeValue, typeOf } from './attribute-value.ts';
import type { BoundCondition, Comparator, ConditionOperand } from './expression/ast.ts';
import { keyAttributes } from './key.ts';
import type { KeySchema } from './key-schema.ts';
import { validationError } from './refusal.ts';

/** One condition on one attribute. */
interface Term {
  readonly name: string;
  readonly operator: Comparator | 'BETWEEN' | 'begins_with';
  readonly values: readonly AttributeValue[];
}

/** Checks a key condition against a key, and returns the partition's value. */
export function partitionOf(condition: BoundCondition, key: KeySchema): AttributeValue {
  const terms = termsOf(condition);
  const names = new Set(terms.map(({ name }) => name));
  if (names.size < terms.length) {
    throw validationError('KeyConditionExpressions must only contain one condition per key');
  }
  if (terms.length > 2) throw validationError('Conditions can be of length 1 or 2 only');
  const partition = terms.find(({ name }) => name === key.partition.name);
  if (partition === undefined) throw missed(key.partition.name);
  const other = terms.find((term) => term !== partition);
  if (other !== undefined && key.sort === undefined) throw validationError('Query key condition not supported');
  if (other !== undefined && other.name !== key.sort?.name) throw missed(String(key.sort?.name));
  const [value] = partition.values;
  if (partition.operator !== '=' || value === undefined) throw validationError('Query key condition not supported');
  checkValues(terms, key);
  return value;
}

function missed(name: string) {
  return validationError(`Query condition missed key schema element: ${name}`);
}

function checkValues(terms: readonly Term[], key: KeySchema): void {
  for (const { name, values } of terms) {
    const type = keyAttributes(key).find((attribute) => attribute.name === name)?.type;
    for (const value of values) {
      if (typeOf(value) !== type) {
        throw validationError(
          'One or more parameter values were invalid: Condition parameter type does not match schema type',
        );
      }
      const empty = 'S' in value && value.S === '' ? 'string' : 'B' in value && value.B.length === 0 ? 'binary' : '';
      if (empty !== '') {
        throw validationError(
          'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an ' +
            `empty ${empty} value. Key: ${name}`,
        );
      }
    }
  }
}

function termsOf(condition: BoundCondition): readonly Term[] {
  switch (condition.kind) {
    case 'and':
      return [...termsOf(condition.left), ...termsOf(condition.right)];
    case 'or':
      throw badOperator('OR');
    case 'not':
      throw badOperator('NOT');
    case 'in':
      throw badOperator('IN');
    case 'between':
      return [term('BETWEEN', [condition.operand, condition.low, condition.high])];
    case 'call':
      if (condition.name !== 'begins_with') throw badOperator(condition.name);
      return [term('begins_with', condition.operands)];
    case 'compare':
      if (condition.comparator === '<>') throw badOperator('<>');
      return [term(condition.comparator, [condition.left, condition.right])];
    default:
      return unreachable(condition, 'termsOf');
  }
}

function badOperator(operator: string) {
  return validationError(`Invalid operator used in KeyConditionExpression: ${operator}`);
}

function term(operator: Term['operator'], operands: readonly ConditionOperand<AttributeValue>[]): Term {
  const names: string[] = [];
  const values: AttributeValue[] = [];
  for (const operand of operands) {
    if (operand.kind === 'call') throw validationError('KeyConditionExpressions cannot contain nested operations');
    if (operand.kind === 'value') values.push(operand.value);
    else {
      if (operand.path.length > 1) {
        throw validationError('KeyConditionExpressions cannot have conditions on nested attributes');
      }
      names.push(String(operand.path[0]));
    }
  }
  const [name] = names;
  if (name === undefined) {
    throw validationError('Invalid condition in KeyConditionExpression: No key attribute specified');
  }
  if (names.length > 1) {
    throw validationError(
      'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
    );
  }
  return { name, operator, values };
}
