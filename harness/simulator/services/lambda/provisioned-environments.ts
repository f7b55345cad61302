/**
 * Provisioned environments: made and initialised ahead, found by requests of their version, ended when they are too many (LS-11).
 *
 * Which are wanted follows from the configurations (provisioned.ts) and from what aliases point to. The rest is the life of every
 * environment (environments.ts).
 */

import type { WaitMs } from '../../contract/latency.ts';
import type { Moment } from '../../contract/moment.ts';
import { invariant } from '../../kernel/bug.ts';
import { startAhead } from './environments.ts';
import { ENVIRONMENT_START } from './latency.ts';
import type { LambdaEffect } from './messages.ts';
import { note } from './notes.ts';
import { functionOf, type Pointed, pointedTo, qualifierOf, toldName, versionOf } from './qualified.ts';
import { type Candidate, type Environment, type LambdaFunction, type LambdaState, nextProvisioned } from './state.ts';

/** How many environments a qualified name wants of a version. */
interface Wanted {
  readonly target: LambdaFunction;
  readonly count: number;
}

/**
 * UV-73: of an alias that was given weights, the second version gets its share, rounded, and the first the rest. One that moves wants all of
 * both versions (LS-44).
 */
function wantedBy(state: LambdaState, provisionedFor: string): readonly Wanted[] {
  const config = state.provisioned.get(provisionedFor);
  if (config === undefined || config.status === 'FAILED') return [];
  const alias = state.aliases.get(provisionedFor);
  if (alias?.isMoving) {
    return [alias.functionVersion, alias.additional?.version].flatMap((version) => {
      const target = versionOf(state, functionOf(provisionedFor), version ?? '');
      return target === undefined ? [] : [{ target, count: config.requested }];
    });
  }
  const [main, second] = pointedOf(state, provisionedFor);
  if (main === undefined) return [];
  const shared =
    second === undefined ? 0 : Math.round((config.requested * second.weight) / (main.weight + second.weight));
  const first = { target: main.target, count: config.requested - shared };
  return second === undefined ? [first] : [first, { target: second.target, count: shared }];
}

function pointedOf(state: LambdaState, provisionedFor: string): readonly Pointed[] {
  return pointedTo(state, functionOf(provisionedFor), qualifierOf(provisionedFor));
}

function provisionedOf(state: LambdaState, provisionedFor: string): readonly Environment[] {
  return [...state.environments.values()].filter((environment) => environment.provisionedFor === provisionedFor);
}

/** How many environments of a qualified name may serve. */
export function allocatedFor(state: LambdaState, provisionedFor: string): number {
  return provisionedOf(state, provisionedFor).filter(({ isAllocated }) => isAllocated).length;
}

/**
 * Ends the environments of a function that are provisioned and not wanted any more, and has those made that are missing: later, as
 * a step of its own, or at the beginning of the run, if there is none yet.
 */
export function reconcile(
  state: LambdaState,
  functionName: string,
  { hasBegun, nowMs }: Pick<Moment, 'hasBegun' | 'nowMs'>,
): readonly LambdaEffect[] {
  const ended = unwanted(state, functionName).flatMap((environment) => endProvisioned(state, environment));
  const asked: LambdaEffect[] = [];
  for (const [provisionedFor, config] of state.provisioned) {
    if (functionOf(provisionedFor) !== functionName || config.status === 'FAILED') continue;
    const isMissing = missing(state, provisionedFor).length > 0;
    if (isMissing && hasBegun) {
      state.provisioned.set(provisionedFor, { ...config, status: 'IN_PROGRESS' });
      asked.push(provisioning(state, functionName, provisionedFor, nowMs));
    } else if (!hasBegun || isComplete(state, provisionedFor)) {
      state.provisioned.set(provisionedFor, { ...config, status: 'READY' });
    }
  }
  return [...ended, ...asked];
}

function provisioning(state: LambdaState, functionName: string, provisionedFor: string, atMs: number): LambdaEffect {
  const told = toldAs(state, provisionedFor);
  const message = { kind: 'provision', functionName, provisionedFor } as const;
  return { kind: 'timer', of: `${told}/provisioning`, as: 'step', atMs, message, label: `${told} is provisioned` };
}

/** The environments of a function that are provisioned beyond what is wanted: of each version the last. */
export function unwanted(state: LambdaState, functionName: string): readonly Environment[] {
  const left = new Map<LambdaFunction, Map<string, number>>();
  for (const provisionedFor of state.provisioned.keys()) {
    for (const { target, count } of wantedBy(state, provisionedFor))
      left.set(target, (left.get(target) ?? new Map()).set(provisionedFor, count));
  }
  return [...state.environments.values()].filter(({ functionName: name, provisionedFor, target }) => {
    if (name !== functionName || provisionedFor === null) return false;
    const count = left.get(target)?.get(provisionedFor) ?? 0;
    left.get(target)?.set(provisionedFor, count - 1);
    return count <= 0;
  });
}

/** A busy environment finishes its request on demand, and then ends (UV-75). */
function endProvisioned(state: LambdaState, environment: Environment): readonly LambdaEffect[] {
  environment.provisionedFor = null;
  environment.isRetiring = true;
  if (environment.invocation !== null) return [];
  state.environments.delete(environment.id);
  return environment.state === 'reset' ? [] : [{ kind: 'kill', environment: environment.id }];
}

/** The versions of the environments that are missing, one by one. */
function missing(state: LambdaState, provisionedFor: string): readonly LambdaFunction[] {
  const there = provisionedOf(state, provisionedFor);
  return wantedBy(state, provisionedFor).flatMap(({ target, count }) => {
    const known = there.filter((environment) => environment.target === target).length;
    return Array.from({ length: Math.max(0, count - known) }, () => target);
  });
}

