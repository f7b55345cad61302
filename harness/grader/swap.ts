/**
 * Tries a failing run with its two conflicting steps in the other order, so that a report may say «swap them and it holds».
 *
 * Up to the first of the two everything stays as it was; then the other one goes first, and after it the ordinary course.
 * Nothing is claimed that was not run.
 */

import type { Check, Violation } from '../course/lab.ts';
import { type Choices, Divergence, type Pick, replay } from '../simulator/kernel/choices.ts';
import type { Actor, Trace, TraceEntry } from '../simulator/trace.ts';
import type { World } from '../simulator/world.ts';
import { type Conflict, type Explanation, explain } from './explain/explain.ts';
import { numberingOf } from './explain/numbering.ts';
import { findingOfRun } from './finding.ts';
import { runScenario, type ScenarioRunner } from './run-scenario.ts';

export interface FailingRun {
  readonly trace: Trace;
  readonly record: readonly Pick[];
  /** The step at which each choice of the record was made; see {@link watchSteps}. */
  readonly steps: readonly number[];
}

/** Notes at which step each choice is made. `world` is asked late: the choices are made before it. */
export function watchSteps(choices: Choices, world: () => World, steps: number[]): Choices {
  return {
    get record() {
      return choices.record;
    },
    pick(reason, of) {
      const position = choices.record.length;
      const chosen = choices.pick(reason, of);
      if (choices.record.length > position) steps[position] = world().soFar.step;
      return chosen;
    },
  };
}

/** Explains a failing run; what swapping its conflicting steps would do is tried before it is said. */
export async function explainByTrying(
  runner: ScenarioRunner,
  checks: readonly Check[],
  failing: FailingRun,
  violation: Violation,
): Promise<Explanation> {
  const numbering = numberingOf(failing.trace);
  const explained = explain(failing.trace, violation, { numbering });
  const { conflict } = explained;
  if (conflict === undefined || !(await holdsWhenSwapped(runner, checks, failing, conflict))) return explained;
  return explain(failing.trace, violation, { numbering, verifiedSwap: conflict });
}

/** True if a run was found in which the two are swapped, nothing before them differs, and all of these checks hold. */
export async function holdsWhenSwapped(
  runner: ScenarioRunner,
  checks: readonly Check[],
  failing: FailingRun,
  conflict: Conflict,
): Promise<boolean> {
  const { record, steps } = failing;
  const position = record.findIndex(({ reason }, at) => reason === 'next' && steps[at] === conflict.first - 1);
  const pick = record[position];
  if (pick === undefined) return false;
  const before = record.slice(0, position).map(({ chosen }) => chosen);
  for (let other = 0; other < pick.of; other += 1) {
    if (other === pick.chosen) continue;
    if (await holds(runner, checks, failing.trace, conflict, replay([...before, other]))) return true;
  }
  return false;
}

async function holds(
  runner: ScenarioRunner,
  checks: readonly Check[],
  failing: Trace,
  conflict: Conflict,
  choices: Choices,
): Promise<boolean> {
  try {
    const done = await runScenario(runner, choices, 'show').done;
    if (findingOfRun(done) !== null || !isSwapped(failing, done.trace, conflict)) return false;
    const run = { observation: done.result ?? {}, trace: done.trace };
    return checks.every((check) => check.kind === 'reach' || check.judge(run) === null);
  } catch (error) {
    if (error instanceof Divergence) return false;
    throw error;
  }
}

/** Whether `other` is `failing` with the second step before the first, and equal to it until then. */
export function isSwapped(failing: Trace, other: Trace, { first, second }: Conflict): boolean {
  const until = (trace: Trace): string => JSON.stringify(trace.filter(({ step }) => step < first));
  if (until(failing) !== until(other)) return false;
  const read = appliedAt(failing, first);
  const write = appliedAt(failing, second);
  if (read === undefined || write === undefined) return false;
  const later = other.filter(({ step }) => step >= first);
  const readAgain = later.findIndex((entry) => isSameCall(entry, read));
  const wroteFirst = later.findIndex((entry) => isSameCall(entry, write));
  return (
    wroteFirst >= 0 &&
    wroteFirst < readAgain &&
    payloadOf(failing, read.actor) === payloadOf(other, read.actor) &&
    payloadOf(failing, write.actor) === payloadOf(other, write.actor)
  );
}

function appliedAt(trace: Trace, step: number): TraceEntry | undefined {
  return trace.find((entry) => entry.step === step && entry.event.kind === 'call-applied');
}

/** The same actor does the same to the same items. What it writes may differ: it may have read something else. */
function isSameCall({ actor, event }: TraceEntry, as: TraceEntry): boolean {
  return (
    actor === as.actor &&
    event.kind === 'call-applied' &&
    as.event.kind === 'call-applied' &&
    event.operation === as.event.operation &&
    JSON.stringify(event.footprint) === JSON.stringify(as.event.footprint)
  );
}

/** Invocations are counted as they begin, so the same name may stand for another caller. */
function payloadOf(trace: Trace, actor: Actor): string {
  const start = trace.find(({ event }) => event.kind === 'invocation-started' && event.invocation === actor);
  return start?.event.kind === 'invocation-started' ? JSON.stringify(start.event.payload) : '';
}
