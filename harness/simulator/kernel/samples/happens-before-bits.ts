/**
 * Which steps of a run come before which for a reason, for runs of thousands of steps: one bit for each pair.
 *
 * Steps are told one after the other, each with the steps that it comes after. Knows no reason.
 */

const BITS = 32;
const NO_STEPS = new Uint32Array(0);

export class StepOrder {
  /** By step: everything that comes before it for a reason. */
  readonly #before: Uint32Array[] = [];
  /** Everything that happened before the last rest comes before everything after it. */
  #rest = 0;
  #current = NO_STEPS;

  /** The steps before this one have been told. */
  begin(step: number): void {
    this.#current = new Uint32Array(Math.ceil((step + 1) / BITS));
    this.#before.push(this.#current);
  }

  /** The current step comes after an earlier one, and after all before that. False if that was known. */
  comesAfter(earlier: number): boolean {
    if (earlier < this.#rest || this.#isBefore(earlier)) return false;
    const more = this.#before[earlier] ?? NO_STEPS;
    for (const [word, bits] of more.entries()) this.#current[word] = (this.#current[word] ?? 0) | bits;
    const word = earlier >>> 5;
    this.#current[word] = (this.#current[word] ?? 0) | (1 << (earlier % BITS));
    return true;
  }

  rest(): void {
    this.#rest = this.#before.length;
  }

  #isBefore(earlier: number): boolean {
    return ((this.#current[earlier >>> 5] ?? 0) & (1 << (earlier % BITS))) !== 0;
  }
}
