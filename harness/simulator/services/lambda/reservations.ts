/**
 * Reservations of concurrency, and what the account has left (LS-02 to LS-06).
 *
 * Settings only: admission.ts enforces them.
 */

import { type AwsAnswer, fail, type Input, ok } from '../../contract/answer.ts';
import { readFunctionName } from '../../contract/arn.ts';
import { notFound } from './function-name.ts';
import { provisionedUnits, unreservedUnits } from './limits.ts';
import { numberOutOfBounds } from './ranges.ts';
import { lambdaInvalid, lambdaMemberMissing } from './refusal.ts';
import type { LambdaState } from './state.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
const LIMITS = {
  ReservedConcurrentExecutions: { least: 0, most: Number.MAX_SAFE_INTEGER },
} as const;

/** Reserves concurrency (LS-02) and refuses a reservation that leaves too little unreserved concurrency (LS-04). */
export function putFunctionConcurrency(state: LambdaState, input: Input): AwsAnswer {
  const target = unqualified(state, input);
  if (!target.ok) return target.answer;
  const { ReservedConcurrentExecutions: wanted } = input;
  if (typeof wanted !== 'number') return lambdaMemberMissing('ReservedConcurrentExecutions');
  const problem = numberOutOfBounds(input, LIMITS);
  if (problem !== null) return problem;
  if (wanted > 0 && leftBeside(state, target.name) - wanted < state.unreservedFloor) {
    const message = `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${state.unreservedFloor}].`;
    // Unlike Lambda's other refusals, this one has no member `Type`.
    return fail('InvalidParameterValueException', message);
  }
  const provisioned = provisionedUnits(state, target.name);
  if (wanted < provisioned) {
    // The blanks are AWS's own (LS-12).
    const message = ` ReservedConcurrentExecutions  ${wanted} should not be lower than function's total provisioned concurrency [${provisioned}].`;
    return lambdaInvalid(message);
  }
  state.reserved.set(target.name, wanted);
  return ok({ ReservedConcurrentExecutions: wanted });
}

/** What the account would have left unreserved without this function's reservation; what is provisioned for it would be within. */
function leftBeside(state: LambdaState, name: string): number {
  const own = state.reserved.get(name);
  return unreservedUnits(state) + (own ?? provisionedUnits(state, name));
}

/** A function without a reservation answers without the member (LS-06). */
export function getFunctionConcurrency(state: LambdaState, input: Input): AwsAnswer {
  const { name } = readFunctionName(String(input.FunctionName ?? ''));
  if (!state.functions.has(name)) return notFound(state, name);
  const reserved = state.reserved.get(name);
  return ok(reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved });
}

/** Returns a reservation to the shared pool (LS-06). */
export function deleteFunctionConcurrency(state: LambdaState, input: Input): AwsAnswer {
  const target = unqualified(state, input);
  if (!target.ok) return target.answer;
  state.reserved.delete(target.name);
  return ok({});
}

/** The account's limit, and the part of it that is not reserved (LS-05). */
export function getAccountSettings(state: LambdaState): AwsAnswer {
  return ok({
    AccountLimit: {
      ConcurrentExecutions: state.accountConcurrency,
      UnreservedConcurrentExecutions: unreservedUnits(state),
    },
    AccountUsage: { FunctionCount: state.functions.size },
  });
}

type Target = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly answer: AwsAnswer };

/** Reservations cover the whole function: an alias or a version is refused (LS-06). */
function unqualified(state: LambdaState, input: Input): Target {
  const { name, qualifier } = readFunctionName(String(input.FunctionName ?? ''));
  if (qualifier !== undefined) {
    const message =
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.';
    return { ok: false, answer: lambdaInvalid(message) };
  }
  if (!state.functions.has(name)) return { ok: false, answer: notFound(state, name) };
  return { ok: true, name };
}
