/**
 * Qualified names: which versions `bump`, `bump:2` and `bump:live` stand for (LS-36, LS-39).
 *
 * A function's own name is that of its unpublished version, `$LATEST`. What is stored under a name stands in
 * qualifier-settings.ts; how versions and aliases are made, in versions.ts and aliases.ts.
 */

import type { Environment, LambdaFunction, LambdaState } from './state.ts';

/** The unpublished version. */
export const LATEST = '$LATEST';

/** `bump:live`; `bump` for the unpublished version. */
export function qualifiedName(functionName: string, qualifier: string | null | undefined): string {
  return (qualifier ?? LATEST) === LATEST ? functionName : `${functionName}:${qualifier}`;
}

/** The function's name in a qualified one. */
export function functionOf(qualified: string): string {
  const end = qualified.indexOf(':');
  return end < 0 ? qualified : qualified.slice(0, end);
}

/** The version or the alias in a qualified name; null for the unpublished version. */
export function qualifierOf(qualified: string): string | null {
  const end = qualified.indexOf(':');
  return end < 0 ? null : qualified.slice(end + 1);
}

/** A qualified name with the function's name as learners know it. */
export function toldName(state: LambdaState, functionName: string, qualifier: string | null): string {
  return qualifiedName(state.displayNames.get(functionName) ?? functionName, qualifier);
}

/** A version by its number, or the unpublished one. */
export function versionOf(state: LambdaState, functionName: string, version: string): LambdaFunction | undefined {
  return version === LATEST
    ? state.functions.get(functionName)
    : state.versions.get(qualifiedName(functionName, version));
}

/** A version to which requests go. */
export interface Pointed {
  readonly target: LambdaFunction;
  /** Of ten thousand requests, as many as this. */
  readonly weight: number;
}

const ALL = 10_000;

/** The versions to which requests for a qualifier go, an alias's main one first. None, if there is no such qualifier. */
export function pointedTo(state: LambdaState, functionName: string, qualifier: string | null): readonly Pointed[] {
  const alias = state.aliases.get(qualifiedName(functionName, qualifier));
  const { additional = null } = alias ?? {};
  const shared = additional === null ? 0 : Math.round(additional.weight * ALL);
  const of = (version: string, weight: number): readonly Pointed[] => {
    const target = versionOf(state, functionName, version);
    return target === undefined || weight === 0 ? [] : [{ target, weight }];
  };
  const main = of(alias?.functionVersion ?? qualifier ?? LATEST, ALL - shared);
  return additional === null ? main : [...main, ...of(additional.version, shared)];
}

/** Whether the environment's configuration is no more that of its version: the function was changed, or deleted. */
export function isOutdated(state: LambdaState, { functionName, target }: Environment): boolean {
  return versionOf(state, functionName, target.Version) !== target;
}
