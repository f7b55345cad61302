/**
 * Aliases: names for versions that can be moved, and that share requests out between two (LS-39, LS-40).
 *
 * Settings only; which version a request gets is decided in routing.ts.
 */

import { type AwsAnswer, fail, type Input, notSimulated, ok } from '../../contract/answer.ts';
import { functionArn } from '../../contract/arn.ts';
import { memberBreaks } from '../../contract/refusal.ts';
import { isRecord } from '../../contract/request.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import { aliasNotFound, functionNamedIn, notFound, revisionMismatch } from './function-name.ts';
import { versionsProblem } from './provisioned.ts';
import { allocatedFor } from './provisioned-environments.ts';
import { LATEST, qualifiedName, versionOf } from './qualified.ts';
import type { Alias } from './qualifier-settings.ts';
import { lambdaInvalid, lambdaMemberBroken, lambdaMemberMissing } from './refusal.ts';
import type { LambdaState } from './state.ts';
import { aliasesOf } from './versions.ts';

const TYPE = { Type: 'User' };

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
const NAME = /^(?![0-9]+$)[a-zA-Z0-9-_]{1,128}$/;
const NAME_RULE = 'satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)';

/** `CreateAlias`. */
export function createAlias(state: LambdaState, input: Input): AwsAnswer {
  const { name: functionName } = functionNamedIn(input);
  const missing = ['FunctionName', 'Name', 'FunctionVersion'].find((member) => input[member] === undefined);
  if (missing !== undefined) return lambdaMemberMissing(missing);
  const name = String(input.Name);
  if (!NAME.test(name)) return lambdaMemberBroken(name, 'Name', NAME_RULE);
  const functionVersion = String(input.FunctionVersion);
  const problem = versionProblem(state, functionName, functionVersion);
  if (problem !== null) return problem;
  const qualified = qualifiedName(functionName, name);
  const arn = qualifiedName(functionArn(functionName, state), name);
  if (state.aliases.has(qualified)) return fail('ResourceConflictException', `Alias already exists: ${arn}`, 409, TYPE);
  const routing = readRouting(state, functionName, functionVersion, input.RoutingConfig);
  if (!routing.ok) return routing.answer;
  const { additional } = routing;
  const description = String(input.Description ?? '');
  const alias: Alias = { name, functionVersion, description, additional, isMoving: false, revision: 1 };
  state.aliases.set(qualified, alias);
  return ok(shownAlias(state, functionName, alias));
}

/** `UpdateAlias` keeps what it does not name. An empty `RoutingConfig` takes the second version away. */
export function updateAlias(state: LambdaState, input: Input): AwsAnswer {
  const { name: functionName } = functionNamedIn(input);
  const found = aliasNamed(state, functionName, input);
  if (!found.ok) return found.answer;
  const { alias: before } = found;
  if (input.RevisionId !== undefined && input.RevisionId !== shownAlias(state, functionName, before).RevisionId)
    return revisionMismatch();
  const functionVersion = String(input.FunctionVersion ?? before.functionVersion);
  const problem = versionProblem(state, functionName, functionVersion);
  if (problem !== null) return problem;
  const shared = before.isMoving ? null : before.additional;
  const kept = { AdditionalVersionWeights: shared === null ? {} : weightsOf(shared) };
  const routing = readRouting(state, functionName, functionVersion, input.RoutingConfig ?? kept);
  if (!routing.ok) return routing.answer;
  const { additional } = routing;
  const description = String(input.Description ?? before.description);
  const changed = {
    ...before,
    functionVersion,
    description,
    additional,
    isMoving: false,
    revision: before.revision + 1,
  };
  const alias: Alias = moved(state, qualifiedName(functionName, before.name), before, changed);
  const unprovided = provisionedProblem(state, functionName, changed);
  if (unprovided !== null) return unprovided;
  state.aliases.set(qualifiedName(functionName, alias.name), alias);
  return ok(shownAlias(state, functionName, alias));
}

/** `GetAlias`. */
export function getAlias(state: LambdaState, input: Input): AwsAnswer {
  const { name } = functionNamedIn(input);
  const found = aliasNamed(state, name, input);
  return found.ok ? ok(shownAlias(state, name, found.alias)) : found.answer;
}

/** `ListAliases`, of all versions or of one. */
export function listAliases(state: LambdaState, input: Input): AwsAnswer {
  if (input.Marker !== undefined || input.MaxItems !== undefined) return notSimulated('ListAliases in pages');
  const { name } = functionNamedIn(input);
  if (!state.functions.has(name)) return notFound(state, name);
  const { FunctionVersion: version } = input;
  const wanted = aliasesOf(state, name).filter((alias) => version === undefined || alias.functionVersion === version);
  return ok({ Aliases: wanted.map((alias) => shownAlias(state, name, alias)) });
}

