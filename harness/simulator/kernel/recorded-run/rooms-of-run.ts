/**
 * How many places a gate would have free if the steps of a recorded run came in another linear extension.
 *
 * Each step takes or gives back as many places as it did in the record, since all steps that could change that number keep their order
 * towards it. Steps from before the first event that waited at the gate count as if they had left it alone.
 */

import type { RecordedRun, Rooms } from './recorded-run.ts';
import { has, type StepBitset } from './step-bitset.ts';

export class RoomsOfRun {
  readonly #atEnd: Rooms;
  /** By gate: the steps that changed how many places are free, by their places in the run, and by how many. */
  readonly #changes = new Map<string, { readonly step: number; readonly by: number }[]>();

  constructor(run: RecordedRun) {
    this.#atEnd = run.rooms;
    for (const [step, { rooms }] of run.steps.entries()) {
      const after = run.steps[step + 1]?.rooms ?? this.#atEnd;
      for (const [gate, places] of rooms) this.#changed(gate, step, (after.get(gate) ?? places) - places);
    }
  }

  #changed(gate: string, step: number, by: number): void {
    if (by === 0) return;
    const changes = this.#changes.get(gate);
    if (changes === undefined) this.#changes.set(gate, [{ step, by }]);
    else changes.push({ step, by });
  }

  /** How many places are free when these steps are done. */
  placesAt(gate: string, done: StepBitset): number {
    let places = this.#atEnd.get(gate) ?? 0;
    for (const { step, by } of this.#changes.get(gate) ?? []) if (!has(done, step)) places -= by;
    return places;
  }
}
