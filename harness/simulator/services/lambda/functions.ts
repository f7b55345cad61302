/**
 * The functions of an account: created, changed, deleted, looked up.
 *
 * Settings only; nothing here runs. What running environments notice of a change is in environments.ts.
 */

import { type AwsAnswer, fail, type Input, notSimulated, ok } from '../../contract/answer.ts';
import { functionArn, readFunctionName } from '../../contract/arn.ts';
import { isGiven, isRecord } from '../../contract/request.ts';
import { unreachableTarget } from './event-invoke-config.ts';
import { configuration } from './function-configuration.ts';
import { functionNamedIn, notFound, revisionMismatch } from './function-name.ts';
import { LATEST, pointedTo } from './qualified.ts';
import { numberOutOfBounds } from './ranges.ts';
import { type LambdaFunction, type LambdaState, nextNumber } from './state.ts';
import { deleteQualified, deleteVersion, publishLatest } from './versions.ts';

/** Defaults of `CreateFunction`: 3 seconds (LS-24), 128 MB, 512 MB of /tmp (AWS Lambda API). */
const DEFAULT_TIMEOUT_S = 3;
const DEFAULT_MEMORY_MB = 128;
const DEFAULT_STORAGE_MB = 512;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html; LS-24 */
const LIMITS = {
  Timeout: { least: 1, most: 900 },
  MemorySize: { least: 128, most: 10_240 },
} as const;

const NODE_RUNTIME = /^nodejs(?:20|22|24)\.x$/;

const CHANGEABLE = [
  ...['FunctionName', 'Runtime', 'Role', 'Handler', 'Description', 'Timeout', 'MemorySize', 'Environment'],
  ...['DeadLetterConfig', 'EphemeralStorage', 'LoggingConfig'],
];
/** Tags change nothing, and no call shows them. */
const CREATE_MEMBERS: readonly string[] = [...CHANGEABLE, 'Code', 'Architectures', 'PackageType', 'Publish', 'Tags'];
const UPDATE_MEMBERS: readonly string[] = [...CHANGEABLE, 'RevisionId'];

/** Creates a function whose code is a local folder; the host bundles it. */
export function createFunction(state: LambdaState, input: Input, nowMs: number): AwsAnswer {
  const name = String(input.FunctionName ?? '');
  if (state.functions.has(name))
    return fail('ResourceConflictException', `Function already exist: ${name}`, 409, { Type: 'User' });
  if (input.PackageType === 'Image') return notSimulated('CreateFunction with PackageType «Image»');
  const problem = problemOf('CreateFunction', input, CREATE_MEMBERS);
  if (problem !== null) return problem;
  const blank: LambdaFunction = {
    FunctionName: name,
    FunctionArn: functionArn(name, state),
    Version: LATEST,
    ...{
      Runtime: '',
      Role: '',
      Handler: '',
      Description: '',
      Timeout: DEFAULT_TIMEOUT_S,
      MemorySize: DEFAULT_MEMORY_MB,
    },
    ...{ variables: {}, deadLetterTargetArn: null, ephemeralStorageMb: DEFAULT_STORAGE_MB },
    architecture: Array.isArray(input.Architectures) ? String(input.Architectures[0]) : 'x86_64',
    logGroup: `/aws/lambda/${name}`,
    codeFolder: isRecord(input.Code) ? String(input.Code.LocalFolder ?? '') : '',
    ...{ number: nextNumber(state, 'functions') - 1, revision: 0, modifiedAtMs: nowMs },
    settings: { functionName: name, module: '', exportName: '', memorySizeMb: DEFAULT_MEMORY_MB, variables: {} },
  };
  const made = changed(state, blank, input, nowMs);
  state.functions.set(name, made);
  // The answer has the version's number, and an ARN without it (LS-36).
  const shown = input.Publish === true ? publishLatest(state, made, undefined) : made;
  return ok(configuration(state, shown, 'creating'));
}

/** Changes the settings that are given; the others stay (LS-33). */
export function updateFunctionConfiguration(state: LambdaState, input: Input, nowMs: number): AwsAnswer {
  const { name, qualifier } = readFunctionName(String(input.FunctionName ?? ''));
  const found = state.functions.get(name);
  if (found === undefined || qualifier !== undefined) return notFound(state, name, qualifier);
  const problem = problemOf('UpdateFunctionConfiguration', input, UPDATE_MEMBERS) ?? otherHandler(found, input);
  if (problem !== null) return problem;
  if (input.RevisionId !== undefined && input.RevisionId !== configuration(state, found).RevisionId)
    return revisionMismatch();
  const made = changed(state, found, input, nowMs);
  state.functions.set(name, made);
  return ok(configuration(state, made, 'updating'));
}

/** Deletes a function with all that belongs to it (LS-34), or one of its versions (LS-37). */
export function deleteFunction(state: LambdaState, input: Input): AwsAnswer {
  const { name, qualifier, problem } = functionNamedIn(input);
  if (problem !== null) return problem;
  if (!state.functions.has(name)) return notFound(state, name, qualifier);
  if (qualifier !== undefined) return deleteVersion(state, name, qualifier);
  state.functions.delete(name);
  deleteQualified(state, name);
  state.reserved.delete(name);
  state.mayLoop.delete(name);
  state.urls.delete(name);
  return ok({ StatusCode: 204 });
}

