/**
 * The exploration stack: the choice points of the current run, from its first to its last.
 *
 * The search is depth first. A run follows the points that are on the stack and pushes new ones behind them; backtracking pops
 * the points from which nothing is left to explore and chooses anew at the last one that remains. The exploration holds no
 * more than this one path, whatever it has visited. What must be explored from a point is said elsewhere (`backtrack-set.ts`).
 */

import type { ChoicePoint, StepPoint } from './choice-point.ts';
import type { EnabledStep } from './enabled-step.ts';

export class ExplorationStack {
  readonly #points: ChoicePoint[] = [];
  /** The first points are the prefix of the job that is explored; the choices there are fixed. */
  readonly #prefixLength: number;
  /** How many points the current run has passed. */
  #position = 0;
  /** From this point on, the current run differs from the run before. */
  #newFrom = 0;

  constructor(prefixLength: number) {
    this.#prefixLength = prefixLength;
  }

  get size(): number {
    return this.#points.length;
  }

  get position(): number {
    return this.#position;
  }

  /** How many of the first points the current run passes as the run before did. */
  get sharedPoints(): number {
    return this.#newFrom;
  }

  /** The point that the current run has come to; undefined if no run has been here. */
  get here(): ChoicePoint | undefined {
    return this.#points[this.#position];
  }

  /** Whether the current run does at this point what the run before did not do. */
  get isNewHere(): boolean {
    return this.#position >= this.#newFrom;
  }

  get steps(): readonly StepPoint[] {
    return this.#points.filter((point) => point.kind === 'step');
  }

  /** The place of the first step that the run before did not have in the same way. */
  get firstNewStep(): number {
    return this.#points.slice(0, this.#newFrom).filter((point) => point.kind === 'step').length;
  }

  get lastStep(): StepPoint | undefined {
    return this.#points.findLast((point) => point.kind === 'step');
  }

  get hasStepBehindPrefix(): boolean {
    return this.#points.some((point, at) => at >= this.#prefixLength && point.kind === 'step');
  }

  /** What is chosen at each point: an index among the enabled steps, or an option. */
  get choices(): readonly number[] {
    return this.#points.map((point) =>
      point.kind === 'answer' ? point.chosen : point.enabled.findIndex(({ key }) => key === point.chosen.key),
    );
  }

  push(point: ChoicePoint): void {
    this.#points.push(point);
  }

  /** The current run goes on behind the point that it has come to. */
  advance(): void {
    this.#position += 1;
  }

  /** A new run begins at the first point. */
  restart(): void {
    this.#position = 0;
  }

  /** Chooses anew at the last point from which something is left to explore. False if there is none. */
  backtrack(): boolean {
    for (let last = this.#points.at(-1); last !== undefined; last = this.#points.at(-1)) {
      if (this.#points.length <= this.#prefixLength) return false;
      if (this.#choosesAnew(last)) return true;
      this.#points.pop();
    }
    return false;
  }

  #choosesAnew(last: ChoicePoint): boolean {
    this.#newFrom = this.#points.length - 1;
    if (last.kind === 'step') {
      const next = unexplored(last);
      if (next !== undefined) last.chosen = next;
      return next !== undefined;
    }
    const option = last.untried.shift();
    if (option === undefined) return false;
    last.chosen = option;
    // The step that asked takes another branch from now on, so it is new, too.
    if (last.inStep) this.#newFrom = this.#points.findLastIndex(({ kind }) => kind === 'step');
    return true;
  }
}

/** A step of the backtrack set that has not been explored and of which some branch is awake. */
function unexplored({ enabled, backtrackSet, explored, asleep }: StepPoint): EnabledStep | undefined {
  return enabled.find(({ key }) => backtrackSet.has(key) && !explored.has(key) && !asleep.has(key));
}