/** `DeleteAlias`, with what is stored under its name. One that is not there is deleted already. */
export function deleteAlias(state: LambdaState, input: Input): AwsAnswer {
  if (input.Name === undefined) return lambdaMemberMissing('Name');
  const { name } = functionNamedIn(input);
  const qualified = qualifiedName(name, String(input.Name));
  if (state.aliases.delete(qualified)) {
    state.provisioned.delete(qualified);
    state.eventConfigs.delete(qualified);
  }
  return ok({});
}

type Found = { readonly ok: true; readonly alias: Alias } | { readonly ok: false; readonly answer: AwsAnswer };

function aliasNamed(state: LambdaState, functionName: string, { Name }: Input): Found {
  const alias = state.aliases.get(qualifiedName(functionName, String(Name ?? '')));
  return alias === undefined
    ? { ok: false, answer: aliasNotFound(state, functionName, String(Name ?? '')) }
    : { ok: true, alias };
}

function versionProblem(state: LambdaState, functionName: string, version: string): AwsAnswer | null {
  return versionOf(state, functionName, version) === undefined ? notFound(state, functionName, version) : null;
}

/** LS-44: as long as environments are made for the version to which an alias moves, requests go to the version before. */
function moved(state: LambdaState, qualified: string, before: Alias, now: Alias): Alias {
  const version = before.isMoving ? (before.additional?.version ?? before.functionVersion) : before.functionVersion;
  const isStaying = version === now.functionVersion || now.additional !== null;
  if (isStaying || allocatedFor(state, qualified) === 0) return now;
  return { ...now, additional: { version, weight: 1 }, isMoving: true };
}

/** An alias for which environments are provisioned can move to published versions that have none (LS-41). */
function provisionedProblem(state: LambdaState, functionName: string, alias: Alias): AwsAnswer | null {
  const qualified = qualifiedName(functionName, alias.name);
  if (!state.provisioned.has(qualified)) return null;
  const { functionVersion, additional } = alias;
  return versionsProblem(state, functionName, qualified, [
    functionVersion,
    ...(additional === null ? [] : [additional.version]),
  ]);
}

type Routing =
  | { readonly ok: true; readonly additional: Alias['additional'] }
  | { readonly ok: false; readonly answer: AwsAnswer };

/** The second version and its share; null if there is none (LS-40). */
function readRouting(state: LambdaState, functionName: string, main: string, config: unknown): Routing {
  const given = isRecord(config) && isRecord(config.AdditionalVersionWeights) ? config.AdditionalVersionWeights : {};
  const [first, ...more] = Object.entries(given);
  if (first === undefined) return { ok: true, additional: null };
  const [version, weight] = [first[0], Number(first[1])];
  const problem =
    more.length > 0
      ? lambdaInvalid('Number of items in AdditionalVersionWeights cannot be greater than 1')
      : (weightProblem(version, weight) ?? sharingProblem(state, functionName, main, version));
  return problem === null ? { ok: true, additional: { version, weight } } : { ok: false, answer: problem };
}

function weightProblem(version: string, weight: number): AwsAnswer | null {
  const told = `'{${version}=${Number.isInteger(weight) ? `${weight}.0` : weight}}'`;
  const breaks = (rule: string) =>
    fail(
      'ValidationException',
      memberBreaks(told, 'routingConfig.additionalVersionWeights', rule).replace('Member must ', ''),
      400,
    );
  if (!(weight >= 0 && weight <= 1))
    return breaks(
      'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]',
    );
  if (/^[0-9]{1,1024}$/.test(version)) return null;
  return breaks(
    'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+, Member must not be null]',
  );
}

function sharingProblem(state: LambdaState, functionName: string, main: string, version: string): AwsAnswer | null {
  if (version === main)
    return lambdaInvalid(
      `Invalid function version ${main}. Function version ${main} is already included in routing configuration.`,
    );
  if (main === LATEST)
    return fail(
      'InvalidParameterValueException',
      '$LATEST is not supported for an alias pointing to more than 1 version',
    );
  return versionProblem(state, functionName, version);
}

function weightsOf({ version, weight }: NonNullable<Alias['additional']>): Readonly<Record<string, number>> {
  return { [version]: weight };
}

function shownAlias(state: LambdaState, functionName: string, alias: Alias): Readonly<Record<string, unknown>> {
  const { name, functionVersion, description, additional, revision } = alias;
  const routing = additional === null ? {} : { RoutingConfig: { AdditionalVersionWeights: weightsOf(additional) } };
  return {
    AliasArn: qualifiedName(functionArn(functionName, state), name),
    ...{ Name: name, FunctionVersion: functionVersion, Description: description, ...routing },
    RevisionId: revisionOf(state, functionName, alias, revision),
  };
}

/** Looks like AWS's; it differs for each change of each alias. */
function revisionOf(state: LambdaState, functionName: string, { name }: Alias, revision: number): string {
  const number = state.functions.get(functionName)?.number ?? 0;
  return uuidFrom(`revision ${revision} of the alias ${name} of function ${number}`);
}
