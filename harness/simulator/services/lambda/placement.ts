/**
 * In which environment an admitted request runs: a free one of its version or a new one (LS-17). AWS promises neither that a free one
 * is used again nor which (LS-18), so any other than the first is a freedom with a budget, `recycle`.
 *
 * Whether a request may run at all is decided in admission.ts; which provisioned environment comes first, in provisioned-environments.ts.
 */

import { afterPassage } from '../../contract/event-chain.ts';
import type { Footprint } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import { invariant } from '../../kernel/bug.ts';
import { begin } from './environments.ts';
import { freePath } from './footprints.ts';
import type { LambdaEffect, LambdaMessage, LambdaStep } from './messages.ts';
import { note } from './notes.ts';
import { provisionedBefore } from './provisioned-environments.ts';
import { toldName, versionOf } from './qualified.ts';
import { type Candidate, type Environment, functionNumber, type Invocation, type LambdaState } from './state.ts';

/** Of many free environments, at most this number of others is offered beside the first: more would show nothing new. */
const MOST_OTHERS = 3;

/** Gives an admitted request an environment. `free`: the one that comes first, if there is one. */
export function placeRequest(
  state: LambdaState,
  candidate: Candidate,
  free: Environment | null,
  moment: Pick<Moment, 'nowMs' | 'decidesBy'>,
): LambdaStep {
  if (free === null || !moment.decidesBy('recycle')) return runIn(state, candidate, free, moment.nowMs);
  const ordinary = { kind: 'run-in', candidate, environment: free.id, isRecycled: false } as const;
  const others = othersThatAreFree(state, free).map(({ id }) => id);
  // A provisioned environment is what the function pays for: while one is free, none is made.
  const instead = free.provisionedFor === null ? [...others, null] : others;
  const recycled = instead.map((environment) => ({ ...ordinary, environment, isRecycled: true }));
  return {
    effects: [{ kind: 'offer', fault: 'recycle', options: [ordinary, ...recycled] }],
    // Which environments are free decides what is offered.
    footprint: { reads: [anyFree(state, candidate)], writes: [] },
  };
}

/** Runs a request where it was chosen to run. */
export function runWhereChosen(
  state: LambdaState,
  { candidate, environment: id, isRecycled }: LambdaMessage & { readonly kind: 'run-in' },
  nowMs: number,
): LambdaStep {
  const chosen = id === null ? null : state.environments.get(id);
  invariant(chosen !== undefined, `no environment «${id}»`);
  const { effects, footprint } = runIn(state, candidate, chosen, nowMs);
  if (!isRecycled) return { effects, footprint };
  const by = invocationIdOf(state, candidate);
  return { effects: [{ kind: 'strike', fault: 'recycle', by }, ...effects], footprint };
}

/** Begins the invocation in this environment, or in a new one. */
function runIn(state: LambdaState, candidate: Candidate, free: Environment | null, nowMs: number): LambdaStep {
  const { functionName, qualifier, number, payloadJson, origin, chain } = candidate;
  const environment = free ?? newEnvironment(state, candidate);
  const invocation: Invocation = {
    id: invocationIdOf(state, candidate),
    ...{ functionName, qualifier },
    environment: environment.id,
    origin,
    requestId: origin.kind === 'event' ? origin.requestId : requestId(functionNumber(state, functionName), number),
    payloadJson,
    cold: environment.state !== 'idle',
    deadlineMs: null,
    chain: afterPassage(chain, functionName),
  };
  state.invocations.set(invocation.id, invocation);
  const shown = toldName(state, functionName, null);
  const created: readonly LambdaEffect[] =
    free === null ? [note({ kind: 'environment-created', functionName: shown, environment: environment.id })] : [];
  return {
    effects: [...created, ...begin(state, environment, invocation, nowMs)],
    footprint:
      free === null ? { reads: [anyFree(state, candidate)], writes: [] } : takenFootprint(state, candidate, free),
  };
}

/**
 * A free environment that was made for a request; one that was reset counts as free (LS-21). In timed runs it is the most recently used
 * one (UV-01). In exploration it is the one that was created first: AWS promises neither, and with this rule the order in which
 * environments become free does not matter.
 */
export function freeEnvironment(
  state: LambdaState,
  { functionName, version }: Pick<Candidate, 'functionName' | 'version'>,
): Environment | null {
  let best: Environment | null = null;
  for (const environment of state.environments.values()) {
    if (environment.invocation !== null || !isOnDemandOf(environment, functionName, version)) continue;
    if (best === null || comesBefore(state, environment, best)) best = environment;
  }
  return best;
}

function isOnDemandOf(environment: Environment, functionName: string, version: string): boolean {
  const { functionName: name, target, provisionedFor } = environment;
  return provisionedFor === null && name === functionName && target.Version === version;
}

/** The next free environments after the first: of a provisioned one, those that are provisioned, too. */
function othersThatAreFree(state: LambdaState, first: Environment): readonly Environment[] {
  return [...state.environments.values()]
    .filter((other) => isLike(other, first) && other.isAllocated && other !== first && other.invocation === null)
    .sort((a, b) => a.number - b.number)
    .slice(0, MOST_OTHERS);
}

function isLike(other: Environment, { functionName, target, provisionedFor }: Environment): boolean {
  const isAlike = (other.provisionedFor === null) === (provisionedFor === null);
  return isAlike && other.functionName === functionName && other.target.Version === target.Version;
}

/** The environments that would have been taken instead, if they had been free. */
function environmentsBefore(state: LambdaState, candidate: Candidate, taken: Environment): readonly Environment[] {
  const ahead = provisionedBefore(state, candidate, taken);
  if (taken.provisionedFor !== null) return ahead;
  const onDemand = [...state.environments.values()].filter(
    (other) => isLike(other, taken) && other !== taken && comesBefore(state, other, taken),
  );
  return [...ahead, ...onDemand];
}

function comesBefore(state: LambdaState, a: Environment, b: Environment): boolean {
  return state.rates === 'enforced' ? a.lastUsed > b.lastUsed : a.number < b.number;
}

function takenFootprint(state: LambdaState, candidate: Candidate, taken: Environment): Footprint {
  const passedOver = environmentsBefore(state, candidate, taken).map(({ id }) => freePath(id));
  return { reads: passedOver, writes: [freePath(taken.id)] };
}

/**
 * A request that finds no free environment would have taken any, including one that is created and freed before a later
 * request. Two such requests do not conflict: each creates its own, named after its own number.
 */
function anyFree(state: LambdaState, { functionName, version }: Candidate): string {
  return freePath(`${toldName(state, functionName, version)}/*`);
}

function newEnvironment(state: LambdaState, { functionName, version, number }: Candidate): Environment {
  const told = toldName(state, functionName, version);
  const id = `${told}/environment-${number}`;
  const target = versionOf(state, functionName, version);
  invariant(target !== undefined, `no function «${told}»`);
  const environment: Environment = {
    ...{ id, number, functionName, target },
    ...{ provisionedFor: null, isAllocated: true, isRetiring: false },
    state: 'reset',
    invocation: null,
    starts: 0,
    lastUsed: 0,
  };
  state.environments.set(id, environment);
  return environment;
}

function invocationIdOf(state: LambdaState, { functionName, version, number }: Candidate): string {
  return `${toldName(state, functionName, version)}#${number}`;
}

/**
 * Ids look like AWS's and are counted per function: equal choices give equal traces, and other functions do not change them.
 */
export function requestId(functionIndex: number, n: number): string {
  return `00000000-0000-4000-8000-${functionIndex.toString(16).padStart(4, '0')}${n.toString(16).padStart(8, '0')}`;
}
