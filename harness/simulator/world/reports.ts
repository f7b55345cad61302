/**
 * Turns what learners' code did, as the host reports it, into calls, timers, reports to the service that runs it, and lines
 * of the trace.
 */

import type { CodeReport } from '../contract/code.ts';
import type { Frame } from '../contract/trace-entry.ts';
import type { HostReport } from '../host.ts';
import { unreachable } from '../kernel/bug.ts';
import { type Locate, mapTrace } from '../stack.ts';
import { sendCall } from './calls.ts';
import type { RunContext } from './context.ts';
import type { LiveEnvironment } from './environments.ts';
import { giveUp } from './giving-up.ts';
import { reportToService } from './interpreter.ts';
import { clearTimer, setTimer } from './timers.ts';

/** Handles one report. Reports of a dead process are dropped. */
export function hear(context: RunContext, report: HostReport): void {
  const environment = context.environments.get(report.environment);
  if (!environment.alive) return;
  const frame = 'frame' in report && report.frame !== undefined ? context.options.locate(report.frame) : undefined;
  if (frame !== undefined) environment.lastFrame = frame;
  const actor = environment.invocation ?? environment.id;
  switch (report.kind) {
    case 'call': {
      const { service, operation, input, number } = report;
      const calledFrom = report.calledFrom === undefined ? undefined : context.options.locate(report.calledFrom);
      const call = { actor, service, operation, input, frame, calledFrom, environment, numberInEnvironment: number };
      sendCall(context, { ...call, settle: null }, environment.resumedBy);
      return;
    }
    case 'call-given-up':
      giveUp(context, environment, report.number);
      return;
    case 'timer-set':
      setTimer(context, environment, report, { actor, frame });
      return;
    case 'timer-cleared':
      clearTimer(context, environment, report.timer);
      return;
    case 'log':
      context.recorder.note(actor, environment.resumedBy, { kind: 'log', level: report.level, line: report.line });
      return;
    case 'refused':
      if (report.frame !== undefined && frame === undefined) refuseToPackage(context, environment, report);
      else context.refuse(actor, environment.resumedBy, { what: report.what, advice: report.advice, frame });
      return;
    case 'initialised':
    case 'init-failed':
    case 'returned':
    case 'failed':
    case 'exited':
      passOn(context, environment, report, frame);
      return;
    default:
      unreachable(report, 'report of the host');
  }
}

/**
 * A frame that is in no file of the learner's is in a package. Packages try what an engine can do and go another way if it can't, so
 * this is a finding only if the error ends an invocation. Until then the trace has a line that says it.
 */
function refuseToPackage(
  context: RunContext,
  environment: LiveEnvironment,
  { what, advice }: HostReport & { readonly kind: 'refused' },
): void {
  const told = what.replace(/^Your code/, 'A package that your code imports');
  environment.refusedToPackage = { what: told, advice, thrown: `${what} ${advice}` };
  const line = `${told} ${advice}`;
  const actor = environment.invocation ?? environment.id;
  context.recorder.note(actor, environment.resumedBy, { kind: 'log', level: 'warn', line });
}

type LifeReport = HostReport & { readonly kind: 'initialised' | 'init-failed' | 'returned' | 'failed' | 'exited' };

/** The service that started a process handles its beginning and end, and those of its invocations. */
function passOn(context: RunContext, environment: LiveEnvironment, report: LifeReport, frame: Frame | undefined): void {
  const refused = environment.refusedToPackage;
  const message = 'error' in report ? report.error?.errorMessage : undefined;
  if (refused !== null && message?.includes(refused.thrown) === true)
    context.refuse(environment.invocation ?? environment.id, environment.resumedBy, { ...refused, frame });
  reportToService(context, environment, reportOf(report, context.options.locate, frame), environment.resumedBy);
}

function reportOf(report: LifeReport, locate: Locate, frame: Frame | undefined): CodeReport {
  const at = frame === undefined ? {} : { frame };
  switch (report.kind) {
    case 'initialised':
      return { kind: 'initialised', environment: report.environment };
    case 'init-failed':
      return { kind: 'init-failed', environment: report.environment, error: mapTrace(report.error, locate), ...at };
    case 'returned':
      return { kind: 'returned', invocation: report.invocation, payloadJson: report.payloadJson };
    case 'failed':
      return { kind: 'failed', invocation: report.invocation, error: mapTrace(report.error, locate), ...at };
    case 'exited': {
      const error = report.error === undefined ? {} : { error: mapTrace(report.error, locate) };
      const why = report.error === undefined ? 'exit' : 'crash';
      return { kind: 'exited', environment: report.environment, why, ...error, ...at };
    }
    default:
      return unreachable(report, 'report of a life');
  }
}
