/**
 * The steps of a failing run that drawings show as broken: what the violation is about, and nothing else. With their words.
 *
 * `explain.ts` finds them; every drawing of the run gets the same ones.
 */

import type { Actor } from '../../simulator/contract/trace-entry.ts';
import type { MarkedStep } from '../result.ts';

const NTH = ['first', 'second', 'third', 'fourth', 'fifth'] as const;

/** A mark's words: «erases bump#1's write», «the second time». */
export function sayMark(mark: MarkedStep): string {
  return mark.kind === 'erases' ? `erases ${mark.whose}'s write` : `the ${nth(mark.nth)} time`;
}

/** The same in fewer words, the longest first. */
export function sayMarkShortly(mark: MarkedStep): readonly [string, string] {
  return mark.kind === 'erases' ? [`erases ${mark.whose}'s`, 'erases'] : [`${nth(mark.nth)} time`, nth(mark.nth)];
}

function nth(number: number): string {
  return NTH[number - 1] ?? `${number}th`;
}

/** A write that erased the write of another actor, based on what its sender had read before. */
export function erasing(step: number, whose: Actor, since: number): MarkedStep {
  return { kind: 'erases', step, whose, since };
}
