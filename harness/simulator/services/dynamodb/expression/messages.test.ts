/**
 * DynamoDB's messages about expressions that it refuses, word for word.
 *
 * The messages were recorded from AWS by others (sources in the README of the service).
 */

import { describe, expect, it } from 'vitest';
import { withOrders, withThings } from '../dynamodb-for-tests.ts';

const KEY = { id: { S: 'a' } };
const VALUES = { ':n': { N: '1' }, ':s': { S: 'x' }, ':l': { L: [] }, ':b': { BOOL: true }, ':ss': { SS: ['x'] } };

/** The placeholders among `VALUES` and `#n` that a text uses, as a request defines them. */
function definitionsFor(text: string) {
  const values = Object.entries(VALUES).filter(([key]) => new RegExp(`${key}\\b`).test(text));
  return {
    ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
    ...(/#n\b/.test(text) && { ExpressionAttributeNames: { '#n': 'name' } }),
  };
}

function updateMessage(text: string): string {
  const input = { TableName: 'Things', Key: KEY, UpdateExpression: text, ...definitionsFor(text) };
  return withThings().errorOf('UpdateItem', input).message;
}

function conditionMessage(text: string): string {
  const input = { TableName: 'Things', Key: KEY, ConditionExpression: text, ...definitionsFor(text) };
  return withThings().errorOf('DeleteItem', input).message;
}

describe('an update is refused', () => {
  it.each([
    ['FOO', 'Syntax error; token: "FOO", near: "FOO"'],
    ['SET a', 'Syntax error; token: "<EOF>", near: "a"'],
    ['SET a = :n,', 'Syntax error; token: "<EOF>", near: ","'],
    ['SET a = :n + :n + :n', 'Syntax error; token: "+", near: ":n + :n"'],
    ['SET a = VALUE 1', 'Syntax error; token: "1", near: "VALUE 1"'],
    ['SET _a = :n', 'Syntax error; token: "_", near: "SET _a"'],
    ['SET a! = :n', 'Syntax error; token: "!", near: "a! ="'],
    ['SET a[b] = :n', 'Syntax error; token: "b", near: "[b]"'],
    ['ADD a b', 'Syntax error; token: "b", near: "a b"'],
    ['SET a = ((b))', 'The expression has redundant parentheses;'],
    ['SET status = :n', 'Attribute name is a reserved keyword; reserved keyword: status'],
    ['REMOVE a.name', 'Attribute name is a reserved keyword; reserved keyword: name'],
    ['SET a = plus(a, :n)', 'Invalid function name; function: plus'],
    ['SET a = size(a)', 'The function is not allowed in an update expression; function: size'],
    ['SET #x = :n', 'An expression attribute name used in the document path is not defined; attribute name: #x'],
    ['SET a = :x', 'An expression attribute value used in expression is not defined; attribute value: :x'],
    [
      'REMOVE a.b, a[0]',
      'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [0]]',
    ],
    [
      'SET a = if_not_exists(a)',
      'Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1',
    ],
    [
      'SET a = if_not_exists(:n, :n)',
      'Operator or function requires a document path; operator or function: if_not_exists',
    ],
    [
      'SET a = list_append(a, :n)',
      'Incorrect operand type for operator or function; operator or function: list_append, operand type: N',
    ],
    ['SET a = a + :s', 'Incorrect operand type for operator or function; operator or function: +, operand type: S'],
    [
      'ADD a :s',
      'Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND',
    ],
    [
      'DELETE a :n',
      'Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND',
    ],
  ])('%s', (text, message) => {
    expect(updateMessage(text)).toBe(`Invalid UpdateExpression: ${message}`);
  });

  it.each(['SET id = :s', 'REMOVE id', 'ADD id :n'])('if it changes the key: %s', (text) => {
    expect(updateMessage(text)).toBe(
      'One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key',
    );
  });

  it.each([
    ['SET a = nothing', 'The provided expression refers to an attribute that does not exist in the item'],
    ['SET a.b = :n', 'The document path provided in the update expression is invalid for update'],
    [
      'SET id.x = :n',
      'One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key',
    ],
    ['REMOVE a.b', 'The document path provided in the update expression is invalid for update'],
    ['SET a = if_not_exists(b, :s) + :n', 'An operand in the update expression has an incorrect data type'],
  ])('if it does not fit the item: %s', (text, message) => {
    expect(updateMessage(text)).toBe(message);
  });
});

describe('a condition is refused', () => {
  it.each([
    ['a', 'Syntax error; token: "<EOF>", near: "a"'],
    ['(a = :n', 'Syntax error; token: "<EOF>", near: ":n"'],
    ['a = :n)', 'Syntax error; token: ")", near: ":n)"'],
    ['a == :n', 'Syntax error; token: "=", near: "== :n"'],
    ['a BETWEEN :n', 'Syntax error; token: "<EOF>", near: ":n"'],
    ['NOT AND', 'Syntax error; token: "AND", near: "NOT AND"'],
    ['((a = :n))', 'The expression has redundant parentheses;'],
    ['a = :n AND ((b = :n) )', 'The expression has redundant parentheses;'],
    ['exists(a)', 'Invalid function name; function: exists'],
    ['size(a)', 'The function is not allowed to be used this way in an expression; function: size'],
    ['contains(a, :s) = :b', 'The function is not allowed to be used this way in an expression; function: contains'],
    ['size(name) = status(a)', 'Invalid function name; function: status'],
    ['status = :n', 'Attribute name is a reserved keyword; reserved keyword: status'],
    ['a = :x', 'An expression attribute value used in expression is not defined; attribute value: :x'],
    ['#x = :n', 'An expression attribute name used in the document path is not defined; attribute name: #x'],
    [
      'attribute_exists(a, b)',
      'Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2',
    ],
    ['attribute_exists(:n)', 'Operator or function requires a document path; operator or function: attribute_exists'],
    [
      'begins_with(a, :n)',
      'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
    ],
    ['a < :b', 'Incorrect operand type for operator or function; operator or function: <, operand type: BOOL'],
    ['size(:n) = :n', 'Incorrect operand type for operator or function; operator or function: size, operand type: N'],
    [
      'attribute_type(a, :n)',
      'Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N',
    ],
    [
      'attribute_type(a, :s)',
      'Invalid attribute type name found; type: x, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}',
    ],
    [
      'a.b = a.b',
      'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a, b]',
    ],
    [
      'a BETWEEN :n AND :s',
      'The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:x}',
    ],
  ])('%s', (text, message) => {
    expect(conditionMessage(text)).toBe(`Invalid ConditionExpression: ${message}`);
  });

  it('with 4,097 bytes, and not for its length with 4,096', () => {
    const text = (length: number) => `attribute_exists(${'a'.repeat(length - 18)})`;
    expect(conditionMessage(text(4097))).toBe(
      'Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 4097',
    );
    expect(conditionMessage(text(4096))).toBe('The conditional request failed');
  });

  it('by name if it is nested deeper than the parser supports', () => {
    expect(conditionMessage(`${'NOT '.repeat(400)}a = :n`)).toBe(
      'An expression nested deeper than 300 levels is not simulated.',
    );
  });
});

describe('placeholders', () => {
  const message = (input: object) =>
    withThings().errorOf('UpdateItem', { TableName: 'Things', Key: KEY, ...input }).message;
  const set = { UpdateExpression: 'SET a = :n' };

  it.each([
    [
      'without an expression',
      { ExpressionAttributeNames: { '#n': 'n' } },
      'ExpressionAttributeNames can only be specified when using expressions',
    ],
    [
      'of values without an expression',
      { ExpressionAttributeValues: { ':n': { N: '1' } } },
      'ExpressionAttributeValues can only be specified when using expressions',
    ],
    [
      'none at all',
      { ...set, ExpressionAttributeValues: {} },
      '1 validation error detected: ExpressionAttributeValues must not be empty',
    ],
    ['no names at all', { ...set, ExpressionAttributeNames: {} }, 'ExpressionAttributeNames must not be empty'],
    [
      'of a wrong shape',
      { ...set, ExpressionAttributeNames: { n: 'n' } },
      'ExpressionAttributeNames contains invalid key: Syntax error; key: "n"',
    ],
    [
      'with a bad value',
      { ...set, ExpressionAttributeValues: { ':n': { N: 'one' } } },
      'ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: one for key :n',
    ],
    [
      'with an empty set',
      { ...set, ExpressionAttributeValues: { ':n': { SS: [] } } },
      '1 validation error detected: One or more parameter values were invalid: An string set  may not be empty',
    ],
    [
      'that no expression uses',
      { ...set, ExpressionAttributeValues: { ':n': { N: '1' }, ':m': { N: '2' } } },
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:m}',
    ],
    [
      'of names that no expression uses',
      { ...set, ExpressionAttributeNames: { '#a': 'a', '#b': 'b' }, ExpressionAttributeValues: { ':n': { N: '1' } } },
      '1 validation error detected: Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}',
    ],
  ])('are refused: %s', (_, input, expected) => {
    expect(message(input)).toBe(expected);
  });
});

