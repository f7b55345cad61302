/**
 * What is done where not every kind of schedule can be tried: the simplest schedules first, all up to some number of faults and
 * switches; then samples of the rest.
 *
 * By count, so that it is the same on every machine; only where somebody asks for it do samples go on for so much time. What
 * was done is told in numbers; that it is no proof says `report/judgement.ts`.
 */

import { Bounded } from '../../simulator/kernel/bounded/bounded.ts';
import { PctSamples } from '../../simulator/kernel/samples/pct-samples.ts';
import { RaceCoverage } from '../../simulator/kernel/samples/races-seen.ts';
import { isFaultQuestion, mostFaultsOf } from '../../simulator/world/fault-questions.ts';
import type { ExplorationOptions, ScenarioExploration } from './exploration.ts';
import { ExplorationSession } from './session.ts';
import { eventsWatchedBy } from './watched.ts';

/** A failing lab is explored further, so that failures are counted, but not without end. */
const ENOUGH_AFTER_A_FAILURE = 2_000;

/** How many samples are drawn, or for how long. */
export interface Samples {
  readonly schedules: number;
  /** Of the first; the others count on from it. */
  readonly seed: number;
  /** In place of a number of schedules: for so long, by the clock. */
  readonly forMs?: number;
}

/** Samples, and nothing else. `clock`: the milliseconds that `forMs` is measured in. */
export async function sample(
  options: ExplorationOptions,
  samples: Samples,
  clock: () => number = () => performance.now(),
): Promise<ScenarioExploration> {
  return new Beyond(options).sample(samples, clock);
}

/**
 * All schedules up to as many faults and switches as can be had with `most` of them, then samples. Exhaustive if there are no
 * more than `most`.
 */
export async function exploreBeyond(
  options: ExplorationOptions,
  most: number,
  samples: Samples,
): Promise<ScenarioExploration> {
  const beyond = new Beyond(options);
  return (await beyond.simplestFirst(most)) ?? beyond.sample(samples, () => performance.now());
}

class Beyond {
  readonly #session: ExplorationSession;
  readonly #races = new RaceCoverage();
  readonly #faults: { readonly mostFaults: number; readonly isFault: (reason: string) => boolean };
  #simplest: Bounded | null = null;

  constructor(options: ExplorationOptions) {
    const watched = eventsWatchedBy(options.checks);
    this.#session = new ExplorationSession({ ...options, ...(watched === null ? {} : { watched }) });
    this.#faults = { mostFaults: mostFaultsOf(options.scenario.faults ?? {}), isFault: isFaultQuestion };
  }

  /** Null if there are more than so many, and none so far has failed. */
  async simplestFirst(most: number): Promise<ScenarioExploration | null> {
    const session = this.#session;
    const bounded = new Bounded(this.#faults);
    this.#simplest = bounded;
    for (let choices = bounded.next(); choices !== null; choices = bounded.next()) {
      if (session.explored >= most && !session.failed) return null;
      if (session.failed && session.explored >= ENOUGH_AFTER_A_FAILURE)
        return { ...(await session.finish()), ...this.#bounds() };
      if (!(await session.run(this.#races.watch(choices)))) return session.result(false);
    }
    if (!bounded.isEverything) return null;
    await session.checkDeterminism();
    return session.result(true);
  }

  async sample({ schedules, seed, forMs }: Samples, clock: () => number): Promise<ScenarioExploration> {
    const session = this.#session;
    const before = session.explored;
    const samples = new PctSamples({ ...this.#faults, seed });
    const startedMs = clock();
    const isEnough = (): boolean =>
      forMs === undefined ? session.explored - before >= schedules : clock() - startedMs >= forMs;
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
