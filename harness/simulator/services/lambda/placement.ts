/**
 * In which environment an admitted request runs: a free one or a new one (LS-17). AWS promises neither that a free one is used
 * again nor which (LS-18), so any other than the first is a freedom with a budget, `recycle`.
 *
 * Whether a request may run at all is decided in admission.ts.
 */

import { afterPassage } from '../../contract/event-chain.ts';
import type { Footprint } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import { invariant } from '../../kernel/bug.ts';
import { begin } from './environments.ts';
import { freePath } from './footprints.ts';
import type { LambdaEffect, LambdaMessage, LambdaStep } from './messages.ts';
import { note } from './notes.ts';
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
  const recycled = [...others, null].map((environment) => ({ ...ordinary, environment, isRecycled: true }));
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
  const { functionName, number, payloadJson, origin, chain } = candidate;
  const environment = free ?? newEnvironment(state, functionName, number);
  const invocation: Invocation = {
    id: invocationIdOf(state, candidate),
    functionName,
    environment: environment.id,
    origin,
    requestId: origin.kind === 'event' ? origin.requestId : requestId(functionNumber(state, functionName), number),
    payloadJson,
    cold: environment.state !== 'idle',
    deadlineMs: null,
    chain: afterPassage(chain, functionName),
  };
  state.invocations.set(invocation.id, invocation);
  const shown = shownName(state, functionName);
  const created: readonly LambdaEffect[] =
    free === null ? [note({ kind: 'environment-created', functionName: shown, environment: environment.id })] : [];
  return {
    effects: [...created, ...begin(state, environment, invocation, nowMs)],
    footprint: free === null ? { reads: [anyFree(state, candidate)], writes: [] } : takenFootprint(state, free),
  };
}

/**
 * A free environment; one that was reset counts as free (LS-21). In timed runs it is the most recently used one (UV-01). In
 * exploration it is the one that was created first: AWS promises neither, and with this rule the order in which environments
 * become free does not matter.
 */
export function freeEnvironment(state: LambdaState, name: string): Environment | null {
  let best: Environment | null = null;
  for (const environment of state.environments.values()) {
    if (environment.functionName !== name || environment.invocation !== null) continue;
    if (best === null || comesBefore(state, environment, best)) best = environment;
  }
  return best;
}

/** The next free environments after the first. */
function othersThatAreFree(state: LambdaState, first: Environment): readonly Environment[] {
  return [...state.environments.values()]
    .filter((other) => other.functionName === first.functionName && other !== first && other.invocation === null)
    .sort((a, b) => a.number - b.number)
    .slice(0, MOST_OTHERS);
}

/** The environments that would have been taken instead, if they had been free. */
function environmentsBefore(state: LambdaState, taken: Environment): readonly Environment[] {
  return [...state.environments.values()].filter(
    (other) => other.functionName === taken.functionName && other !== taken && comesBefore(state, other, taken),
  );
}

function comesBefore(state: LambdaState, a: Environment, b: Environment): boolean {
  return state.rates === 'enforced' ? a.lastUsed > b.lastUsed : a.number < b.number;
}

function takenFootprint(state: LambdaState, taken: Environment): Footprint {
  const passedOver = environmentsBefore(state, taken).map(({ id }) => freePath(id));
  return { reads: passedOver, writes: [freePath(taken.id)] };
}

/**
 * A request that finds no free environment would have taken any, including one that is created and freed before a later
 * request. Two such requests do not conflict: each creates its own, named after its own number.
 */
function anyFree(state: LambdaState, { functionName }: Candidate): string {
  return freePath(`${shownName(state, functionName)}/*`);
}

function newEnvironment(state: LambdaState, name: string, number: number): Environment {
  const id = `${shownName(state, name)}/environment-${number}`;
  const target = state.functions.get(name);
  invariant(target !== undefined, `no function «${name}»`);
  const environment: Environment = {
    ...{ id, number, functionName: name, target },
    state: 'reset',
    invocation: null,
    starts: 0,
    lastUsed: 0,
  };
  state.environments.set(id, environment);
  return environment;
}

function invocationIdOf(state: LambdaState, { functionName, number }: Candidate): string {
  return `${shownName(state, functionName)}#${number}`;
}

/**
 * Ids look like AWS's and are counted per function: equal choices give equal traces, and other functions do not change them.
 */
export function requestId(functionIndex: number, n: number): string {
  return `00000000-0000-4000-8000-${functionIndex.toString(16).padStart(4, '0')}${n.toString(16).padStart(8, '0')}`;
}

function shownName(state: LambdaState, functionName: string): string {
  return state.displayNames.get(functionName) ?? functionName;
}