describe('a key condition is refused', () => {
  const values = { ':c': { S: 'c' }, ':n': { N: '1' }, ':m': { N: '2' } };
  const message = (text: string | undefined, more: object = {}) => {
    const used = Object.entries(values).filter(([key]) => text?.includes(key) || JSON.stringify(more).includes(key));
    return withOrders().errorOf('Query', {
      TableName: 'Orders',
      KeyConditionExpression: text,
      ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
      ...more,
    }).message;
  };

  it.each([
    [undefined, 'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.'],
    ['number = :n', 'Query condition missed key schema element: customer'],
    ['customer > :c', 'Query key condition not supported'],
    ['customer = :c AND placed = :c', 'Query condition missed key schema element: number'],
    [
      'customer = :c AND number > :n AND number < :m',
      'KeyConditionExpressions must only contain one condition per key',
    ],
    ['customer = :c OR number = :n', 'Invalid operator used in KeyConditionExpression: OR'],
    ['customer = :c AND number <> :n', 'Invalid operator used in KeyConditionExpression: <>'],
    ['customer = :c AND number IN (:n)', 'Invalid operator used in KeyConditionExpression: IN'],
    ['customer = :c AND attribute_exists(number)', 'Invalid operator used in KeyConditionExpression: attribute_exists'],
    ['customer.x = :c', 'KeyConditionExpressions cannot have conditions on nested attributes'],
    ['customer = :n', 'One or more parameter values were invalid: Condition parameter type does not match schema type'],
    [
      'customer = :c AND number BETWEEN :m AND :n',
      'Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}',
    ],
  ])('%s', (text, expected) => {
    const names = text?.includes('number') ? { ExpressionAttributeNames: { '#number': 'number' } } : {};
    expect(message(text?.replaceAll('number', '#number'), names)).toBe(expected);
  });

  it('if its filter names a key', () => {
    expect(message('customer = :c', { FilterExpression: 'customer <> :n' })).toBe(
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: customer',
    );
  });

  it.each([
    ['', 'The expression can not be empty;'],
    ['SET a = :n SET b = :n', 'The "SET" section can only be used once in an update expression;'],
    [
      'SET a = :n REMOVE a',
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]',
    ],
    [
      'SET a.b = :n, a.b[1] = :n',
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, b, [1]]',
    ],
  ])('as AWS has worded it since August 2026: %s', (text, expected) => {
    expect(updateMessage(text)).toBe(`1 validation error detected: Invalid UpdateExpression: ${expected}`);
  });
});