/** Makes the environments that are missing. Each runs Init at once; none serves before all are done. */
export function provision(
  state: LambdaState,
  provisionedFor: string,
  wait: WaitMs = ENVIRONMENT_START,
): readonly LambdaEffect[] {
  return missing(state, provisionedFor).map((target) =>
    startAhead(newProvisioned(state, provisionedFor, target), wait),
  );
}

/** A deployment waits until all environments are ready, so they are made at no time. */
export function provisionAll(state: LambdaState): readonly LambdaEffect[] {
  return [...state.provisioned.keys()].flatMap((one) => provision(state, one, { fromMs: 0, toMs: 0 }));
}

function newProvisioned(state: LambdaState, provisionedFor: string, target: LambdaFunction): Environment {
  const told = toldName(state, target.FunctionName, target.Version);
  const number = nextProvisioned(state, told);
  const id = `${told}/provisioned-${number}`;
  const environment: Environment = {
    ...{ id, number, functionName: target.FunctionName, target, provisionedFor },
    ...{ isAllocated: false, isRetiring: false },
    ...{ state: 'starting', invocation: null, starts: 0, lastUsed: 0 },
  };
  state.environments.set(id, environment);
  return environment;
}

/** Init of a provisioned environment is over: it waits, frozen, for its first request. */
export function initialisedAhead(state: LambdaState, environment: Environment): readonly LambdaEffect[] {
  const { id, provisionedFor } = environment;
  invariant(provisionedFor !== null, `${id} was started for nobody`);
  environment.state = 'idle';
  const frozen: LambdaEffect = { kind: 'freeze', environment: id };
  const config = state.provisioned.get(provisionedFor);
  if (config === undefined || !isComplete(state, provisionedFor)) return [frozen];
  state.provisioned.set(provisionedFor, { ...config, status: 'READY' });
  const alias = state.aliases.get(provisionedFor);
  if (alias?.isMoving) state.aliases.set(provisionedFor, { ...alias, additional: null, isMoving: false });
  const ended = unwanted(state, environment.functionName).flatMap((one) => endProvisioned(state, one));
  const all = provisionedOf(state, provisionedFor);
  for (const one of all) one.isAllocated = true;
  const functionName = toldAs(state, provisionedFor);
  const environments = all.map((one) => one.id);
  return [frozen, note({ kind: 'environments-provisioned', functionName, environments }), ...ended];
}

/** None is missing, and none is still in Init ahead of its first request. */
function isComplete(state: LambdaState, provisionedFor: string): boolean {
  if (missing(state, provisionedFor).length > 0) return false;
  return provisionedOf(state, provisionedFor).every((one) => one.state !== 'starting' || one.invocation !== null);
}

/** Init of a provisioned environment has failed, and with it what was asked for (LS-44). */
export function failedAhead(state: LambdaState, environment: Environment): readonly LambdaEffect[] {
  const { provisionedFor, functionName } = environment;
  const config = state.provisioned.get(provisionedFor ?? '');
  invariant(provisionedFor !== null && config !== undefined, `${environment.id} was started for nobody`);
  state.provisioned.set(provisionedFor, { ...config, status: 'FAILED' });
  const ended = unwanted(state, functionName).flatMap((one) => endProvisioned(state, one));
  return [note({ kind: 'provisioning-failed', functionName: toldAs(state, provisionedFor) }), ...ended];
}

/** The qualified name with the function's name as learners know it. */
function toldAs(state: LambdaState, provisionedFor: string): string {
  return toldName(state, functionOf(provisionedFor), qualifierOf(provisionedFor));
}

/**
 * The provisioned environments of a version in the order in which a request takes them, which AWS does not tell (UV-01). In timed runs
 * the one that was used last comes first. In exploration the first request begins with the first, the second with the second: requests
 * that find a place each do not depend on each other.
 */
function inOrder(
  state: LambdaState,
  { functionName, version, number }: Pick<Candidate, 'functionName' | 'version' | 'number'>,
): readonly Environment[] {
  if (state.provisioned.size === 0) return [];
  const all = [...state.environments.values()].filter(
    ({ provisionedFor, isAllocated, functionName: name, target }) =>
      provisionedFor !== null && isAllocated && name === functionName && target.Version === version,
  );
  if (state.rates === 'enforced') return all.sort((a, b) => b.lastUsed - a.lastUsed);
  const first = all.length === 0 ? 0 : (number - 1) % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

/** How many environments of a version may serve, and the first that is free; null if none is. */
export function provisionedAt(
  state: LambdaState,
  candidate: Pick<Candidate, 'functionName' | 'version' | 'number'>,
): { readonly allocated: number; readonly free: Environment | null } {
  const all = inOrder(state, candidate);
  return { allocated: all.length, free: all.find(({ invocation }) => invocation === null) ?? null };
}

/** The provisioned environments that would have been taken instead, if they had been free. */
export function provisionedBefore(
  state: LambdaState,
  candidate: Candidate,
  taken: Environment,
): readonly Environment[] {
  const all = inOrder(state, candidate);
  const place = all.indexOf(taken);
  return place < 0 ? all : all.slice(0, place);
}

/** The provisioned environments of a version that are free, and all of them. */
export function provisionedRoom(
  state: LambdaState,
  functionName: string,
  version: string,
): { readonly free: number; readonly all: readonly Environment[] } {
  const all = inOrder(state, { functionName, version, number: 1 });
  return { free: all.filter(({ invocation }) => invocation === null).length, all };
}
