/**
 * Provisioned concurrency: its operations, and what they refuse (LS-11, LS-12, LS-41).
 *
 * Settings only. The environments follow in provisioned-environments.ts, the limits in limits.ts.
 */

import { type AwsAnswer, fail, type Input, notSimulated, ok } from '../../contract/answer.ts';
import { functionArn } from '../../contract/arn.ts';
import { aliasNotFound, functionNamedIn, notFound } from './function-name.ts';
import { provisionedUnits, unreservedUnits } from './limits.ts';
import { allocatedFor } from './provisioned-environments.ts';
import { functionOf, LATEST, pointedTo, qualifiedName, qualifierOf } from './qualified.ts';
import type { ProvisionedConfig } from './qualifier-settings.ts';
import { numberOutOfBounds } from './ranges.ts';
import { lambdaInvalid, lambdaMemberMissing } from './refusal.ts';
import type { LambdaState } from './state.ts';

const TYPE = { Type: 'User' };

const LIMITS = {
  ProvisionedConcurrentExecutions: { least: 1, most: Number.MAX_SAFE_INTEGER },
} as const;

const UNPUBLISHED = 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.';
const NO_QUALIFIER = 'The function resource provided must be an alias or a published version.';

/** `PutProvisionedConcurrencyConfig`: the environments are not there yet when it answers (LS-11). */
export function putProvisioned(state: LambdaState, input: Input, nowMs: number): AwsAnswer {
  const { ProvisionedConcurrentExecutions: requested } = input;
  if (typeof requested !== 'number') return lambdaMemberMissing('ProvisionedConcurrentExecutions');
  const problem = numberOutOfBounds(input, LIMITS);
  if (problem !== null) return problem;
  const target = targetOf(state, input, UNPUBLISHED);
  if (!target.ok) return target.answer;
  const { name, qualified } = target;
  if ((state.aliases.get(qualified)?.additional ?? null) !== null)
    return lambdaInvalid('Alias with weights can not be used with Provisioned Concurrency');
  const versions = pointedTo(state, name, target.qualifier).map((pointed) => pointed.target.Version);
  const refused = versionsProblem(state, name, qualified, versions) ?? tooMuch(state, name, qualified, requested);
  if (refused !== null) return refused;
  const config: ProvisionedConfig = { requested, status: 'IN_PROGRESS', modifiedAtMs: nowMs };
  state.provisioned.set(qualified, config);
  return ok(shownConfig(state, qualified, config));
}

/** `GetProvisionedConcurrencyConfig`. */
export function getProvisioned(state: LambdaState, input: Input): AwsAnswer {
  const target = targetOf(state, input, NO_QUALIFIER);
  if (!target.ok) return target.answer;
  const config = state.provisioned.get(target.qualified);
  if (config !== undefined) return ok(shownConfig(state, target.qualified, config));
  const message = 'No Provisioned Concurrency Config found for this function';
  return fail('ProvisionedConcurrencyConfigNotFoundException', message, 404, TYPE);
}

/** `DeleteProvisionedConcurrencyConfig`. One that is not there is deleted already. */
export function deleteProvisioned(state: LambdaState, input: Input): AwsAnswer {
  const target = targetOf(state, input, NO_QUALIFIER);
  if (!target.ok) return target.answer;
  state.provisioned.delete(target.qualified);
  return ok({});
}

/** `ListProvisionedConcurrencyConfigs`, of all versions and aliases of a function. */
export function listProvisioned(state: LambdaState, input: Input): AwsAnswer {
  if (input.Marker !== undefined || input.MaxItems !== undefined)
    return notSimulated('ListProvisionedConcurrencyConfigs in pages');
  const { name } = functionNamedIn(input);
  if (!state.functions.has(name)) return notFound(state, name);
  const own = [...state.provisioned].filter(([qualified]) => functionOf(qualified) === name);
  const shown = own.map(([qualified, config]) => ({
    FunctionArn: qualifiedName(functionArn(name, state), qualifierOf(qualified)),
    ...shownConfig(state, qualified, config),
  }));
  return ok({ ProvisionedConcurrencyConfigs: shown.sort((a, b) => (a.FunctionArn < b.FunctionArn ? -1 : 1)) });
}

interface Target {
  readonly name: string;
  readonly qualifier: string;
  readonly qualified: string;
}

/** A version or an alias of the account. `unqualified`: what is said of a function without either. */
function targetOf(
  state: LambdaState,
  input: Input,
  unqualified: string,
): ({ readonly ok: true } & Target) | { readonly ok: false; readonly answer: AwsAnswer } {
  const refused = (answer: AwsAnswer) => ({ ok: false, answer }) as const;
  const { name, qualifier, problem } = functionNamedIn(input);
  if (problem !== null) return refused(problem);
  if (qualifier === undefined) return refused(lambdaMemberMissing('Qualifier'));
  if (qualifier === LATEST) return refused(lambdaInvalid(unqualified));
  if (pointedTo(state, name, qualifier).length > 0)
    return { ok: true, name, qualifier, qualified: qualifiedName(name, qualifier) };
  const isVersion = /^[0-9]+$/.test(qualifier);
  return refused(isVersion ? notFound(state, name, qualifier) : aliasNotFound(state, name, qualifier));
}

/**
 * Why environments can't be provisioned for these versions under this name: one is unpublished, or has some of its own or of another
 * alias that points to it (LS-41).
 */
export function versionsProblem(
  state: LambdaState,
  name: string,
  qualified: string,
  versions: readonly string[],
): AwsAnswer | null {
  if (versions.includes(LATEST)) return lambdaInvalid(UNPUBLISHED);
  for (const other of state.provisioned.keys()) {
    if (other === qualified || functionOf(other) !== name) continue;
    const pointed = pointedTo(state, name, qualifierOf(other));
    if (!pointed.some(({ target }) => versions.includes(target.Version))) continue;
    const isAlias = state.aliases.has(qualified);
    const message = isAlias
      ? "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"
      : 'Version is pointed by a Provisioned Concurrency alias';
    return fail('ResourceConflictException', message, 409, TYPE);
  }
  return null;
}

/** LS-12: within the function's reservation if it has one, otherwise within what the account has left unreserved. */
function tooMuch(state: LambdaState, name: string, qualified: string, requested: number): AwsAnswer | null {
  const before = state.provisioned.get(qualified);
  const own = before === undefined || before.status === 'FAILED' ? 0 : before.requested;
  const reserved = state.reserved.get(name);
  if (reserved !== undefined) {
    if (provisionedUnits(state, name) - own + requested <= reserved) return null;
    return lambdaInvalid(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    );
  }
  const left = unreservedUnits(state) + own;
  if (requested > left)
    return fail(
      'InvalidParameterValueException',
      `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${left}].`,
    );
  if (left - requested >= state.unreservedFloor) return null;
  return fail(
    'InvalidParameterValueException',
    `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${state.unreservedFloor}].`,
  );
}

function shownConfig(
  state: LambdaState,
  qualified: string,
  config: ProvisionedConfig,
): Readonly<Record<string, unknown>> {
  const { requested, status, modifiedAtMs } = config;
  const allocated = allocatedFor(state, qualified);
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: allocated,
    AllocatedProvisionedConcurrentExecutions: allocated,
    Status: status,
    ...(status === 'FAILED' ? { StatusReason: 'FUNCTION_ERROR_INIT_FAILURE' } : {}),
    LastModified: new Date(state.epochMs + modifiedAtMs).toISOString().replace(/\.\d+Z$/, '+0000'),
  };
}
