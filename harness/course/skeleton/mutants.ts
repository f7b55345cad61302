/**
 * The wrong fixes, each with the check that must catch it and the lesson that it teaches.
 *
 * The files are in mutants/<name>/ and replace the solution's. They look like answers that people have really given.
 */

import type { Mutant } from '../lab.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'look-again',
    caughtBy: 'never-oversold',
    lesson: 'A second look is as old as the first one by the time the write arrives.',
  },
];
