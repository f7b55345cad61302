/**
 * The race that is measured: three workers that read a counter, add one and write it, each in three steps.
 *
 * Written three times: over plain async functions with only an exhaustive loop, over fast-check's scheduler, and as lab 0 with
 * real SDK clients. The first is the yardstick: the cost of exploring without a simulation.
 */

import fc from 'fast-check';
import { starterFolder } from '../cli/clone.ts';
import { readLearnerFiles } from '../cli/learner-files.ts';
import type { Scenario } from '../course/lab.ts';
import { lostUpdate } from '../course/lost-update/lab.ts';
import { tryEvery } from '../grader/exploration/every.ts';
import { prepare } from '../grader/submission/submission.ts';
import { NODE } from '../node/platform.ts';
import { nextTurnOfLoop } from '../node/turns.ts';
import type { HostKind } from '../platform/platform.ts';
import { type RunningHost, startHost } from '../platform/start-host.ts';
import { ScenarioSdk } from '../scenario/clients.ts';
import type { ScenarioRunner } from '../scenario/run-scenario.ts';
import { situationsOf } from '../scenario/situations.ts';
import { Exhaustive } from '../simulator/kernel/choices.ts';
import type { Measurable } from './measure.ts';

const WORKERS = 3;
/** The number of orders of three workers with three steps each: 9! / (3!)³. */
const SCHEDULES = 1_680;

/** Every schedule of three plain async workers: a store, three gates, a depth-first loop. */
export async function bareLoop(): Promise<number> {
  const exhaustive = new Exhaustive();
  let schedules = 0;
  for (let choices = exhaustive.next(); choices !== null; choices = exhaustive.next()) {
    const store = { counter: 0 };
    const waiting = new Map<number, () => void>();
    const gate = (worker: number): Promise<void> => new Promise((open) => waiting.set(worker, open));
    const work = async (worker: number): Promise<void> => {
      await gate(worker);
      await gate(worker);
      const { counter } = store;
      await gate(worker);
      store.counter = counter + 1;
    };
    for (let worker = 0; worker < WORKERS; worker += 1) void work(worker);
    while (waiting.size > 0) {
      const lanes = [...waiting.keys()];
      const lane = lanes[choices.pick('next', lanes.length)] ?? 0;
      const open = waiting.get(lane);
      waiting.delete(lane);
      open?.();
      await nextTurnOfLoop();
    }
    schedules += 1;
  }
  return expectAll(schedules);
}

/** The same number of random schedules of these workers under fast-check's scheduler, which has no exhaustive mode. */
export async function fastCheckScheduler(): Promise<number> {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const store = { counter: 0 };
      const work = async (): Promise<void> => {
        await scheduler.schedule(Promise.resolve());
        await scheduler.schedule(Promise.resolve());
        const { counter } = store;
        await scheduler.schedule(Promise.resolve());
        store.counter = counter + 1;
      };
      const workers = Array.from({ length: WORKERS }, work);
      await scheduler.waitFor(Promise.all(workers));
    }),
    { numRuns: SCHEDULES },
  );
  return SCHEDULES;
}

/** Lab 0's starter on one kind of host, made once, as in grading. `scenario` replaces the lab's own. */
export async function openRace(
  kind: HostKind,
  scenario: Scenario,
): Promise<{ readonly runner: ScenarioRunner; readonly host: RunningHost }> {
  const read = await readLearnerFiles(lostUpdate, starterFolder(lostUpdate.slug), 'the starter');
  if (read?.kind !== 'read') throw new Error('the starter can’t be read');
  const prepared = await prepare(NODE, lostUpdate, read.files);
  if (!prepared.ok) throw new Error(prepared.findings.map(({ message }) => message).join('\n'));
  const { submission } = prepared;
  const host = await startHost(NODE, kind, submission.sources, { stepLimitMs: 10_000, locate: false });
  return { runner: { platform: NODE, submission, scenario, host, sdk: new ScenarioSdk() }, host };
}

/** Every schedule of lab 0's starter, judged. */
export async function labCandidate(
  kind: HostKind,
): Promise<{ readonly candidate: Measurable; readonly host: RunningHost }> {
  const [whole] = lostUpdate.scenarios;
  if (whole === undefined) throw new Error('the lab has no scenario');
  // The yardstick does the work of one situation.
  const scenario: Scenario = { ...whole, situations: [situationsOf(whole)[0]] };
  const { runner, host } = await openRace(kind, scenario);
  const checks = lostUpdate.checks.filter((check) => check.scenario === scenario.name);
  const run = async (): Promise<number> => expectAll((await tryEvery({ ...runner, checks }, SCHEDULES))?.explored ?? 0);
  return { candidate: { name: kind, run }, host };
}

function expectAll(schedules: number): number {
  if (schedules !== SCHEDULES)
    throw new Error(`${schedules} schedules instead of ${SCHEDULES}: the candidates do not do the same work`);
  return schedules;
}
