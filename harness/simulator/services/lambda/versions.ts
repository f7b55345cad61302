/**
 * Versions: snapshots of a function's code and configuration that never change (LS-36, LS-37).
 *
 * Settings only. Which version a request runs is read in qualified.ts, and environments follow in environments.ts.
 */

import { type AwsAnswer, fail, type Input, notSimulated, ok } from '../../contract/answer.ts';
import { isGiven } from '../../contract/request.ts';
import { configuration, shownInList } from './function-configuration.ts';
import { functionNamedIn, notFound, revisionMismatch } from './function-name.ts';
import { functionOf, LATEST, qualifiedName } from './qualified.ts';
import type { Alias } from './qualifier-settings.ts';
import { lambdaInvalid } from './refusal.ts';
import type { LambdaFunction, LambdaState } from './state.ts';

/** `DeployedVersion`: the number that a stack has given the version before it is made. */
const PUBLISH_MEMBERS: readonly string[] = [
  ...['FunctionName', 'CodeSha256', 'Description', 'RevisionId', 'DeployedVersion'],
];

/** `PublishVersion`. A function that has not changed since answers the version of then (LS-36). */
export function publishVersion(state: LambdaState, input: Input): AwsAnswer {
  const unknown = Object.keys(input).find((member) => isGiven(input[member]) && !PUBLISH_MEMBERS.includes(member));
  if (unknown !== undefined) return notSimulated(`${unknown} in PublishVersion`);
  const { name } = functionNamedIn(input);
  const latest = state.functions.get(name);
  if (latest === undefined) return notFound(state, name);
  const { CodeSha256, RevisionId } = configuration(state, latest);
  if (input.CodeSha256 !== undefined && input.CodeSha256 !== '' && input.CodeSha256 !== CodeSha256) {
    const message = `CodeSHA256 (${String(input.CodeSha256)}) is different from current CodeSHA256 in $LATEST (${String(CodeSha256)}). Please try again with the CodeSHA256 in $LATEST.`;
    return lambdaInvalid(message);
  }
  if (input.RevisionId !== undefined && input.RevisionId !== RevisionId) return revisionMismatch();
  const before = state.published.get(name);
  const published = publishLatest(state, latest, input.Description);
  if (input.DeployedVersion !== undefined && before?.number === Number(published.Version)) return alreadyThere(before);
  return ok({
    ...configuration(state, published),
    FunctionArn: qualifiedName(published.FunctionArn, published.Version),
  });
}

/** CloudFormation's words for a version that publishes nothing (LS-42). */
function alreadyThere({ number }: { readonly number: number }): AwsAnswer {
  const message = `A version for this Lambda function exists ( ${number} ). Modify the function to create a new version.`;
  return fail('ResourceConflictException', message, 409, { Type: 'User' });
}

/** The version that holds the function as it is now: a new one, unless the last one does. */
export function publishLatest(state: LambdaState, latest: LambdaFunction, description: unknown): LambdaFunction {
  const { FunctionName: name } = latest;
  const before = state.published.get(name);
  if (before !== undefined && isLike(before.of, latest)) {
    const known = state.versions.get(qualifiedName(name, String(before.number)));
    if (known !== undefined) return known;
  }
  const number = (before?.number ?? 0) + 1;
  const { settings } = latest;
  const variables = { ...settings.variables, AWS_LAMBDA_FUNCTION_VERSION: String(number) };
  const version: LambdaFunction = {
    ...latest,
    Version: String(number),
    Description: description === undefined ? latest.Description : String(description),
    settings: { ...settings, variables },
  };
  state.versions.set(qualifiedName(name, version.Version), version);
  state.published.set(name, { number, of: latest });
  return version;
}

/** Whether the two have the same code and the same configuration: what an update gave may be what was there. */
function isLike(before: LambdaFunction, now: LambdaFunction): boolean {
  const told = ({ revision: _revision, modifiedAtMs: _modifiedAtMs, ...rest }: LambdaFunction): string =>
    JSON.stringify(rest);
  return told(before) === told(now);
}

/** `ListVersionsByFunction`: the unpublished version and all others, with less than a lookup answers (LS-37). */
export function listVersions(state: LambdaState, input: Input): AwsAnswer {
  if (input.Marker !== undefined || input.MaxItems !== undefined)
    return notSimulated('ListVersionsByFunction in pages');
  const { name } = functionNamedIn(input);
  const latest = state.functions.get(name);
  if (latest === undefined) return notFound(state, name);
  const versions = [latest, ...[...state.versions.values()].filter(({ FunctionName }) => FunctionName === name)];
  return ok({ Versions: versions.map((version) => shownInList(state, version)) });
}

/** `DeleteFunction` with a qualifier deletes one version, unless an alias needs it (LS-37). */
export function deleteVersion(state: LambdaState, name: string, version: string): AwsAnswer {
  if (version === LATEST) return lambdaInvalid('$LATEST version cannot be deleted without deleting the function.');
  if (!/^[0-9]+$/.test(version)) return lambdaInvalid('Deletion of aliases is not currently supported.');
  const users = aliasesOf(state, name).filter(
    ({ functionVersion, additional }) => functionVersion === version || additional?.version === version,
  );
  if (users.length > 0) {
    const names = users.map((alias) => alias.name).join(', ');
    const message = `Unable to delete version because the following aliases reference it: [${names}]`;
    return fail('ResourceConflictException', message, 409, { Type: 'User' });
  }
  const qualified = qualifiedName(name, version);
  for (const stored of [state.versions, state.provisioned, state.eventConfigs]) stored.delete(qualified);
  return ok({ StatusCode: 204 });
}

/** The aliases of a function, by name. */
export function aliasesOf({ aliases }: LambdaState, functionName: string): readonly Alias[] {
  const own = [...aliases].flatMap(([qualified, alias]) => (functionOf(qualified) === functionName ? [alias] : []));
  return own.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Forgets all versions and aliases of a function, and what is stored under their names. */
export function deleteQualified(state: LambdaState, functionName: string): void {
  state.published.delete(functionName);
  for (const stored of [state.versions, state.aliases, state.provisioned, state.eventConfigs]) {
    for (const qualified of [...stored.keys()]) if (functionOf(qualified) === functionName) stored.delete(qualified);
  }
}
