/**
 * Exploring a lab's scenario, a run goes on from where it leaves the run before, and shows what it shows from its start: real code, real SDK
 * clients, situations and faults. Random programs hold the same for the simulator alone (`simulator/programs/resumed.test.ts`).
 */

import { describe, expect, it } from 'vitest';
import { starterFolder } from '../../cli/clone.ts';
import { readLearnerFiles } from '../../cli/learner-files.ts';
import { TRUSTING } from '../../course/kit/trusted-for-tests.ts';
import type { Observation } from '../../course/lab.ts';
import { labs } from '../../course/labs.ts';
import { NODE } from '../../node/platform.ts';
import { startHost } from '../../platform/start-host.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import { replay } from '../../simulator/kernel/choices.ts';
import { SourceDpor } from '../../simulator/kernel/source-dpor/source-dpor.ts';
import { ResumedRuns } from '../../simulator/resumed-runs.ts';
import { prepare } from '../submission/submission.ts';

const RUNS = 20;

async function runsOf(runner: ScenarioRunner): Promise<readonly string[]> {
  const dpor = new SourceDpor();
  const runs: string[] = [];
  for (let choices = dpor.next(); choices !== null && runs.length < RUNS; choices = dpor.next()) {
    const { end, count, faults, result, trace } = await runScenario(runner, choices, 'explore').done;
    runs.push(JSON.stringify([end, count, faults, result, choices.record, trace]));
    // A run between two of them, in another world and with code that really runs, leaves nothing behind.
    const again = replay(choices.record.map(({ chosen }) => chosen));
    if (end === 'quiet' && runs.length % 8 === 0) await runScenario(runner, again, 'verify').done;
  }
  return runs;
}

describe.each(labs.map((lab) => [lab.slug, lab] as const))('the starter of %s', (slug, lab) => {
  it('does the same in resumed runs as in runs from their start', async () => {
    const read = await readLearnerFiles(lab, starterFolder(slug), 'starter');
    if (read?.kind !== 'read') throw new Error('the starter can’t be read');
    const prepared = await prepare(NODE, lab, read.files);
    if (!prepared.ok) throw new Error(prepared.findings.map(({ message }) => message).join('\n'));
    const { submission } = prepared;
    const host = await startHost(TRUSTING, 'in-realm', submission.sources, { stepLimitMs: 10_000, locate: false });
    try {
      for (const scenario of lab.scenarios.filter(({ plan }) => plan.mode === 'exhaustive')) {
        const runner = { platform: NODE, submission, scenario, host, watched: new Map() };
        const expected = await runsOf({ ...runner, sdk: new ScenarioSdk() });
        const resumed = await runsOf({ ...runner, sdk: new ScenarioSdk(), resumed: new ResumedRuns<Observation>() });
        expect(resumed, scenario.name).toEqual(expected);
      }
    } finally {
      host.close();
    }
  }, 120_000);
});
