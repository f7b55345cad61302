/**
 * What a scenario was told, moment by moment, and what it did each time.
 *
 * A scenario sees only answers, ends of waits and ledgers, so it does the same when it is told the same in the same order. All
 * its histories together are a tree. This file holds the data and runs nothing.
 */

import { Known } from '../../host/remembering/known.ts';
import type { AwsCall } from '../../simulator/contract/answer.ts';
import type { ScenarioLane, ScenarioOutcome } from '../../simulator/world.ts';

/** One act of a scenario. Calls, sleeps and rests are its requests: they are numbered from 0 and answered later. */
export type ScenarioAct =
  | ({ readonly kind: 'call'; readonly lane: ScenarioLane } & AwsCall)
  | { readonly kind: 'sleep'; readonly delayMs: number; readonly lane: ScenarioLane }
  | { readonly kind: 'rest' }
  | { readonly kind: 'note'; readonly text: string }
  /** Looks at a downstream's ledger. The answer comes at once and begins a new moment. */
  | { readonly kind: 'look'; readonly downstream: string };

/** The answer to a request; for a look, the ledger. */
export interface Told {
  readonly request: number;
  readonly value: unknown;
}

/** Replaces the number of a request for the result of a look. */
export const SEEN = -1;

/** What a scenario does after it was told something, until it waits again. */
export class ScenarioMoment<Result> {
  readonly before: ScenarioMoment<Result> | null;
  readonly told: readonly Told[];
  readonly acts: ScenarioAct[] = [];
  /** Set if the scenario came to its end in this moment. */
  outcome: ScenarioOutcome<Result> | null = null;
  readonly #next = new Known<ScenarioMoment<Result>>();

  constructor(before: ScenarioMoment<Result> | null, told: readonly Told[]) {
    this.before = before;
    this.told = told;
  }

  /** The moment that followed when the scenario was told this next; undefined if that never happened. */
  after(told: readonly Told[]): ScenarioMoment<Result> | undefined {
    return this.#next.get(told);
  }

  /** Adds the moment that follows when the scenario is told this. */
  extend(told: readonly Told[]): ScenarioMoment<Result> {
    const next = new ScenarioMoment(this, told);
    this.#next.add(told, next);
    return next;
  }

  /** The moments from the beginning to this one. */
  path(): readonly ScenarioMoment<Result>[] {
    const path: ScenarioMoment<Result>[] = [];
    for (let at: ScenarioMoment<Result> | null = this; at !== null; at = at.before) path.push(at);
    return path.reverse();
  }
}
