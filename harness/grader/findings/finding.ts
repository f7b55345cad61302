/**
 * Findings: why a learner's code or template could not be judged, in words for the learner.
 *
 * A finding is never a pass and never a bug of ours. It names what happened, where, and what to do next.
 */

import type { Observation } from '../../course/lab.ts';
import type { HostStopped } from '../../host/stopped.ts';
import { unreachable } from '../../simulator/kernel/bug.ts';
import type { Locate } from '../../simulator/stack.ts';
import type { Frame, Trace } from '../../simulator/trace.ts';
import type { WorldRun } from '../../simulator/world.ts';
import type { Submission } from '../submission/submission.ts';
import { sayEndless } from './endless.ts';

export interface Finding {
  readonly message: string;
  readonly frame?: Frame & { readonly text?: string };
  /** It is not in a handler, so no line of one is named for it. */
  readonly elsewhere?: true;
}

/** The finding that ended a run: the last entry of its trace says what it was. */
export function findingOfTrace(trace: Trace): Finding {
  const last = trace.findLast(({ event }) => event.kind === 'refused' || event.kind === 'stalled');
  if (last?.event.kind === 'refused') {
    const { what, advice, frame } = last.event;
    return { message: `${what} ${advice}`, ...(frame === undefined ? {} : { frame }) };
  }
  if (last?.event.kind === 'stalled') {
    const { invocation, frame } = last.event;
    return {
      message: `${invocation} stalled: your code awaits something that nobody in the lab will ever settle. Await AWS calls and timers only${frame === undefined ? '' : '; this is where it was last seen'}.`,
      ...(frame === undefined ? {} : { frame }),
    };
  }
  return { message: 'The run ended before it could be judged.' };
}

/** Where the handler of a function begins: the place to name when nothing nearer is known. */
export function handlerFrame(
  { stacks, files }: Pick<Submission, 'stacks' | 'files'>,
  functionName?: string,
): Frame | undefined {
  const functions = [...stacks.values()].flatMap(({ deployment }) => deployment.functions);
  const target = functions.find((candidate) => candidate.functionName === functionName) ?? functions[0];
  if (target === undefined) return undefined;
  const dot = target.handler.lastIndexOf('.');
  const base = `${target.codeFolder.replace(/\/$/, '')}/${target.handler.slice(0, dot)}.`;
  const found = [...files].find(([path]) => path.startsWith(base));
  if (found === undefined) return undefined;
  const [file, text] = found;
  const name = target.handler.slice(dot + 1);
  const at = text.split('\n').findIndex((line) => line.includes('export') && line.includes(name));
  return { file, line: Math.max(0, at) + 1, column: 1 };
}

/** The finding when the host had to stop the code. */
export function findingOfStop(stopped: HostStopped, locate: Locate): Finding {
  const frame = stopped.at === undefined ? undefined : locate(stopped.at);
  const where = frame === undefined ? {} : { frame };
  switch (stopped.reason) {
    case 'hang':
      return {
        message:
          'Your code never gives control back: a loop without an await, or one that awaits nothing real. Give it an end.',
        ...where,
      };
    case 'memory':
      return {
        message: `Your code took ${stopped.message} of memory and was stopped. Work in smaller pieces.`,
        ...where,
      };
    case 'died':
      return {
        message: 'The process that ran your code ended by itself, and the run can’t be judged. Remove what ends it.',
        ...where,
      };
    case 'output':
      return { message: `Your code produced ${stopped.message} and was stopped. Print and return less.`, ...where };
    case 'slow':
      return {
        message: `Your code computed for ${stopped.message}, where a handler needs a few milliseconds. Look for a loop that works too much; if the machine was busy, grade again.`,
        ...where,
      };
    default:
      return unreachable(stopped.reason, 'reason of a stop');
  }
}

/** The line that made the last call of the run: code that repeats itself without end is at it, or calls from near it. */
function lastPlace(trace: Trace): Pick<Finding, 'frame'> {
  const last = trace.findLast(({ event }) => event.kind === 'call-applied' && event.frame !== undefined)?.event;
  return last?.kind === 'call-applied' && last.frame !== undefined ? { frame: last.frame } : {};
}

/** Why a run can't be judged; null if it can. */
export function findingOfRun(done: WorldRun<Observation>): Finding | null {
  switch (done.end) {
    case 'finding':
    case 'halted':
      return findingOfTrace(done.trace);
    case 'step-cap':
      return { message: sayEndless(done.trace, done.count.steps), ...lastPlace(done.trace) };
    case 'cut':
      return null;
    case 'quiet':
      if (done.thrown !== undefined)
        return {
          message: `The scenario could not be run: ${done.thrown instanceof Error ? done.thrown.message : String(done.thrown)}`,
        };
      if (done.result === undefined)
        return {
          message:
            'Nothing is left to happen, and the scenario still waits for an answer: it can’t be judged. This is a mistake in the lab, not in your code.',
        };
      return null;
  }
}
