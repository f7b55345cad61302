/**
 * A mutation: one named way in which a service could be wrong about a fact, written as a replacement of text.
 *
 * Each service lists its own in `mutations.ts`, by default export. Nothing of the simulator reads them; `npm run mutations` applies them one at
 * a time, in memory, and wants the fact's tests to fail.
 */

export interface Mutation {
  /** What the service would do wrong: `a deleted message can be received again`. */
  readonly name: string;
  /** The fact that would no longer hold. The tests whose names begin with it must notice. */
  readonly fact: string;
  /** The file to change, as seen from the service's folder. */
  readonly file: string;
  /** The text that stands in the file exactly once, and what takes its place. */
  readonly replace: readonly [text: string, replacement: string];
  /** Set if the service would never come to an end; otherwise running out of time does not count as noticed. */
  readonly endless?: true;
}

/** The mutations of one service. */
export type Mutations = readonly Mutation[];
