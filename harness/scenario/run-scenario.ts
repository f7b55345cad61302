/**
 * One run of a scenario under given choices: the world, the host, the scenario's own SDK clients.
 */

import type { Observation, Scenario } from '../course/lab.ts';
import { EPOCH_MS, type Submission } from '../grader/submission/submission.ts';
import type { Host } from '../simulator/host.ts';
import type { Choices } from '../simulator/kernel/choices.ts';
import type { TraceEvent } from '../simulator/trace.ts';
import { LATENCY_2026 } from '../simulator/world/latency.ts';
import { AsyncActor, type ScenarioPort, World, type WorldRun } from '../simulator/world.ts';
import type { ScenarioSdk } from './clients.ts';
import { contextIn } from './context.ts';

/** More steps than any sane run of a lab takes; beyond it is a livelock. */
const MAX_STEPS = 5_000;
/** Timed runs are few, and have the story's own numbers. */
const MAX_TIMED_STEPS = 1_000_000;
/** Seeds `Math.random` and ids in learners' code; a run is told apart by its choices, not by this. */
const RUN_SEED = 20_260_105;

export interface ScenarioRunner {
  readonly submission: Submission;
  readonly scenario: Scenario;
  readonly host: Host;
  /** The scenario's own clients; made once for many runs. */
  readonly sdk: ScenarioSdk;
  /** Events whose order among themselves the scenario's checks look at. */
  readonly watched?: ReadonlySet<TraceEvent['kind']>;
}

/**
 * What a run is for. `explore`: what is known of code and scenario need not be run. `rehearse`: the scenario really runs.
 * `verify`: everything does. `show`: as well, and the trace says where in the code each call was made.
 */
export type RunPurpose = 'explore' | 'rehearse' | 'verify' | 'show';

/** Runs it once. */
export function runScenario(
  { submission, scenario, host, sdk, watched }: ScenarioRunner,
  choices: Choices,
  purpose: RunPurpose,
): { readonly world: World; readonly done: Promise<WorldRun<Observation>> } {
  const stack = submission.stacks.get(scenario.name);
  if (stack === undefined) throw new Error(`the scenario «${scenario.name}» was not deployed`);
  const timed = scenario.explore.mode === 'timed';
  const world = new World({
    account: stack.account,
    host,
    choices,
    faults: scenario.faults ?? {},
    maxSteps: timed ? MAX_TIMED_STEPS : MAX_STEPS,
    ...(timed ? { latency: LATENCY_2026 } : {}),
    epochMs: EPOCH_MS,
    seed: RUN_SEED,
    frames: purpose === 'show',
    afresh: purpose === 'verify' || purpose === 'show',
    locate: submission.locate,
    downstreams: submission.downstreams,
    ...(watched === undefined ? {} : { watched }),
    ...(scenario.equalCallsAreAlike === undefined ? {} : { equalCallsAreAlike: scenario.equalCallsAreAlike }),
  });
  const { outputs } = stack.deployment;
  const play = { run: (port: ScenarioPort) => scenario.run(contextIn(port, sdk, outputs)), hop: whenPromisesWait };
  const done = world.run(
    purpose === 'explore' ? sdk.remembered(scenario, outputs, play).actor() : new AsyncActor(play),
  );
  return { world, done };
}

/**
 * Resolves when every promise of this process waits for something else. Scenarios wait for the world's answers and for
 * nothing of the machine's, so no turn of the event loop is needed; `explore` gives the machine its turn between runs.
 */
function whenPromisesWait(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
