/**
 * Builds the world of one run: a deployed stack, a host, the choices, and the scenario's settings.
 *
 * Every world above the simulator is built here, so that seed and limits are the same for a grading, a replay, a target, a test
 * and a benchmark. It runs nothing.
 */

import type { Scenario } from '../course/lab.ts';
import type { Host } from '../simulator/host.ts';
import type { Choices } from '../simulator/kernel/choices.ts';
import type { Locate } from '../simulator/stack.ts';
import type { WatchedEvents } from '../simulator/world/footprints.ts';
import { type Witness, World } from '../simulator/world.ts';
import type { DeployedStack } from './deploy.ts';

/** No useful run of a lab takes more steps than this. A longer run repeats itself. */
const MAX_STEPS = 5_000;
/** The limit for timed runs, which are few and have the story's own numbers, thousands of messages. */
const MAX_TIMED_STEPS = 1_000_000;
/** Seeds `Math.random` and ids in learners' code. Runs differ only by their choices, never by this seed. */
const RUN_SEED = 20_260_105;

/**
 * The purpose of a run. `explore`: code and scenario may be replaced by what they did before. `rehearse`: the scenario really
 * runs. `verify`: code and scenario really run. `show`: as `verify`, and the trace records the line of code of each call.
 */
export type RunPurpose = 'explore' | 'rehearse' | 'verify' | 'show';

export interface WorldSetting {
  readonly stack: DeployedStack;
  readonly host: Host;
  readonly choices: Choices;
  readonly purpose: RunPurpose;
  /** Finds the learner's line for a place in a bundle. */
  readonly locate: Locate;
  /** The scenario's settings for the world: by default without faults and without a latency model. */
  readonly scenario?: Partial<Pick<Scenario, 'plan' | 'faults' | 'faultsAt' | 'equalCallsAreAlike'>>;
  /** The events whose order the scenario's checks look at. */
  readonly watched?: WatchedEvents | undefined;
  /** Is handed the entries of the trace, which is kept nowhere then. */
  readonly witness?: Witness | undefined;
}

/** The world of one run, before its first step. */
export function buildWorld(setting: WorldSetting): World {
  const { stack, host, choices, purpose, locate, scenario = {}, watched, witness } = setting;
  const { plan, faults = {}, faultsAt, equalCallsAreAlike } = scenario;
  return new World({
    account: stack.account,
    host,
    choices,
    faults,
    maxSteps: plan?.mode === 'timed' ? MAX_TIMED_STEPS : MAX_STEPS,
    seed: RUN_SEED,
    frames: purpose === 'show',
    afresh: purpose === 'verify' || purpose === 'show',
    locate,
    ...(faultsAt === undefined ? {} : { faultsAt }),
    ...(watched === undefined ? {} : { watched }),
    witness,
    ...(equalCallsAreAlike === undefined ? {} : { equalCallsAreAlike }),
  });
}
