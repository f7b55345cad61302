/**
 * What follows from what code does: it is initialised, returns, fails, exits, or is out of time.
 *
 * How an invocation ends stands in environments.ts; environments that were made ahead of any request in provisioned-environments.ts.
 */

import type { AwsAnswer } from '../../contract/answer.ts';
import type { CodeReport } from '../../contract/code.ts';
import { type Footprint, joined, NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import { invariant, unreachable } from '../../kernel/bug.ts';
import { endInvocation, initialised, invocationOf } from './environments.ts';
import { eventEnded } from './event-queue.ts';
import { endFootprint, freePath, limitsPath, qualifiersPath } from './footprints.ts';
import type { LambdaStep } from './messages.ts';
import { note } from './notes.ts';
import { type End, exitError, timeoutError } from './outcomes.ts';
import { failedAhead, initialisedAhead } from './provisioned-environments.ts';
import type { Environment, LambdaState } from './state.ts';
import { answerOfUrl } from './url-answer.ts';

/** The environment, if nobody has asked for it yet: it is provisioned, and in Init. */
function startedAhead(state: LambdaState, id: string): Environment | null {
  const environment = state.environments.get(id);
  invariant(environment !== undefined, `no environment «${id}»`);
  return environment.state === 'starting' && environment.invocation === null ? environment : null;
}

/** The last one that is ready lets all of them serve, and one that fails takes their units back. */
function aheadFootprint({ functionName, id }: Environment): Footprint {
  return { reads: [], writes: [qualifiersPath(functionName), limitsPath(), 'lambda/pool', freePath(id)] };
}

/** What a service that runs code is told of it: what follows for the environment, the invocation and its caller. */
export function heard(state: LambdaState, report: CodeReport, { nowMs }: Moment): LambdaStep {
  switch (report.kind) {
    case 'initialised': {
      const ahead = startedAhead(state, report.environment);
      if (ahead !== null) return { effects: initialisedAhead(state, ahead), footprint: aheadFootprint(ahead) };
      return { effects: initialised(state, report.environment, nowMs), footprint: NO_FOOTPRINT };
    }
    case 'init-failed': {
      const { environment, error, frame } = report;
      const ahead = startedAhead(state, environment);
      if (ahead !== null) return { effects: failedAhead(state, ahead), footprint: aheadFootprint(ahead) };
      return ended(state, invocationOf(state, environment), { kind: 'init-failed', error, frame }, nowMs);
    }
    case 'returned': {
      const { invocation, payloadJson } = report;
      return ended(state, invocation, { kind: 'returned', payloadJson }, nowMs);
    }
    case 'failed': {
      const { invocation, error, frame } = report;
      return ended(state, invocation, { kind: 'failed', error, frame }, nowMs);
    }
    case 'exited':
      return exited(state, report, nowMs);
    default:
      return unreachable(report, 'report of code');
  }
}

/** An invocation is over: its caller is answered, or its event continues. */
function ended(state: LambdaState, invocationId: string, end: End, nowMs: number): LambdaStep {
  const { effects, origin, outcome, answer, functionName, environment } = endInvocation(state, invocationId, end);
  const footprint = endFootprint(state, functionName, environment);
  if (origin.kind === 'call') {
    const told = origin.isUrl === true ? answerOfUrl(outcome) : answer;
    return { effects: [...effects, reply(origin.call, told)], footprint };
  }
  const next = eventEnded(state, origin.event, outcome, nowMs);
  return { effects: [...effects, ...next.effects], footprint: joined(footprint, next.footprint) };
}

function reply(call: string, answer: AwsAnswer): LambdaStep['effects'][number] {
  return { kind: 'reply', call, answer };
}

/** The process has ended. If no invocation was running, only the environment needs Init again (LS-21). */
function exited(state: LambdaState, report: CodeReport & { readonly kind: 'exited' }, nowMs: number): LambdaStep {
  const { environment: environmentId, why } = report;
  const environment = state.environments.get(environmentId);
  invariant(environment !== undefined, `no environment «${environmentId}»`);
  if (startedAhead(state, environmentId) !== null)
    return { effects: failedAhead(state, environment), footprint: aheadFootprint(environment) };
  if (environment.invocation === null) {
    environment.state = 'reset';
    const { functionName } = environment;
    return {
      effects: [
        { kind: 'kill', environment: environmentId },
        note({ kind: 'environment-reset', functionName, environment: environmentId, why }),
      ],
      footprint: { reads: [], writes: [freePath(environmentId)] },
    };
  }
  const invocation = state.invocations.get(environment.invocation);
  invariant(invocation !== undefined, `no invocation «${environment.invocation}»`);
  const error = report.error ?? exitError(invocation.requestId);
  return ended(state, invocation.id, { kind: 'died', why, error, frame: report.frame }, nowMs);
}

/** The time of an invocation is over. */
export function timedOut(state: LambdaState, invocationId: string, nowMs: number): LambdaStep {
  const invocation = state.invocations.get(invocationId);
  invariant(invocation !== undefined, `no invocation «${invocationId}»`);
  const timeoutS = state.environments.get(invocation.environment)?.target.Timeout ?? 0;
  const error = timeoutError(invocation.requestId, timeoutS);
  return ended(state, invocationId, { kind: 'died', why: 'timeout', error }, nowMs);
}
