/**
 * The right answers of a lab, from which mutants are made: the solution, and every other answer.
 */

import type { Case } from '../cases.ts';

export interface RightAnswer {
  /** «solution», or the name of another answer. */
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  /** The code that is this answer's own: every file of the solution, and of another answer those that differ from the solution's. */
  readonly own: readonly string[];
}

/** The right answers among the cases of a lab. */
export function answersIn(cases: readonly Case[]): readonly RightAnswer[] {
  const solution = cases.find(({ kind }) => kind === 'solution');
  if (solution === undefined) return [];
  return [solution, ...cases.filter(({ kind }) => kind === 'answer')].map(({ name, files }) => ({
    name,
    files,
    own: [...files]
      .filter(([path, text]) => path.endsWith('.ts') && (files === solution.files || text !== solution.files.get(path)))
      .map(([path]) => path),
  }));
}
