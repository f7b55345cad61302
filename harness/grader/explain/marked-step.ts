/**
 * The steps of a failing run that drawings show as broken: what the violation is about, and nothing else. With their words.
 *
 * `explain.ts` finds them; every drawing of the run gets the same ones.
 */

import type { Actor } from '../../simulator/contract/trace-entry.ts';
import type { MarkedStep } from '../result.ts';

const NTH = ['first', 'second', 'third', 'fourth', 'fifth'] as const;

/** A mark's words: «erases bump#1's write», «the second time», «3 at once, takes 2». */
export function sayMark(mark: MarkedStep): string {
  switch (mark.kind) {
    case 'erases':
      return `erases ${mark.whose}'s write`;
    case 'repeats':
      return `the ${nth(mark.nth)} time`;
    case 'crowds':
      return `${mark.nth} at once, takes ${mark.most}`;
  }
}

/** The same in fewer words, the longest first. */
export function sayMarkShortly(mark: MarkedStep): readonly [string, string] {
  switch (mark.kind) {
    case 'erases':
      return [`erases ${mark.whose}'s`, 'erases'];
    case 'repeats':
      return [`${nth(mark.nth)} time`, nth(mark.nth)];
    case 'crowds':
      return [`${mark.nth} at once`, `${mark.nth}`];
  }
}

function nth(number: number): string {
  return NTH[number - 1] ?? `${number}th`;
}

/** A write that erased the write of another actor, based on what its sender had read before. */
export function erasing(step: number, whose: Actor, since: number): MarkedStep {
  return { kind: 'erases', step, whose, since };
}
