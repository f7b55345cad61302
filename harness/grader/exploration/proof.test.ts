/**
 * The starters of all labs, explored by kinds and by every schedule: both count the same failing orders and find the same
 * simplest failure, with an identical record.
 */

import { describe, expect, it } from 'vitest';
import { starterFolder } from '../../cli/clone.ts';
import { readLearnerFiles } from '../../cli/learner-files.ts';
import { TRUSTING } from '../../course/kit/trusted-for-tests.ts';
import type { Scenario } from '../../course/lab.ts';
import { labs } from '../../course/labs.ts';
import { NODE } from '../../node/platform.ts';
import { startHost } from '../../platform/start-host.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { situationsOf } from '../../scenario/situations.ts';
import { prepare } from '../submission/submission.ts';
import { tryEvery } from './every.ts';
import type { ScenarioExploration } from './exploration.ts';
import { prove } from './proof.ts';
import { eventsWatchedBy } from './watched.ts';

/** Scenarios with more schedules than this are covered by the random programs of the kernel. */
const MOST_SCHEDULES = 2_000;
/** A proof of so few schedules has fewer kinds. */
const MOST_KINDS = 700;

const failuresOf = ({ checks }: ScenarioExploration) =>
  checks.map(({ check, failing, failingOrders, simplest, reached }) => ({
    check: check.id,
    ...(check.kind === 'reach' ? { reached } : { failing: failingOrders?.orders ?? failing, simplest }),
  }));

describe.each(labs.map((lab) => [lab.slug, lab] as const))('the starter of %s', (slug, lab) => {
  it('fails in as many orders, and as simply, when one schedule of each kind is run', async () => {
    const read = await readLearnerFiles(lab, starterFolder(slug), 'starter');
    if (read?.kind !== 'read') throw new Error('the starter can’t be read');
    const prepared = await prepare(NODE, lab, read.files);
    if (!prepared.ok) throw new Error(prepared.findings.map(({ message }) => message).join('\n'));
    const { submission } = prepared;
    const host = await startHost(TRUSTING, 'in-realm', submission.sources, { stepLimitMs: 10_000, locate: false });
    const compared: string[] = [];
    try {
      for (const whole of lab.scenarios.filter(({ plan }) => plan.mode === 'exhaustive')) {
        // Trying every order of one situation takes long enough.
        const scenario: Scenario = { ...whole, situations: [situationsOf(whole)[0]] };
        const checks = lab.checks.filter((check) => check.scenario === scenario.name);
        const watched = eventsWatchedBy(checks) ?? new Map();
        const options = { platform: NODE, submission, scenario, host, sdk: new ScenarioSdk(), checks, watched };
        const proof = await prove(options, { maxSchedules: MOST_KINDS });
        // As many schedules as a proof stands for are counted; trying them in vain up to the limit would take a minute.
        if ((proof?.standsFor?.orders ?? 0) > MOST_SCHEDULES) continue;
        const every = await tryEvery(options, MOST_SCHEDULES);
        if (proof?.standsFor === undefined) {
          expect(every?.exhaustive, `${scenario.name} has more kinds than schedules`).not.toBe(true);
          continue;
        }
        if (every === null) throw new Error(`${scenario.name} has more schedules than its kinds stand for`);
        expect(proof.standsFor, scenario.name).toEqual({ orders: every.explored, atLeast: false });
        expect(failuresOf(proof), scenario.name).toEqual(failuresOf(every));
        compared.push(scenario.name);
      }
    } finally {
      host.close();
    }
    expect(compared.length).toBeGreaterThan(0);
  }, 120_000);
});
