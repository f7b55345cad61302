/**
 * Names what is not deterministic, when a run did not go as it went before under the same schedule.
 *
 * It repeats runs where that is needed to see the difference or its line. It runs nothing while all is well.
 */

import type { Check, Observation, Violation } from '../../course/lab.ts';
import { OtherThanBefore } from '../../host/remembering/other-than-before.ts';
import type { RunPurpose } from '../../scenario/build-world.ts';
import { ScenarioDivergence } from '../../scenario/remembering/rehearsal.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import { type Frame, SCENARIO } from '../../simulator/contract/trace-entry.ts';
import { Divergence, type Pick, replay } from '../../simulator/kernel/choices.ts';
import type { Trace } from '../../simulator/trace.ts';
import type { World, WorldRun } from '../../simulator/world.ts';
import type { Finding } from '../findings/finding.ts';
import { didOfAct, didOfReport, sayBoth } from './did.ts';
import { type Difference, differenceOf, type SeenRun } from './difference.ts';
import { notDeterministic } from './finding.ts';
import { watchPlaces } from './places.ts';

type Done = WorldRun<Observation>;

/**
 * What two runs of one schedule did differently; null if nothing. Compares their traces, the scenario's results and the answers
 * of the checks.
 */
export async function differenceOfRuns(
  runner: ScenarioRunner,
  checks: readonly Check[],
  record: readonly Pick[],
  first: Done,
  second: Done,
): Promise<Finding | null> {
  if (JSON.stringify(first.trace) !== JSON.stringify(second.trace))
    return notDeterministic(await withPlace(runner, record, differenceOf(first, second)));
  const difference = outcomesOf(first, second) ?? verdictsOf(checks, first, second);
  return difference === null ? null : notDeterministic(difference);
}

/**
 * How a run that can't be judged differs from the run before it, which made the same choices for a while; null if it does not.
 */
export async function differenceFromBefore(
  runner: ScenarioRunner,
  record: readonly Pick[],
  before: Trace | null,
  trace: Trace,
): Promise<Finding | null> {
  const difference = before === null ? null : differenceOf({ trace: before }, { trace }, false);
  return difference === null ? null : notDeterministic(await withPlace(runner, record, difference));
}

/** What made a run diverge. `before`: the run before it, which made the same choices for a while. */
export async function differenceBehind(
  runner: ScenarioRunner,
  error: Divergence,
  { world, record, before }: { readonly world: World; readonly record: readonly Pick[]; readonly before: Trace | null },
): Promise<Finding> {
  const inMidStep = error instanceof OtherThanBefore || error instanceof ScenarioDivergence;
  const stopped = soFar(world, inMidStep);
  const difference =
    ofMemory(error, world.soFar.step) ??
    (before === null ? null : differenceOf({ trace: before }, stopped, false)) ??
    differenceOf(stopped, await runAgain(runner, record, 'verify'));
  return notDeterministic(await withPlace(runner, record, difference));
}

/** What this trace and another run of the schedule did differently; null if they are the same. */
export async function differenceOfAnotherRun(
  runner: ScenarioRunner,
  record: readonly Pick[],
  trace: Trace,
): Promise<Finding | null> {
  const difference = differenceOf({ trace }, await runAgain(runner, record, 'verify'));
  return difference === null ? null : notDeterministic(await withPlace(runner, record, difference));
}

/** An actor was told everything that it had been told before, and behaved differently. */
function ofMemory(error: Divergence, step: number): Difference | null {
  if (error instanceof OtherThanBefore) {
    const did = sayBoth(didOfReport(error.first), didOfReport(error.second));
    return { whose: 'handler', who: error.who, step, did };
  }
  if (!(error instanceof ScenarioDivergence)) return null;
  const did = sayBoth(didOfAct(error.first), didOfAct(error.second));
  return { whose: 'scenario', who: 'scenario', step, did };
}

function outcomesOf(first: Done, second: Done): Difference | null {
  const [a, b] = [first, second].map(({ result, thrown }) => JSON.stringify([result, String(thrown)]));
  if (a === b) return null;
  const did = sayBoth(endOf(first), endOf(second));
  return { whose: 'scenario', who: 'scenario', step: null, did };
}

function endOf({ result, thrown }: Done): { readonly words: string; readonly value: unknown } {
  return { words: 'came', value: thrown === undefined ? result : String(thrown) };
}

function verdictsOf(checks: readonly Check[], first: Done, second: Done): Difference | null {
  for (const check of checks) {
    const [a, b] = [first, second].map((run) => check.judge({ observation: run.result ?? {}, trace: run.trace }));
    if (saidOf(a) === saidOf(b)) continue;
    const did = sayBoth({ words: 'said', value: saidOf(a) }, { words: 'said', value: saidOf(b) });
    return { whose: 'check', who: check.title, step: null, did };
  }
  return null;
}

function saidOf(violation: Violation | null | undefined): string {
  return violation?.headline ?? 'all is well';
}

/** Runs record no lines, because that would cost more than the run. A finding is worth the cost. */
async function withPlace(
  runner: ScenarioRunner,
  record: readonly Pick[],
  difference: Difference | null,
): Promise<Difference | null> {
  if (difference === null) return null;
  const frame = await placeOf(runner, record, difference);
  return frame === undefined ? difference : { ...difference, frame };
}

async function placeOf(
  runner: ScenarioRunner,
  record: readonly Pick[],
  { whose, who, step, seq }: Difference,
): Promise<Frame | undefined> {
  if (whose === 'scenario') return placeInScenario(runner, record, seq);
  if (whose !== 'handler') return undefined;
  const { trace } = await runAgain(runner, record, 'show');
  const there = seq === undefined ? undefined : trace[seq];
  const near = [there, ...trace.filter((entry) => entry.actor === who && entry.step === step)];
  return near.map((entry) => (entry?.actor === who ? frameOf(entry.event) : undefined)).find(Boolean);
}

/** The line of the call or note at this place of the trace, found by counting the entries of its kind before it. */
async function placeInScenario(
  runner: ScenarioRunner,
  record: readonly Pick[],
  seq: number | undefined,
): Promise<Frame | undefined> {
  if (seq === undefined) return undefined;
  const { scenario, places } = watchPlaces(runner.scenario);
  const { trace } = await runAgain({ ...runner, scenario }, record, 'show');
  const there = trace[seq];
  if (there?.actor !== SCENARIO) return undefined;
  const { kind } = there.event;
  const before = trace.slice(0, seq).filter(({ actor, event }) => actor === SCENARIO && event.kind === kind).length;
  const place = kind === 'call-sent' ? places.calls[before] : kind === 'note' ? places.notes[before] : undefined;
  return place === undefined ? undefined : { ...place, file: runner.platform.shownPlace(place.file) };
}

function frameOf(event: object): Frame | undefined {
  return 'frame' in event ? (event.frame as Frame | undefined) : undefined;
}

/** Runs the same schedule again, as far as it goes this time. */
async function runAgain(runner: ScenarioRunner, record: readonly Pick[], purpose: RunPurpose): Promise<SeenRun> {
  const { world, done } = runScenario(runner, replay(record.map(({ chosen }) => chosen)), purpose);
  try {
    return await done;
  } catch (error) {
    if (!(error instanceof Divergence)) throw error;
    return soFar(world, error instanceof OtherThanBefore);
  }
}

/** What a run did until it was given up. In the middle of a step, that step does not count. */
function soFar(world: World, inMidStep = false): SeenRun {
  const { trace, step } = world.soFar;
  return { trace, until: inMidStep ? step - 1 : step };
}
