/**
 * The standard mutation operators, those of Stryker: blocks emptied, conditions fixed, operators swapped, literals changed.
 *
 * Its instrumenter puts all mutants of a file into one instrumented file. Here only their list is used: a place and a replacement,
 * since each mutant is graded as a learner's file.
 */

import { Instrumenter } from '@stryker-mutator/instrumenter';
import type { MutantChange } from './change.ts';

/** The instrumenter reports to a log of its tool. */
const SILENT = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
  fatal() {},
};

/** The standard mutants of one file. */
export async function standardChanges(path: string, text: string): Promise<readonly MutantChange[]> {
  const { mutants } = await new Instrumenter(SILENT).instrument([{ name: path, content: text, mutate: true }], {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
  });
  const at = offsetsIn(text);
  return mutants.map(({ location: { start, end }, replacement, mutatorName }) => ({
    path,
    start: at(start),
    end: at(end),
    replacement,
    operator: mutatorName,
  }));
}

/** Finds the offset of a line and a column, both from 0. */
function offsetsIn(text: string): (at: { readonly line: number; readonly column: number }) => number {
  const begins = [0];
  for (const { index } of text.matchAll(/\n/g)) begins.push(index + 1);
  return ({ line, column }) => (begins[line] ?? text.length) + column;
}
