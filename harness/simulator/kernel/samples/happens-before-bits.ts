/**
 * The happens-before relation of runs with thousands of steps: one bit for each pair of steps.
 *
 * Steps are added one after the other, each with the steps that happen before it; the transitive closure is kept here. Which
 * steps happen before which is decided elsewhere.
 */

const BITS = 32;
const NO_STEPS = new Uint32Array(0);

export class HappensBeforeBits {
  /** By step: the steps that happen before it. */
  readonly #predecessors: Uint32Array[] = [];
  /** Every step before this one happened before the last rest, and so before everything behind it. */
  #rest = 0;
  #current = NO_STEPS;

  /** Begins a step, behind all that have been added. */
  begin(step: number): void {
    this.#current = new Uint32Array(Math.ceil((step + 1) / BITS));
    this.#predecessors.push(this.#current);
  }

  /** An earlier step, and all that happens before it, happens before the current one. False if that was known. */
  addPredecessor(earlier: number): boolean {
    if (earlier < this.#rest || this.#isPredecessor(earlier)) return false;
    const more = this.#predecessors[earlier] ?? NO_STEPS;
    for (const [word, bits] of more.entries()) this.#current[word] = (this.#current[word] ?? 0) | bits;
    const word = earlier >>> 5;
    this.#current[word] = (this.#current[word] ?? 0) | (1 << (earlier % BITS));
    return true;
  }

  rest(): void {
    this.#rest = this.#predecessors.length;
  }

  #isPredecessor(earlier: number): boolean {
    return ((this.#current[earlier >>> 5] ?? 0) & (1 << (earlier % BITS))) !== 0;
  }
}
