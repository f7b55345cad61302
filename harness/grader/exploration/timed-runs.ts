/**
 * Timed runs: the story's own numbers under the latency model, one run for each seed, judged by every check.
 *
 * They judge deadlines, throughput and cost, and prove nothing about orders: each run is one possible course of an ordinary
 * day. No failure is simplified here, because a run is fully described by its seed.
 */

import { runScenario } from '../../scenario/run-scenario.ts';
import { seeded } from '../../simulator/kernel/choices.ts';
import { findingOfRun } from '../findings/run-finding.ts';
import type { CheckExploration, ExplorationOptions, ScenarioExploration } from './exploration.ts';

/** Runs once for each seed. Rejects with `HostStopped` if the code had to be stopped. */
export async function runTimed(options: ExplorationOptions, seeds: readonly number[]): Promise<ScenarioExploration> {
  const checks = options.checks.map(
    (check): CheckExploration => ({ check, failing: 0, simplest: null, reached: false }),
  );
  let explored = 0;
  for (const seed of seeds) {
    options.signal?.throwIfAborted();
    // Times differ from run to run, so no result of an earlier run can be reused.
    const choices = seeded(seed);
    const done = await runScenario(options, choices, 'verify').done;
    explored += 1;
    options.onProgress?.(explored);
    const finding = findingOfRun(done);
    if (finding !== null)
      return { exhaustive: false, explored, timedSeeds: seeds, checks, finding, findingRecord: choices.record };
    for (const state of checks) {
      const violation = state.check.judge({ observation: done.result ?? {}, trace: done.trace });
      if (violation === null) continue;
      state.failing += 1;
      state.simplest ??= { violation, record: choices.record, cost: { faults: done.faults, ...done.count }, seed };
    }
  }
  return { exhaustive: false, explored, timedSeeds: seeds, checks, finding: null };
}
