/**
 * A mutation: one named way in which a service could get a fact wrong, written as a replacement of source text.
 *
 * Each service lists its own in `mutations.ts`, by default export. No code of the simulator reads them; `npm run mutations` applies them one at a
 * time, in memory, and requires a test of the fact to fail.
 */

export interface Mutation {
  /** The wrong behaviour as a sentence: `a deleted message can be received again`. */
  readonly name: string;
  /** The fact that would no longer hold. A test whose name begins with it must fail. */
  readonly fact: string;
  /** The file to change, relative to the service's folder. */
  readonly file: string;
  /** Text that stands in the file exactly once, and its replacement. */
  readonly replace: readonly [text: string, replacement: string];
  /** Set if the mutated service never ends; otherwise a timeout does not count as a failed test. */
  readonly endless?: true;
}

/** The mutations of one service. */
export type Mutations = readonly Mutation[];
