/**
 * The life of an execution environment: Init, Invoke, freeze, reset (LS-17 to LS-23, LS-27 to LS-29).
 *
 * Begins and ends invocations and answers their callers. Admission decides before which requests may run.
 */

import type { AwsAnswer } from '../../contract/answer.ts';
import type { EnvironmentSettings, HostInvocation } from '../../contract/code.ts';
import type { CodeEffect } from '../../contract/effect.ts';
import { chainedBy } from '../../contract/event-chain.ts';
import { valueOfJsonText } from '../../contract/json-text.ts';
import type { WaitMs } from '../../contract/latency.ts';
import { invariant } from '../../kernel/bug.ts';
import { ENVIRONMENT_START } from './latency.ts';
import type { LambdaEffect, LambdaMessage } from './messages.ts';
import { note } from './notes.ts';
import { answerOf, type End, outcomeOfEnd } from './outcomes.ts';
import { isOutdated, qualifiedName } from './qualified.ts';
import {
  type Environment,
  type Invocation,
  type LambdaFunction,
  type LambdaState,
  nextNumber,
  type Origin,
} from './state.ts';
import type { InvocationOutcome, LambdaEvent } from './trace-events.ts';

/** Init may take 10 seconds; then it is stopped and run again within the function's timeout (LS-20). */
const INIT_PHASE_MS = 10_000;

/** Gives an environment to an invocation. It runs Init first if the environment has no live process. */
export function begin(
  state: LambdaState,
  environment: Environment,
  invocation: Invocation,
  nowMs: number,
): readonly LambdaEffect[] {
  invariant(environment.invocation === null, `${environment.id} is busy already: one environment, one request (LS-17)`);
  environment.invocation = invocation.id;
  if (environment.state === 'idle') return invoke(state, environment, invocation, nowMs);
  environment.state = 'starting';
  return [
    { ...start(environment), first: callOf(environment, invocation, nowMs) },
    deadline(initOf(environment), nowMs + INIT_PHASE_MS, { kind: 'init-overran', environment: environment.id }),
  ];
}

/** Starts an environment that nobody has asked for yet: it is provisioned (LS-11). Nothing limits its Init here. */
export function startAhead(environment: Environment, wait: WaitMs): LambdaEffect {
  return { ...start(environment), wait };
}

/** The next process of an environment. */
function start(environment: Environment): CodeEffect & { readonly kind: 'start' } {
  environment.starts += 1;
  return {
    kind: 'start',
    environment: environment.id,
    process: environment.starts,
    settings: settingsOf(environment),
    wait: ENVIRONMENT_START,
  };
}

/** A provisioned environment is told so (LS-43). */
function settingsOf({ target, provisionedFor }: Environment): EnvironmentSettings {
  const { settings } = target;
  if (provisionedFor === null) return settings;
  return {
    ...settings,
    variables: { ...settings.variables, AWS_LAMBDA_INITIALIZATION_TYPE: 'provisioned-concurrency' },
  };
}

/** Init is over. The invocation that waited for it begins now, and its timeout starts (LS-23). */
export function initialised(state: LambdaState, environmentId: string, nowMs: number): readonly LambdaEffect[] {
  const environment = environmentOf(state, environmentId);
  invariant(environment.state === 'starting', `${environmentId} was not starting`);
  const invocation = state.invocations.get(environment.invocation ?? '');
  invariant(invocation !== undefined, `${environmentId} was started for nobody`);
  return [{ kind: 'cancel', of: initOf(environment) }, ...invoke(state, environment, invocation, nowMs)];
}

/** The name of the timer that limits an environment's Init. */
function initOf({ id }: Environment): string {
  return `${id}/init`;
}

/** A limit of Lambda's own: if it passes while other work is enabled, that work was slow. */
function deadline(of: string, atMs: number, message: LambdaMessage): LambdaEffect {
  return {
    kind: 'timer',
    of,
    as: 'deadline',
    atMs,
    message,
    label: `the deadline of ${of}`,
    isCancellable: true,
    owner: { actor: of, isInvocation: true },
  };
}

function invoke(
  state: LambdaState,
  environment: Environment,
  invocation: Invocation,
  nowMs: number,
): readonly LambdaEffect[] {
  environment.state = 'busy';
  const call = callOf(environment, invocation, nowMs);
  const { deadlineMs } = call.context;
  invocation.deadlineMs = deadlineMs;
  return [
    started(state, environment, invocation),
    deadline(invocation.id, deadlineMs, { kind: 'timed-out', invocation: invocation.id }),
    { kind: 'invoke', environment: environment.id, ...call, ...chainedBy(invocation.chain) },
  ];
}

/** The handler's input if Invoke begins at `nowMs`. */
function callOf({ target }: Environment, invocation: Invocation, nowMs: number): HostInvocation {
  const { FunctionArn, Timeout } = target;
  const { id, payloadJson, requestId, qualifier } = invocation;
  // LS-38: the ARN by which it was invoked.
  const functionArn = qualifiedName(FunctionArn, qualifier);
  const context = { requestId, functionArn, deadlineMs: nowMs + Timeout * 1_000 };
  return { invocation: id, payloadJson, context };
}

