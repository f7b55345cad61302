/**
 * The definitions of a request for its expressions: `ExpressionAttributeNames` and `ExpressionAttributeValues`.
 *
 * Checks both maps, looks placeholders up, and remembers which of them were used, since DynamoDB refuses a definition that no
 * expression uses.
 */

import { Refusal } from '../../../contract/refusal.ts';
import { isGiven, isRecord } from '../../../contract/request.ts';
import { type AttributeValue, readAttributeValue } from '../attribute-value.ts';
import { detectedError, EmptySetRefusal, serializationError, validationError } from '../refusal.ts';
import type { ExpressionKind } from './ast.ts';

type Input = Readonly<Record<string, unknown>>;

const NAME_KEY = /^#[A-Za-z0-9_]+$/;
const VALUE_KEY = /^:[A-Za-z0-9_]+$/;

export class Placeholders {
  private readonly names = new Map<string, string>();
  private readonly values = new Map<string, AttributeValue>();
  private readonly unused = new Set<string>();

  /** Reads both maps of a request that may hold the given expressions. */
  constructor(input: Input, kinds: readonly ExpressionKind[]) {
    if (isGiven(input.ExpressionAttributeNames)) this.readNames(input, kinds);
    if (isGiven(input.ExpressionAttributeValues)) this.readValues(input, kinds);
  }

  /** The attribute name that `#n` stands for. */
  name(placeholder: string): string | undefined {
    this.unused.delete(placeholder);
    return this.names.get(placeholder);
  }

  /** The value that `:v` stands for. */
  value(placeholder: string): AttributeValue | undefined {
    this.unused.delete(placeholder);
    return this.values.get(placeholder);
  }

  /** Refuses definitions that no expression has used. Must be called after all expressions are bound. */
  checkAllUsed(): void {
    if (this.unused.size === 0) return;
    const unused = [...this.unused];
    const names = unused.filter((key) => key.startsWith('#'));
    const member = names.length > 0 ? 'ExpressionAttributeNames' : 'ExpressionAttributeValues';
    const keys = names.length > 0 ? names : unused;
    const message = `Value provided in ${member} unused in expressions: keys: {${keys.join(', ')}}`;
    throw names.length > 0 ? detectedError(message) : validationError(message);
  }

  private readNames(input: Input, kinds: readonly ExpressionKind[]): void {
    if (!kinds.some((kind) => isGiven(input[kind]))) {
      throw validationError('ExpressionAttributeNames can only be specified when using expressions');
    }
    for (const [key, name] of entries(input, 'ExpressionAttributeNames', NAME_KEY)) {
      if (typeof name !== 'string') throw serializationError('Unexpected value type in payload');
      if (name === '') {
        throw validationError(`ExpressionAttributeNames contains invalid value: Empty attribute name for key ${key}`);
      }
      this.names.set(key, name);
      this.unused.add(key);
    }
  }

  private readValues(input: Input, kinds: readonly ExpressionKind[]): void {
    const users = kinds.filter((kind) => kind !== 'ProjectionExpression');
    if (!users.some((kind) => isGiven(input[kind]))) {
      throw validationError('ExpressionAttributeValues can only be specified when using expressions');
    }
    for (const [key, value] of entries(input, 'ExpressionAttributeValues', VALUE_KEY)) {
      this.values.set(key, readValue(key, value));
      this.unused.add(key);
    }
  }
}

function readValue(key: string, raw: unknown): AttributeValue {
  try {
    return readAttributeValue(raw);
  } catch (problem) {
    if (!(problem instanceof Refusal) || problem.answer.error.code !== 'ValidationException') {
      throw problem;
    }
    const { message } = problem.answer.error;
    if (problem instanceof EmptySetRefusal) throw detectedError(message);
    throw validationError(`ExpressionAttributeValues contains invalid value: ${message} for key ${key}`);
  }
}

function entries(input: Input, member: string, shape: RegExp): [string, unknown][] {
  const map = input[member];
  if (!isRecord(map)) throw serializationError('Unexpected value type in payload');
  const found = Object.entries(map).filter(([, content]) => content !== undefined);
  if (found.length === 0) {
    const message = `${member} must not be empty`;
    throw member === 'ExpressionAttributeValues' ? detectedError(message) : validationError(message);
  }
  for (const [key] of found) {
    if (!shape.test(key)) throw validationError(`${member} contains invalid key: Syntax error; key: "${key}"`);
  }
  return found;
}
