/**
 * Builds the world of one run: a deployed stack, a host, the choices, and what the scenario asks for.
 *
 * Every world above the simulator is built here, so that seed and caps are the same for a grading, a replay,
 * a target, a test and a benchmark. It runs nothing.
 */

import type { Scenario } from '../course/lab.ts';
import type { Host } from '../simulator/host.ts';
import type { Choices } from '../simulator/kernel/choices.ts';
import type { Locate } from '../simulator/stack.ts';
import type { TraceEvent } from '../simulator/trace.ts';
import { World } from '../simulator/world.ts';
import type { DeployedStack } from './deploy.ts';

/** More steps than any sane run of a lab takes: a run beyond it repeats itself. */
const MAX_STEPS = 5_000;
/** Timed runs are few and have the story's own numbers, thousands of messages. */
const MAX_TIMED_STEPS = 1_000_000;
/** Seeds `Math.random` and ids in learners' code. A run differs from another by its choices, never by this seed. */
const RUN_SEED = 20_260_105;

/**
 * What a run is for. `explore`: what is known of code and scenario need not be run. `rehearse`: the scenario really runs.
 * `verify`: code and scenario really run. `show`: as `verify`, and the trace says where in the code each call was made.
 */
export type RunPurpose = 'explore' | 'rehearse' | 'verify' | 'show';

export interface WorldSetting {
  readonly stack: DeployedStack;
  readonly host: Host;
  readonly choices: Choices;
  readonly purpose: RunPurpose;
  /** Finds the learner's line for a place in a bundle. */
  readonly locate: Locate;
  /** What the scenario asks of the world: no fault and no clock unless it says so. */
  readonly scenario?: Partial<Pick<Scenario, 'plan' | 'faults' | 'equalCallsAreAlike'>>;
  /** Events whose order among themselves the scenario's checks look at. */
  readonly watched?: ReadonlySet<TraceEvent['kind']> | undefined;
}

/** The world of one run, in which nothing has happened yet. */
export function buildWorld(setting: WorldSetting): World {
  const { stack, host, choices, purpose, locate, scenario = {}, watched } = setting;
  const { plan, faults = {}, equalCallsAreAlike } = scenario;
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
    ...(watched === undefined ? {} : { watched }),
    ...(equalCallsAreAlike === undefined ? {} : { equalCallsAreAlike }),
  });
}
