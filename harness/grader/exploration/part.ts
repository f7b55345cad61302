/**
 * The parts of a scenario's exploration: plain data, so that any worker can explore any part.
 *
 * The division into parts follows from the scenario and from what other parts have found, never from the workers or their
 * number.
 */

import type { Observation } from '../../course/lab.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import { unreachable } from '../../simulator/kernel/bug.ts';
import type { Choices } from '../../simulator/kernel/choices.ts';
import { divide } from '../../simulator/kernel/source-dpor/divide.ts';
import type { ExplorationJob } from '../../simulator/kernel/source-dpor/job.ts';
import { ResumedRuns } from '../../simulator/resumed-runs.ts';
import { exploreBeyond, sample } from './beyond.ts';
import type { ExplorationOptions, ScenarioExploration } from './exploration.ts';
import { prove } from './proof.ts';
import { runTimed } from './timed-runs.ts';
import { eventsWatchedBy } from './watched.ts';
import { WorkMeter, workLimitsOf } from './work.ts';

export type ExplorationPart =
  /** Everything that the plan asks for, unless it is too much for one part and is divided. */
  | { readonly kind: 'whole' }
  /** One schedule of each kind, for some of the kinds. */
  | { readonly kind: 'job'; readonly job: ExplorationJob }
  /** What the plan asks for if there are too many kinds. */
  | { readonly kind: 'otherwise' }
  /** One timed run. */
  | { readonly kind: 'seed'; readonly seed: number };

export type PartResult =
  | { readonly kind: 'explored'; readonly exploration: ScenarioExploration; readonly work: number }
  | { readonly kind: 'divided'; readonly jobs: readonly ExplorationJob[] }
  /** There are more kinds of schedules than the plan allows for. */
  | { readonly kind: 'too-many' };

/** An exploration that ends within this many runs is not divided. */
const UNDIVIDED = 500;
/** Several jobs for each core, so that no worker is idle for long at the end. The number is the same on every machine. */
const JOBS = 12;

/** Explores one part. Rejects with `HostStopped` if the code had to be stopped. */
export async function explorePart(options: ExplorationOptions, part: ExplorationPart): Promise<PartResult> {
  const counted = { ...options, work: new WorkMeter() };
  switch (part.kind) {
    case 'whole':
      return exploreWhole(counted);
    case 'job':
      return exploreJob(counted, part.job);
    case 'otherwise':
      return explored(counted, await goBeyond(counted));
    case 'seed':
      return explored(counted, await runTimed(counted, [part.seed]));
    default:
      return unreachable(part, 'part of an exploration');
  }
}

type Counted = ExplorationOptions & { readonly work: WorkMeter };

function explored({ work }: Counted, exploration: ScenarioExploration): PartResult {
  return { kind: 'explored', exploration, work: work.done };
}

async function exploreWhole(options: Counted): Promise<PartResult> {
  const { plan } = options.scenario;
  if (plan.mode !== 'exhaustive') return explored(options, await goBeyond(options));
  const { maxSchedules } = plan;
  const watched = eventsWatchedBy(options.checks);
  if (watched === null) return explored(options, await goBeyond(options));
  const giveUpAfter = maxSchedules > UNDIVIDED ? UNDIVIDED : Number.POSITIVE_INFINITY;
  const limits = workLimitsOf(plan);
  const maxWork = maxSchedules > UNDIVIDED ? limits.job : limits.proof;
  const proof = await prove({ ...options, watched }, { maxSchedules, giveUpAfter, maxWork });
  if (proof !== null) return explored(options, proof);
  // Runs so long that a few of them are too much work would be too much in parts, too.
  const isTooMuch = options.work.done >= maxWork;
  if (maxSchedules <= UNDIVIDED || isTooMuch) return explored(options, await goBeyond(options));
  const runner = { ...options, watched, resumed: new ResumedRuns<Observation>() };
  const run = (choices: Choices): Promise<unknown> => runScenario(runner, choices, 'explore').done;
  return { kind: 'divided', jobs: await divide(run, JOBS) };
}

async function exploreJob(options: Counted, job: ExplorationJob): Promise<PartResult> {
  const { plan } = options.scenario;
  const watched = eventsWatchedBy(options.checks);
  if (plan.mode !== 'exhaustive' || watched === null) return { kind: 'too-many' };
  const { maxSchedules } = plan;
  const proof = await prove({ ...options, watched }, { maxSchedules, job, maxWork: workLimitsOf(plan).job });
  return proof === null ? { kind: 'too-many' } : explored(options, proof);
}

/**
 * Does what the plan asks for if there are too many kinds, or if a check may look at anything, so that kinds are not enough.
 */
async function goBeyond(options: ExplorationOptions): Promise<ScenarioExploration> {
  const { plan } = options.scenario;
  if (plan.mode === 'timed') throw new Error('timed runs are parts of their own');
  const samples = plan.mode === 'sampled' ? plan : plan.sampleInstead;
  const seeded = { ...samples, seed: options.seed ?? samples.seed };
  if (plan.mode === 'sampled') return sample(options, seeded, plan.maxSteps);
  return exploreBeyond(options, plan.maxSchedules, seeded, workLimitsOf(plan));
}
