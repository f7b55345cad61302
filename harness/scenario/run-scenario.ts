/**
 * Runs a lab's scenario once in a simulated world, under given choices.
 *
 * The caller chooses the choices and decides what the run shows.
 */

import type { Observation, Scenario } from '../course/lab.ts';
import type { Platform } from '../platform/platform.ts';
import type { Host } from '../simulator/host.ts';
import { invariant } from '../simulator/kernel/bug.ts';
import type { Choices } from '../simulator/kernel/choices.ts';
import type { ResumedRuns, StagedWorld } from '../simulator/resumed-runs.ts';
import type { Locate } from '../simulator/stack.ts';
import type { WatchedEvents } from '../simulator/world/footprints.ts';
import { AsyncActor, type Witness, type World, type WorldRun } from '../simulator/world.ts';
import { buildWorld, type RunPurpose } from './build-world.ts';
import type { ScenarioSdk } from './clients.ts';
import { playOf } from './context.ts';
import type { DeployedStack } from './deploy.ts';
import { situationsOf } from './situations.ts';

/** A lab that is deployed with the code of one submission, once for each situation, as they differ in their parameters. */
export interface DeployedLab {
  /** The stacks by the scenario's name, in the order of its situations. */
  readonly stacks: ReadonlyMap<string, readonly DeployedStack[]>;
  readonly locate: Locate;
}

/** What all runs of one scenario share. */
export interface ScenarioRunner {
  readonly platform: Platform;
  readonly submission: DeployedLab;
  readonly scenario: Scenario;
  readonly host: Host;
  /** The scenario's own clients, made once for many runs. */
  readonly sdk: ScenarioSdk;
  /** The events whose order the scenario's checks look at. */
  readonly watched?: WatchedEvents;
  /** Is handed the entries of a run’s trace, which is kept nowhere then: for runs of any length. */
  readonly witness?: Witness;
  /** Where the runs of an exploration go on from one another; without it, each begins at its start. */
  readonly resumed?: ResumedRuns<Observation>;
}

/** The reason of a run's first choice, if its scenario has several situations. */
export const SITUATION = 'situation';

/** Starts the run. `world` shows what has happened so far, even if the run can't be followed to its end. */
export function runScenario(
  runner: ScenarioRunner,
  choices: Choices,
  purpose: RunPurpose,
): { readonly world: World; readonly done: Promise<WorldRun<Observation>> } {
  const { resumed } = runner;
  // Other runs come between those of the exploration, such as one that is tried without a deviation: each begins at its start.
  if (resumed !== undefined && purpose === 'explore' && choices.sharedPoints !== undefined)
    return resumed.start(choices, (resumable) => stage(runner, resumable, purpose));
  const { world, actor } = stage(runner, choices, purpose);
  return { world, done: world.run(actor) };
}

/** Builds the world of a run in the situation that is chosen, and its scenario's actor. */
function stage(
  { platform, submission, scenario, host, sdk, watched, witness }: ScenarioRunner,
  choices: Choices,
  purpose: RunPurpose,
): StagedWorld<Observation> {
  const { stacks, locate } = submission;
  const situations = situationsOf(scenario);
  const number = choices.pick(SITUATION, situations.length);
  const situation = situations[number] ?? situations[0];
  const stack = stacks.get(scenario.name)?.[number];
  invariant(stack !== undefined, `the scenario «${scenario.name}» was not deployed`);
  const world = buildWorld({ stack, host, choices, purpose, locate, scenario, watched, witness });
  const { outputs } = stack.deployment;
  const play = playOf(scenario, situation, sdk, outputs, platform.turns);
  const actor = purpose === 'explore' ? sdk.remembered(scenario, number, outputs, play).actor() : new AsyncActor(play);
  return { world, actor };
}
