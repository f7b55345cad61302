/**
 * A mutant of a right answer that is right, too: no check could catch it, and the reason says why.
 *
 * It is named by what stood there and what stands there, not by a line, so that it stays true when the file moves around it.
 */

export interface EquivalentMutant {
  /** «solution», or the name of another answer. */
  readonly answer: string;
  readonly path: string;
  readonly was: string;
  readonly is: string;
  /** What its line begins with, where the file says the same in other lines, too. */
  readonly line?: string;
  /** Why the answer with this change still does everything that the lab asks, in a sentence. */
  readonly reason: string;
}
