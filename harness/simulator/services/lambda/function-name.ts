/**
 * A function by its name: which one a call means, and what a call is answered that names no function of the account.
 *
 * How a name is read from a request, and a function's ARN, are the same for all services: `contract/arn.ts`.
 */

import { type AwsAnswer, fail, type Input } from '../../contract/answer.ts';
import { functionArn, readFunctionName } from '../../contract/arn.ts';
import { lambdaInvalid } from './refusal.ts';
import type { LambdaState } from './state.ts';

/** The function and the qualifier that a call names. */
export interface NamedFunction {
  readonly name: string;
  /** Undefined if the call gives none. */
  readonly qualifier: string | undefined;
  /** The answer to a call that gives two qualifiers (LS-39). */
  readonly problem: AwsAnswer | null;
}

/** A qualifier stands behind the name, or in a member of its own. */
export function functionNamedIn({ FunctionName, Qualifier: member }: Input): NamedFunction {
  const { name, qualifier: behind } = readFunctionName(String(FunctionName ?? ''));
  const qualifier = member === undefined ? behind : String(member);
  if (behind === undefined || qualifier === behind) return { name, qualifier, problem: null };
  const message = 'The derived qualifier from the function name does not match the specified qualifier.';
  return { name, qualifier, problem: lambdaInvalid(message) };
}

/** 404 as AWS words it (LS-06, LS-30): the ARN has a qualifier if the request has one. */
export function notFound(state: LambdaState, name: string, qualifier?: string): AwsAnswer {
  const arn = functionArn(name, state);
  const wanted = qualifier === undefined ? arn : `${arn}:${qualifier}`;
  return fail('ResourceNotFoundException', `Function not found: ${wanted}`, 404, { Type: 'User' });
}

/** 404 for an alias as AWS words it, where an alias is asked for. */
export function aliasNotFound(state: LambdaState, name: string, alias: string): AwsAnswer {
  const arn = `${functionArn(name, state)}:${alias}`;
  return fail('ResourceNotFoundException', `Cannot find alias arn: ${arn}`, 404, { Type: 'User' });
}

/** 412 for a change of what somebody else has changed meanwhile (LS-33, LS-39). */
export function revisionMismatch(): AwsAnswer {
  const message =
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id';
  return fail('PreconditionFailedException', message, 412, { Type: 'User' });
}

/** The answer to a call that names a function by an ARN of another Region (LS-35); null if it names none. */
export function inAnotherRegion({ region }: LambdaState, { FunctionName }: Input): AwsAnswer | null {
  const named = /^arn:[a-z-]+:lambda:([^:]+):/.exec(String(FunctionName ?? ''))?.[1] ?? region;
  if (named === region) return null;
  const message = `Functions from '${named}' are not reachable in this region ('${region}')`;
  return fail('ResourceNotFoundException', message, 404, { Type: 'User' });
}
