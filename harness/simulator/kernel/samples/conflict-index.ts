/**
 * Who met whom: for each step of a run, the earlier steps that it conflicts with, without comparing every step with every other.
 *
 * Kept by path: who changed it last, and who looked at it or added to it since. Whoever came before that change is ordered
 * before it, and so before everybody who meets it now. What a conflict is says `footprint.ts`.
 */

import { CLOCK, FootprintOfStep, meet, type StepFootprint } from '../footprint.ts';

/** An earlier step that conflicts. */
export interface Met {
  readonly step: number;
  /** They have nothing in common but time. */
  readonly onlyTheClock: boolean;
}

interface Uses {
  writer: number | null;
  readers: number[];
  adders: number[];
}

export class Meetings {
  /** By path: the others that mean something in common with it. The same in all runs. */
  readonly #others = new Map<string, string[]>();
  readonly #open: string[] = [];
  #uses = new Map<string, Uses>();
  #touched = new FootprintOfStep();

  /** A new run begins. */
  begin(): void {
    this.#uses = new Map();
    this.#touched = new FootprintOfStep();
  }

  touch(footprint: StepFootprint): void {
    this.#touched.add(footprint);
  }

  /** The step is over: whom it met, the last ones first. */
  ofStep(step: number): readonly Met[] {
    const { reads, writes, adds } = this.#touched;
    const met = new Map<number, boolean>();
    for (const path of writes) this.#meet(met, path, ['writer', 'readers', 'adders']);
    for (const path of reads) this.#meet(met, path, ['writer', 'adders']);
    for (const path of adds) this.#meet(met, path, ['writer', 'readers']);
    for (const path of reads) this.#usesOf(path).readers.push(step);
    for (const path of adds) this.#usesOf(path).adders.push(step);
    for (const path of writes) this.#uses.set(path, { writer: step, readers: [], adders: [] });
    this.#touched = new FootprintOfStep();
    return [...met].sort(([a], [b]) => b - a).map(([earlier, onlyTheClock]): Met => ({ step: earlier, onlyTheClock }));
  }

  #meet(met: Map<number, boolean>, path: string, kinds: readonly (keyof Uses)[]): void {
    for (const other of this.#meant(path)) {
      const uses = this.#uses.get(other);
      if (uses === undefined) continue;
      for (const kind of kinds) {
        const steps = uses[kind];
        if (typeof steps === 'number') note(met, steps, path === CLOCK);
        else if (steps !== null) for (const step of steps) note(met, step, path === CLOCK);
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

  /** All paths that mean something in common with this one, itself among them. Only a path that covers others has others. */
  #meant(path: string): readonly string[] {
    const known = this.#others.get(path);
    if (known !== undefined) return known;
    const covers = path.endsWith('*');
    const meant = [path];
    for (const other of covers ? this.#others.keys() : this.#open) {
      if (!meet(path, other)) continue;
      meant.push(other);
      this.#others.get(other)?.push(path);
    }
    this.#others.set(path, meant);
    if (covers) this.#open.push(path);
    return meant;
  }
}

function note(met: Map<number, boolean>, step: number, onlyTheClock: boolean): void {
  met.set(step, onlyTheClock && met.get(step) !== false);
}
