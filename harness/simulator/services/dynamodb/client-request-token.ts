/**
 * `ClientRequestToken`: a transaction that is repeated within ten minutes is not applied again (fact DD-08).
 *
 * The same token with other parameters is refused. A cancelled transaction does not use up its token: a repetition is judged
 * again. `TransactionInProgressException` can't occur, since a transaction is applied in one step.
 */

import { type AwsAnswer, fail, type Input } from '../../contract/answer.ts';
import { base64 } from '../../contract/base64.ts';
import { isGiven, isRecord } from '../../contract/request.ts';
import { serializationError } from './refusal.ts';
import { constraint } from './request.ts';
import type { DynamoDBState } from './state.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const TOKEN_LIFETIME_MS = 10 * 60 * 1000;
const MAX_TOKEN_LENGTH = 36;

/** The member `ClientRequestToken`. */
export function tokenOf(input: Input): string | undefined {
  const token = input.ClientRequestToken;
  if (!isGiven(token)) return undefined;
  if (typeof token !== 'string') throw serializationError('Unexpected value type in payload');
  if (token.length >= 1 && token.length <= MAX_TOKEN_LENGTH) return token;
  const bound = token === '' ? 'greater than or equal to 1' : `less than or equal to ${MAX_TOKEN_LENGTH}`;
  throw constraint(`'${token}'`, 'clientRequestToken', `Member must have length ${bound}`);
}

/** `same` if a token was used for an equal request, AWS's error if for another one, `undefined` if it was not used. */
export function findToken(
  state: DynamoDBState,
  token: string,
  input: Input,
  nowMs: number,
): 'same' | AwsAnswer | undefined {
  const used = state.tokens.get(token);
  if (used === undefined || nowMs - used.usedAtMs >= TOKEN_LIFETIME_MS) return undefined;
  if (canonicalText(used.request) === canonicalText(input.TransactItems)) return 'same';
  return fail(
    'IdempotentParameterMismatchException',
    'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent ' +
      'token that was already used.',
  );
}

/** Remembers that a token was used for this request. */
export function rememberToken(state: DynamoDBState, token: string, input: Input, nowMs: number): void {
  state.tokens.set(token, { request: input.TransactItems, usedAtMs: nowMs });
}

/** A text that is equal for equal requests, in any order of their members. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (ArrayBuffer.isView(part)) return base64(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    if (!isRecord(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