/** A bundle is made when a stack is deployed, of the handlers that its template names. */
function otherHandler({ Handler }: LambdaFunction, input: Input): AwsAnswer | null {
  if (input.Handler === undefined || input.Handler === Handler) return null;
  return notSimulated('UpdateFunctionConfiguration with another Handler');
}

/** Why a function can't be made like this; null if it can. */
function problemOf(operation: string, input: Input, members: readonly string[]): AwsAnswer | null {
  const unknown = Object.keys(input).find((member) => isGiven(input[member]) && !members.includes(member));
  if (unknown !== undefined) return notSimulated(`${unknown} in ${operation}`);
  const runtime = input.Runtime ?? (operation === 'CreateFunction' ? '' : 'nodejs24.x');
  if (!NODE_RUNTIME.test(String(runtime))) return notSimulated(`The runtime «${String(runtime)}»`);
  const target = targetIn(input);
  const problem = numberOutOfBounds(input, LIMITS);
  return problem ?? (target === undefined || target === null ? null : unreachableTarget(target, ['sqs', 'sns']));
}

/** The ARN in `DeadLetterConfig`; null if it is empty, which removes the dead-letter queue. */
function targetIn({ DeadLetterConfig: given }: Input): string | null | undefined {
  if (!isRecord(given)) return undefined;
  return typeof given.TargetArn === 'string' && given.TargetArn !== '' ? given.TargetArn : null;
}

/** The function with the settings that are given. */
function changed(state: LambdaState, before: LambdaFunction, input: Input, nowMs: number): LambdaFunction {
  const text = (member: 'Runtime' | 'Role' | 'Handler' | 'Description') => String(input[member] ?? before[member]);
  const handler = text('Handler');
  const [module = '', exportName = ''] = splitHandler(handler);
  const memorySizeMb = Number(input.MemorySize ?? before.MemorySize);
  const variables = isRecord(input.Environment) ? variablesIn(input.Environment) : before.variables;
  const { EphemeralStorage: storage, LoggingConfig: logging } = input;
  const target = targetIn(input);
  const { FunctionName: name } = before;
  const made: LambdaFunction = {
    ...before,
    ...{ Runtime: text('Runtime'), Role: text('Role'), Handler: handler, Description: text('Description') },
    Timeout: Number(input.Timeout ?? before.Timeout),
    MemorySize: memorySizeMb,
    variables,
    deadLetterTargetArn: target === undefined ? before.deadLetterTargetArn : target,
    ephemeralStorageMb: isRecord(storage) ? Number(storage.Size) : before.ephemeralStorageMb,
    logGroup: isRecord(logging) && logging.LogGroup !== undefined ? String(logging.LogGroup) : before.logGroup,
    revision: before.revision + 1,
    modifiedAtMs: nowMs,
  };
  return {
    ...made,
    settings: {
      ...{ functionName: name, module, exportName, memorySizeMb },
      variables: { ...variables, ...lambdaVariables(state, made) },
    },
  };
}

function variablesIn({ Variables }: Input): Readonly<Record<string, string>> {
  return isRecord(Variables) ? (Variables as Readonly<Record<string, string>>) : {};
}

/** `src/bump.handler` is the export `handler` of the module `src/bump`. */
function splitHandler(handler: string): [string, string] {
  const dot = handler.lastIndexOf('.');
  return dot < 0 ? [handler, ''] : [handler.slice(0, dot), handler.slice(dot + 1)];
}

/** The variables that the Lambda runtime sets (Lambda guide, «Defined runtime environment variables»). */
function lambdaVariables(
  state: LambdaState,
  { FunctionName: name, Runtime: runtime, MemorySize: memoryMb, Handler: handler, logGroup }: LambdaFunction,
): Record<string, string> {
  return {
    _HANDLER: handler,
    AWS_REGION: state.region,
    AWS_DEFAULT_REGION: state.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: LATEST,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    TZ: 'UTC',
  };
}

/** `GetFunction` and `GetFunctionConfiguration`. Their ARN has a qualifier if the request has one (LS-35). */
export function getFunction(
  state: LambdaState,
  operation: 'GetFunction' | 'GetFunctionConfiguration',
  input: Input,
): AwsAnswer {
  const { name, qualifier, problem } = functionNamedIn(input);
  if (problem !== null) return problem;
  const found = pointedTo(state, name, qualifier ?? null)[0]?.target;
  if (found === undefined) return notFound(state, name, qualifier);
  const shown = { ...configuration(state, found) };
  if (qualifier !== undefined) shown.FunctionArn = `${found.FunctionArn}:${qualifier}`;
  if (operation === 'GetFunctionConfiguration') return ok(shown);
  const reserved = state.reserved.get(name);
  return ok({
    Configuration: shown,
    Code: { RepositoryType: 'S3', Location: `https://raceproof.invalid/${name}` },
    ...(reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
  });
}
