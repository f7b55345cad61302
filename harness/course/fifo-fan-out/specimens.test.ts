/** The specimens are there: some run of the solution, or of its wrong fix, shows each of them. */

import { expect, it } from 'vitest';
import { seeded } from '../../simulator/kernel/choices.ts';
import { filesOf, runsOf } from '../kit/runs-for-tests.ts';
import { fifoFanOut } from './lab.ts';
import { specimens } from './specimens.ts';

const RUNS = 100;

it.each(specimens)(
  '$name is shown by a run',
  async ({ scenario, mutant, shows }) => {
    const files = await filesOf(fifoFanOut, 'solution', mutant === undefined ? undefined : `mutants/${mutant}`);
    const choices = Array.from({ length: RUNS }, (_, number) => seeded(number + 1));
    const runs = await runsOf(fifoFanOut, files, scenario.name, choices);
    expect(runs.some(({ trace }) => shows(trace))).toBe(true);
  },
  60_000,
);
