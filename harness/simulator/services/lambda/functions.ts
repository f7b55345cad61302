/**
 * The functions of an account and their reservations: create, look up, reserve.
 *
 * Settings only; nothing here runs. Reservations follow LS-02 to LS-06.
 */

import { type AwsAnswer, fail, notSimulated, ok } from '../../contract/answer.ts';
import { readFunctionName } from '../../contract/arn.ts';
import { unreachableTarget } from './event-invoke-config.ts';
import { notFound, ownFunctionArn } from './function-name.ts';
import type { LambdaFunction, LambdaState } from './state.ts';

type Input = Readonly<Record<string, unknown>>;

/** Defaults of `CreateFunction`: 3 seconds (LS-24) and 128 MB (AWS Lambda API, `MemorySize`). */
const DEFAULT_TIMEOUT_S = 3;
const DEFAULT_MEMORY_MB = 128;

const NODE_RUNTIME = /^nodejs(?:20|22|24)\.x$/;

/** Creates a function whose code is a local folder; the host bundles it. */
export function createFunction(state: LambdaState, input: Input): AwsAnswer {
  const name = String(input.FunctionName ?? '');
  if (state.functions.has(name))
    return fail('ResourceConflictException', `Function already exist: ${name}`, 409, { Type: 'User' });
  const runtime = String(input.Runtime ?? '');
  if (!NODE_RUNTIME.test(runtime)) return notSimulated(`The runtime «${runtime}»`);
  const deadLetterTargetArn = (input.DeadLetterConfig as { TargetArn?: string } | undefined)?.TargetArn ?? null;
  const problem = deadLetterTargetArn === null ? null : unreachableTarget(deadLetterTargetArn, ['sqs']);
  if (problem !== null) return problem;
  const [module = '', exportName = ''] = splitHandler(String(input.Handler ?? ''));
  const variables = (input.Environment as { Variables?: Record<string, string> } | undefined)?.Variables ?? {};
  const memorySizeMb = Number(input.MemorySize ?? DEFAULT_MEMORY_MB);
  const made: LambdaFunction = {
    FunctionName: name,
    FunctionArn: ownFunctionArn(state, name),
    Runtime: runtime,
    Role: String(input.Role ?? ''),
    Handler: String(input.Handler ?? ''),
    Description: String(input.Description ?? ''),
    Timeout: Number(input.Timeout ?? DEFAULT_TIMEOUT_S),
    MemorySize: memorySizeMb,
    variables,
    deadLetterTargetArn,
    settings: {
      functionName: name,
      module,
      exportName,
      memorySizeMb,
      variables: {
        ...variables,
        ...lambdaVariables(state, name, runtime, memorySizeMb, String(input.Handler ?? '')),
      },
    },
  };
  state.functions.set(name, made);
  return ok(configuration(made));
}

/** `src/bump.handler` is the export `handler` of the module `src/bump`. */
function splitHandler(handler: string): [string, string] {
  const dot = handler.lastIndexOf('.');
  return dot < 0 ? [handler, ''] : [handler.slice(0, dot), handler.slice(dot + 1)];
}

/** The variables that the Lambda runtime sets (Lambda guide, «Defined runtime environment variables»). */
function lambdaVariables(
  state: LambdaState,
  name: string,
  runtime: string,
  memoryMb: number,
  handler: string,
): Record<string, string> {
  return {
    _HANDLER: handler,
    AWS_REGION: state.region,
    AWS_DEFAULT_REGION: state.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    TZ: 'UTC',
  };
}

/** `GetFunction` and `GetFunctionConfiguration`. */
export function getFunction(
  state: LambdaState,
  operation: 'GetFunction' | 'GetFunctionConfiguration',
  input: Input,
): AwsAnswer {
  const { name, qualifier } = readFunctionName(String(input.FunctionName ?? ''));
  const found = state.functions.get(name);
  const wanted = String(input.Qualifier ?? qualifier ?? '$LATEST');
  if (found === undefined || wanted !== '$LATEST') return notFound(state, name, wanted);
  if (operation === 'GetFunctionConfiguration') return ok(configuration(found));
  const reserved = state.reserved.get(name);
  return ok({
    Configuration: configuration(found),
    ...(reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
  });
}

function configuration(found: LambdaFunction): Readonly<Record<string, unknown>> {
  const { FunctionName, FunctionArn, Runtime, Role, Handler, Description, Timeout, MemorySize } = found;
  return {
    FunctionName,
    FunctionArn,
    Runtime,
    Role,
    Handler,
    Description,
    Timeout,
    MemorySize,
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Environment: { Variables: { ...found.variables } },
    ...(found.deadLetterTargetArn === null ? {} : { DeadLetterConfig: { TargetArn: found.deadLetterTargetArn } }),
  };
}

/** Reserves concurrency (LS-02) and refuses a reservation that leaves too little unreserved concurrency (LS-04). */
export function putFunctionConcurrency(state: LambdaState, input: Input): AwsAnswer {
  const target = unqualified(state, input);
  if (!target.ok) return target.answer;
  const wanted = Number(input.ReservedConcurrentExecutions);
  const others = [...state.reserved].filter(([name]) => name !== target.name).reduce((sum, [, n]) => sum + n, 0);
  if (wanted > 0 && state.accountConcurrency - others - wanted < state.unreservedFloor) {
    const message = `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${state.unreservedFloor}].`;
    return fail('InvalidParameterValueException', message, 400, { Type: 'User' });
  }
  state.reserved.set(target.name, wanted);
  return ok({ ReservedConcurrentExecutions: wanted });
}

/** A function without a reservation answers without the member (LS-06). */
export function getFunctionConcurrency(state: LambdaState, input: Input): AwsAnswer {
  const { name } = readFunctionName(String(input.FunctionName ?? ''));
  if (!state.functions.has(name)) return notFound(state, name, '$LATEST');
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
  const reserved = [...state.reserved.values()].reduce((sum, n) => sum + n, 0);
  return ok({
    AccountLimit: {
      ConcurrentExecutions: state.accountConcurrency,
      UnreservedConcurrentExecutions: state.accountConcurrency - reserved,
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
    return { ok: false, answer: fail('InvalidParameterValueException', message, 400, { Type: 'User' }) };
  }
  if (!state.functions.has(name)) return { ok: false, answer: notFound(state, name, '$LATEST') };
  return { ok: true, name };
}
