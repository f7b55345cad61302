/**
 * A function by its name: its ARN, and what a call is answered that names no function of the account.
 *
 * How a name is read from a request is the same for all services: `contract/arn.ts`.
 */

import { type AwsAnswer, fail } from '../../contract/answer.ts';
import type { LambdaState } from './state.ts';

/** 404 as AWS words it (LS-06, LS-30). */
export function notFound(state: LambdaState, name: string, qualifier: string): AwsAnswer {
  return fail('ResourceNotFoundException', `Function not found: ${ownFunctionArn(state, name)}:${qualifier}`, 404, {
    Type: 'User',
  });
}

/** The unqualified ARN of a function of this account, whether there is one or not. */
export function ownFunctionArn(state: LambdaState, name: string): string {
  return `arn:aws:lambda:${state.region}:${state.accountId}:function:${name}`;
}
