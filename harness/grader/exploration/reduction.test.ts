/**
 * The labs' own scenarios with and without reduction, on starters and solutions: all checks give the same answers, and the runs
 * show the same observations, the same dangers and the same overlap.
 */

import { describe, expect, it } from 'vitest';
import { solutionFolder, starterFolder } from '../../cli/clone.ts';
import { readLearnerFiles } from '../../cli/learner-files.ts';
import { TRUSTING } from '../../course/kit/trusted-for-tests.ts';
import type { Lab } from '../../course/lab.ts';
import { labs } from '../../course/labs.ts';
import { NODE } from '../../node/platform.ts';
import { startHost } from '../../platform/start-host.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import { type Choices, Exhaustive } from '../../simulator/kernel/choices.ts';
import { SourceDpor } from '../../simulator/kernel/source-dpor/source-dpor.ts';
import type { Trace, TraceEvent } from '../../simulator/trace.ts';
import { prepare } from '../submission/submission.ts';
import { eventsWatchedBy } from './watched.ts';

/** Scenarios with more orders than this are covered by random programs and by smaller scenarios. */
const MOST_SCHEDULES = 2_000;

interface Seen {
  readonly answers: ReadonlySet<string>;
  readonly schedules: number;
  /** The largest number of concurrent invocations, and of concurrent requests in a downstream. */
  readonly greatestOverlap: { readonly invocations: number; readonly downstreams: number };
}

/** Null if `explorer` stands for too many schedules to run each of them. */
async function seenBy(
  runner: ScenarioRunner,
  lab: Lab,
  explorer: { next(): Choices | null; readonly standsFor?: { readonly orders: number } },
): Promise<Seen | null> {
  const checks = lab.checks.filter(({ scenario }) => scenario === runner.scenario.name);
  const answers = new Set<string>();
  const greatestOverlap = { invocations: 0, downstreams: 0 };
  let schedules = 0;
  for (let choices = explorer.next(); choices !== null; choices = explorer.next()) {
    const { end, result = {}, trace } = await runScenario(runner, choices, 'explore').done;
    if (end === 'cut') continue;
    const { invocations, downstreams } = greatestOverlap;
    greatestOverlap.invocations = Math.max(invocations, overlap(trace, 'invocation-started', 'invocation-ended'));
    greatestOverlap.downstreams = Math.max(downstreams, overlap(trace, 'downstream-entered', 'downstream-left'));
    const judged = checks.map((check) => check.judge({ observation: result, trace }) === null);
    answers.add(JSON.stringify([end, result, judged]));
    schedules += 1;
    // The reduction counts the orders that it need not run.
    if ((explorer.standsFor?.orders ?? schedules) > MOST_SCHEDULES) return null;
  }
  return { answers, schedules, greatestOverlap };
}

/** The largest number of things that are between their beginning and their end at the same moment. */
function overlap(trace: Trace, begins: TraceEvent['kind'], ends: TraceEvent['kind']): number {
  let most = 0;
  let now = 0;
  for (const { event } of trace) {
    if (event.kind === begins) now += 1;
    if (event.kind === ends) now -= 1;
    most = Math.max(most, now);
  }
  return most;
}

describe.each(labs.map((lab) => [lab.slug, lab] as const))('the scenarios of %s', (slug, lab) => {
  const exhaustive = lab.scenarios.filter(({ plan }) => plan.mode === 'exhaustive');

  it.each(['starter', 'solution'])(
    'give the same answers with and without reduction: %s',
    async (which) => {
      const folder = which === 'starter' ? starterFolder(slug) : solutionFolder(slug);
      const read = await readLearnerFiles(lab, folder, which);
      if (read?.kind !== 'read') throw new Error(`the ${which} can't be read`);
      const prepared = await prepare(NODE, lab, read.files);
      if (!prepared.ok) throw new Error(prepared.findings.map(({ message }) => message).join('\n'));
      const { submission } = prepared;
      const host = await startHost(TRUSTING, 'in-realm', submission.sources, { stepLimitMs: 10_000, locate: false });
      let compared = 0;
      try {
        for (const scenario of exhaustive) {
          const watched = eventsWatchedBy(lab.checks.filter((check) => check.scenario === scenario.name));
          expect(watched, `${scenario.name} can be reduced`).not.toBeNull();
          const runner = {
            platform: NODE,
            submission,
            scenario,
            host,
            sdk: new ScenarioSdk(),
            watched: watched ?? new Map(),
          };
          const dpor = new SourceDpor();
          const reduced = await seenBy(runner, lab, dpor);
          const every = reduced === null ? null : await seenBy(runner, lab, new Exhaustive());
          if (reduced === null || every === null) continue;
          expect(reduced.answers, scenario.name).toEqual(every.answers);
          expect(reduced.greatestOverlap, scenario.name).toEqual(every.greatestOverlap);
          expect(reduced.schedules, scenario.name).toBeLessThanOrEqual(every.schedules);
          if (!dpor.standsFor.atLeast) expect(dpor.standsFor.orders, scenario.name).toBe(every.schedules);
          compared += 1;
        }
      } finally {
        host.close();
      }
      expect(compared).toBeGreaterThan(0);
    },
    120_000,
  );
});
