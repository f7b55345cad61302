/**
 * A function by its name: its ARN, and what a call is answered that names no function of the account.
 *
 * How a name is read from a request is the same for all services: `contract/arn.ts`.
 */

import { type AwsAnswer, fail, type Input } from '../../contract/answer.ts';
import type { LambdaState } from './state.ts';

/** 404 as AWS words it (LS-06, LS-30): the ARN has a qualifier if the request has one. */
export function notFound(state: LambdaState, name: string, qualifier?: string): AwsAnswer {
  const arn = ownFunctionArn(state, name);
  const wanted = qualifier === undefined ? arn : `${arn}:${qualifier}`;
  return fail('ResourceNotFoundException', `Function not found: ${wanted}`, 404, { Type: 'User' });
}

/** The answer to a call that names a function by an ARN of another Region (LS-35); null if it names none. */
export function inAnotherRegion({ region }: LambdaState, { FunctionName }: Input): AwsAnswer | null {
  const named = /^arn:[a-z-]+:lambda:([^:]+):/.exec(String(FunctionName ?? ''))?.[1] ?? region;
  if (named === region) return null;
  const message = `Functions from '${named}' are not reachable in this region ('${region}')`;
  return fail('ResourceNotFoundException', message, 404, { Type: 'User' });
}

/** The unqualified ARN of a function of this account, whether there is one or not. */
export function ownFunctionArn(state: LambdaState, name: string): string {
  return `arn:aws:lambda:${state.region}:${state.accountId}:function:${name}`;
}
