/**
 * The finding of one run: why it can't be judged, according to its end and its trace.
 */

import type { Observation } from '../../course/lab.ts';
import { unreachable } from '../../simulator/kernel/bug.ts';
import type { Trace } from '../../simulator/trace.ts';
import type { WorldRun } from '../../simulator/world.ts';
import { sayEndless } from './endless.ts';
import type { Finding } from './finding.ts';

/** Why a run can't be judged; null if it can. */
export function findingOfRun(done: WorldRun<Observation>): Finding | null {
  switch (done.end) {
    case 'finding':
    case 'halted':
      return findingOfTrace(done.trace);
    case 'step-cap':
      return { kind: 'endless', message: sayEndless(done.trace, done.count.steps), ...lastPlace(done.trace) };
    case 'cut':
      return null;
    case 'quiet':
      return findingOfScenario(done);
    default:
      return unreachable(done.end, 'end of a run');
  }
}

/** The code was refused something or it stalled. The last entry of the trace says which. */
function findingOfTrace(trace: Trace): Finding {
  const last = trace.findLast(({ event }) => event.kind === 'refused' || event.kind === 'stalled')?.event;
  if (last?.kind === 'refused') {
    const { what, advice, frame } = last;
    return { kind: 'refused', message: `${what} ${advice}`, ...(frame === undefined ? {} : { frame }) };
  }
  if (last?.kind === 'stalled') {
    const { invocation, frame } = last;
    return {
      kind: 'stalled',
      message: `${invocation} stalled: your code awaits something that nothing in this lab settles. Await AWS calls and timers only${frame === undefined ? '' : '; this is where it was last seen'}.`,
      ...(frame === undefined ? {} : { frame }),
    };
  }
  return { kind: 'unfinished', message: 'The run ended before it could be judged.' };
}

/** No event is left. The run can be judged if the scenario came to its end. */
function findingOfScenario({ result, thrown }: WorldRun<Observation>): Finding | null {
  if (thrown !== undefined) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { kind: 'scenario-threw', message: `The scenario could not be run: ${why}` };
  }
  if (result !== undefined) return null;
  return {
    kind: 'scenario-waits',
    message:
      'Nothing is left to happen, and the scenario still waits for an answer: it can’t be judged. This is a mistake in the lab, not in your code.',
  };
}

/** The line of the run's last call. Code that repeats itself without end is at that line or near it. */
function lastPlace(trace: Trace): Pick<Finding, 'frame'> {
  const last = trace.findLast(({ event }) => event.kind === 'call-applied' && event.frame !== undefined)?.event;
  return last?.kind === 'call-applied' && last.frame !== undefined ? { frame: last.frame } : {};
}
