/**
 * Explores where not every kind of schedule can be tried: first all of the simplest schedules, up to some number of faults and
 * preemptions; then samples of the rest.
 *
 * Its limits are counts, of schedules and of steps, so that the result is the same on every machine; only on request does a
 * clock limit the samples. The numbers say what was done, and `report/judgement.ts` says that it is no proof.
 */

import { clockMs } from '../../host/own-clock.ts';
import { PreemptionBounding } from '../../simulator/kernel/bounded/preemption-bounding.ts';
import { PctSamples } from '../../simulator/kernel/samples/pct-samples.ts';
import { RaceCoverage } from '../../simulator/kernel/samples/race-coverage.ts';
import { isFaultQuestion, mostFaultsOf } from '../../simulator/world/faults.ts';
import type { ExplorationOptions, ScenarioExploration } from './exploration.ts';
import { ExplorationSession } from './session.ts';
import { eventsWatchedBy } from './watched.ts';
import type { WorkLimits } from './work.ts';

const ENDLESS = { simplest: Number.POSITIVE_INFINITY, samples: Number.POSITIVE_INFINITY };

/** After a first failure, exploration goes on to count further failures, up to this many schedules. */
const ENOUGH_AFTER_A_FAILURE = 2_000;

/** How many samples are drawn, or for how long. */
export interface Samples {
  readonly schedules: number;
  /** The seed of the first sample. Each further sample takes the next number. */
  readonly seed: number;
  /** How long to sample, in milliseconds by the clock. It replaces the number of schedules. */
  readonly forMs?: number;
}

/** Only draws samples. `clock` measures `forMs`, in milliseconds. */
export async function sample(
  options: ExplorationOptions,
  samples: Samples,
  maxSteps = Number.POSITIVE_INFINITY,
  clock: () => number = clockMs,
): Promise<ScenarioExploration> {
  return new Beyond(options).sample(samples, clock, maxSteps);
}

/**
 * Tries all schedules up to some number of faults and preemptions, as long as there are at most `most` of them, and then draws
 * samples. Exhaustive if there are at most `most` schedules in all.
 */
export async function exploreBeyond(
  options: ExplorationOptions,
  most: number,
  samples: Samples,
  maxWork: Pick<WorkLimits, 'simplest' | 'samples'> = ENDLESS,
): Promise<ScenarioExploration> {
  const beyond = new Beyond(options);
  const simplest = await beyond.simplestFirst(most, maxWork.simplest);
  return simplest ?? beyond.sample(samples, clockMs, maxWork.samples);
}

class Beyond {
  readonly #session: ExplorationSession;
  readonly #races = new RaceCoverage();
  readonly #faults: { readonly mostFaults: number; readonly isFault: (reason: string) => boolean };
  #simplest: PreemptionBounding | null = null;

  constructor(options: ExplorationOptions) {
    const watched = eventsWatchedBy(options.checks);
    this.#session = new ExplorationSession({ ...options, ...(watched === null ? {} : { watched }) });
    this.#faults = { mostFaults: mostFaultsOf(options.scenario.faults ?? {}), isFault: isFaultQuestion };
  }

  /** Tries the simplest schedules first. Null if there are more than `most` schedules or they take more than `maxSteps`, and none so far has failed. */
  async simplestFirst(most: number, maxSteps: number): Promise<ScenarioExploration | null> {
    const session = this.#session;
    const before = session.work.steps;
    const bounded = new PreemptionBounding(this.#faults);
    this.#simplest = bounded;
    for (let choices = bounded.next(); choices !== null; choices = bounded.next()) {
      const isTooMuch = session.work.steps - before >= maxSteps;
      if ((session.explored >= most || isTooMuch) && !session.failed) return null;
      if (session.failed && (session.explored >= ENOUGH_AFTER_A_FAILURE || isTooMuch))
        return { ...(await session.finish()), ...this.#bounds() };
      if (!(await session.run(this.#races.watch(choices)))) return session.result(false);
    }
    if (!bounded.isEverything) return null;
    await session.checkDeterminism();
    return session.result(true);
  }

  async sample(
    { schedules, seed, forMs }: Samples,
    clock: () => number,
    maxSteps = Number.POSITIVE_INFINITY,
  ): Promise<ScenarioExploration> {
    const session = this.#session;
    const before = session.explored;
    const stepsBefore = session.work.steps;
    const samples = new PctSamples({ ...this.#faults, seed });
    const startedMs = clock();
    const isEnough = (): boolean => {
      if (forMs !== undefined) return clock() - startedMs >= forMs;
      return session.explored - before >= schedules || session.work.steps - stepsBefore >= maxSteps;
    };
    do {
      if (!(await session.run(this.#races.watch(samples.next())))) return session.result(false, seed);
    } while (!isEnough());
    const explored = await session.finish(seed);
    const sampled = { schedules: session.explored - before, ...(forMs === undefined ? {} : { forMs }) };
    return { ...explored, sampled, races: this.#races.seen, ...this.#bounds() };
  }

  #bounds(): Pick<ScenarioExploration, 'bounds'> {
    const bounds = this.#simplest?.complete ?? null;
    return bounds === null ? {} : { bounds };
  }
}
