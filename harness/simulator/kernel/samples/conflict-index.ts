/**
 * Finds, for each step of a run, the earlier steps that it conflicts with, without comparing every step with every other.
 *
 * By path it keeps the step that wrote last, and the steps that have read or added since. A step from before that write happens
 * before the write, and so before every step that conflicts with it now. `footprint.ts` says what a conflict is.
 */

import { CLOCK, FootprintOfStep, pathsOverlap, type StepFootprint } from '../footprint.ts';

/** An earlier step that conflicts. */
export interface StepConflict {
  readonly step: number;
  /** The two have nothing in common but time. */
  readonly onlyTheClock: boolean;
}

interface Uses {
  writer: number | null;
  readers: number[];
  adders: number[];
}

export class ConflictIndex {
  /** By path: all paths that overlap with it. The same in all runs. */
  readonly #overlapping = new Map<string, string[]>();
  /** The paths that cover others. */
  readonly #covering: string[] = [];
  #uses = new Map<string, Uses>();
  #footprint = new FootprintOfStep();

  /** A new run begins. */
  begin(): void {
    this.#uses = new Map();
    this.#footprint = new FootprintOfStep();
  }

  touch(footprint: StepFootprint): void {
    this.#footprint.add(footprint);
  }

  /** The earlier steps that the step conflicts with, the last one first. The step is over. */
  conflictsOf(step: number): readonly StepConflict[] {
    const { reads, writes, adds } = this.#footprint;
    const found = new Map<number, boolean>();
    for (const path of writes) this.#find(found, path, ['writer', 'readers', 'adders']);
    for (const path of reads) this.#find(found, path, ['writer', 'adders']);
    for (const path of adds) this.#find(found, path, ['writer', 'readers']);
    for (const path of reads) this.#usesOf(path).readers.push(step);
    for (const path of adds) this.#usesOf(path).adders.push(step);
    for (const path of writes) this.#uses.set(path, { writer: step, readers: [], adders: [] });
    this.#footprint = new FootprintOfStep();
    return [...found]
      .sort(([a], [b]) => b - a)
      .map(([earlier, onlyTheClock]): StepConflict => ({ step: earlier, onlyTheClock }));
  }

  #find(found: Map<number, boolean>, path: string, kinds: readonly (keyof Uses)[]): void {
    for (const other of this.#overlappingWith(path)) {
      const uses = this.#uses.get(other);
      if (uses === undefined) continue;
      for (const kind of kinds) {
        const steps = uses[kind];
        if (typeof steps === 'number') add(found, steps, path === CLOCK);
        else if (steps !== null) for (const step of steps) add(found, step, path === CLOCK);
      }
    }
  }

  #usesOf(path: string): Uses {
    const known = this.#uses.get(path);
    if (known !== undefined) return known;
    const uses: Uses = { writer: null, readers: [], adders: [] };
    this.#uses.set(path, uses);
    return uses;
  }

  /** All paths that overlap with this one, itself among them. Of two different paths, one must cover the other. */
  #overlappingWith(path: string): readonly string[] {
    const known = this.#overlapping.get(path);
    if (known !== undefined) return known;
    const covers = path.endsWith('*');
    const overlapping = [path];
    for (const other of covers ? this.#overlapping.keys() : this.#covering) {
      if (!pathsOverlap(path, other)) continue;
      overlapping.push(other);
      this.#overlapping.get(other)?.push(path);
    }
    this.#overlapping.set(path, overlapping);
    if (covers) this.#covering.push(path);
    return overlapping;
  }
}

function add(found: Map<number, boolean>, step: number, onlyTheClock: boolean): void {
  found.set(step, onlyTheClock && found.get(step) !== false);
}