function started(state: LambdaState, { target }: Environment, invocation: Invocation): LambdaEffect {
  return note({
    kind: 'invocation-started',
    invocation: invocation.id,
    functionName: shownName(state, invocation.functionName),
    ...toldVersion(target, invocation.qualifier),
    environment: invocation.environment,
    cold: invocation.cold,
    requestId: invocation.requestId,
    payload: valueOfJsonText(invocation.payloadJson),
  });
}

type Started = LambdaEvent & { readonly kind: 'invocation-started' };

/** What a line of the trace says of versions; nothing, if the request named none. */
function toldVersion({ Version }: LambdaFunction, qualifier: string | null): Pick<Started, 'version' | 'alias'> {
  if (qualifier === null) return {};
  return qualifier === Version ? { version: Version } : { version: Version, alias: qualifier };
}

/** The environments of a function with a configuration that is not that of their version any more. */
export function outdatedOf(state: LambdaState, functionName: string): readonly Environment[] {
  return [...state.environments.values()].filter(
    (environment) => environment.functionName === functionName && isOutdated(state, environment),
  );
}

/** Ends those of them that are free: the function was changed, or deleted. Those that are busy end later (UV-25). */
export function retireFree(state: LambdaState, outdated: readonly Environment[]): readonly LambdaEffect[] {
  const free = outdated.filter(({ invocation }) => invocation === null);
  for (const { id } of free) state.environments.delete(id);
  return free
    .filter((environment) => environment.state === 'idle')
    .map(({ id }) => ({ kind: 'kill', environment: id }));
}

/** The result of an invocation, for the caller that asked for it. */
export interface Ended {
  readonly effects: readonly LambdaEffect[];
  readonly origin: Origin;
  readonly outcome: InvocationOutcome;
  readonly answer: AwsAnswer;
  readonly functionName: string;
  readonly version: string;
  readonly environment: string;
}

/** Ends an invocation and frees or resets its environment. */
export function endInvocation(state: LambdaState, invocationId: string, end: End): Ended {
  const invocation = state.invocations.get(invocationId);
  invariant(invocation !== undefined, `no invocation «${invocationId}»`);
  const environment = environmentOf(state, invocation.environment);
  const outcome = outcomeOfEnd(end);
  environment.invocation = null;
  environment.lastUsed = nextNumber(state, 'uses');
  state.invocations.delete(invocationId);
  const functionName = shownName(state, invocation.functionName);
  // An invocation whose Init failed has a start and an end like any other, as in AWS's log.
  const begun = invocation.deadlineMs === null ? [started(state, environment, invocation)] : [];
  const effects: readonly LambdaEffect[] = [
    ...begun,
    { kind: 'cancel', of: invocationId },
    { kind: 'cancel', of: initOf(environment) },
    note({ kind: 'invocation-ended', invocation: invocationId, functionName, environment: environment.id, outcome }),
    ...afterwards(state, environment, functionName, end),
  ];
  return {
    effects,
    origin: invocation.origin,
    outcome,
    answer: answerOf(environment, outcome, end),
    functionName: invocation.functionName,
    version: environment.target.Version,
    environment: environment.id,
  };
}

/** Init that takes too long is stopped and run again, now within the function's timeout: «suppressed init» (LS-20). */
export function restartInit(state: LambdaState, environmentId: string, nowMs: number): readonly LambdaEffect[] {
  const environment = environmentOf(state, environmentId);
  const { target } = environment;
  const functionName = shownName(state, environment.functionName);
  const invocation = environment.invocation;
  invariant(invocation !== null, `${environment.id} overran Init for nobody`);
  return [
    { kind: 'kill', environment: environment.id },
    note({ kind: 'environment-reset', functionName, environment: environment.id, why: 'init-timeout' }),
    start(environment),
    deadline(invocation, nowMs + target.Timeout * 1_000, { kind: 'timed-out', invocation }),
  ];
}

/**
 * A handler that answered or threw leaves a frozen process (LS-19); a process that died leaves an environment to be reset
 * (LS-21). An environment whose function was changed or deleted meanwhile is gone (LS-33, UV-25).
 */
function afterwards(
  state: LambdaState,
  environment: Environment,
  functionName: string,
  end: End,
): readonly LambdaEffect[] {
  const isOver = environment.isRetiring || isOutdated(state, environment);
  if (isOver) state.environments.delete(environment.id);
  if (end.kind === 'returned' || end.kind === 'failed') {
    if (isOver) return [{ kind: 'kill', environment: environment.id }];
    environment.state = 'idle';
    return [{ kind: 'freeze', environment: environment.id }];
  }
  environment.state = 'reset';
  const why = end.kind === 'died' ? end.why : 'crash';
  return [
    { kind: 'kill', environment: environment.id },
    note({ kind: 'environment-reset', functionName, environment: environment.id, why }),
  ];
}

/** The invocation that an environment runs or is being started for. */
export function invocationOf(state: LambdaState, environmentId: string): string {
  const { invocation } = environmentOf(state, environmentId);
  invariant(invocation !== null, `${environmentId} runs nothing`);
  return invocation;
}

function environmentOf(state: LambdaState, id: string): Environment {
  const environment = state.environments.get(id);
  invariant(environment !== undefined, `no environment «${id}»`);
  return environment;
}

function shownName(state: LambdaState, name: string): string {
  return state.displayNames.get(name) ?? name;
}
