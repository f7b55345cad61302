/**
 * A resumed run shows what the same run shows from its start: its trace, its counts, its end, and what it chose. On random programs over
 * the real services, in the order in which source-DPOR explores them.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choices } from '../kernel/choices.ts';
import { SourceDpor } from '../kernel/source-dpor/source-dpor.ts';
import { ResumedRuns } from '../resumed-runs.ts';
import { programs } from './arbitrary-for-tests.ts';
import { settingFor } from './exploration-for-tests.ts';
import type { Program } from './program-for-tests.ts';
import { runProgram } from './run-for-tests.ts';

const PROGRAMS = Number(process.env.RACEPROOF_PROGRAMS ?? 100);
const MOST_RUNS = 60;

/** What the runs of an exploration show, each as text; and how many of their steps were really run. */
async function exploration(program: Program, isResumed: boolean) {
  const setting = settingFor(program);
  const resumed = isResumed ? new ResumedRuns<never>() : undefined;
  const dpor = new SourceDpor();
  const shown: string[] = [];
  let stepsRun = 0;
  for (let choices = dpor.next(); choices !== null && shown.length < MOST_RUNS; choices = dpor.next()) {
    const counting = countingSteps(choices, () => {
      stepsRun += 1;
    });
    const { end, count, outcome, trace } = await runProgram(setting, counting, resumed as never);
    shown.push(JSON.stringify([end, count, outcome, choices.record, trace]));
  }
  return { shown, standsFor: dpor.standsFor, blocked: dpor.sleepSetBlocked, stepsRun };
}

/** The same choices. Each step that really runs declares a footprint at least, of the clock. */
function countingSteps(choices: Choices, onStep: () => void): Choices {
  return {
    get record() {
      return choices.record;
    },
    get sharedPoints() {
      return choices.sharedPoints;
    },
    pick: (reason, of, named) => choices.pick(reason, of, named),
    next: (...given) => choices.next?.(...given) ?? null,
    touch(footprint) {
      if (footprint.reads[0] === 'clock' || footprint.writes[0] === 'clock') onStep();
      choices.touch?.(footprint);
    },
    isSleepSetBlocked: () => choices.isSleepSetBlocked?.() === true,
    rest: () => choices.rest?.(),
  };
}

describe('a resumed run', () => {
  it('shows what it shows from its start, on random programs over the real services', async () => {
    const steps = { fromStart: 0, resumed: 0 };
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const { stepsRun: fromStart, ...expected } = await exploration(program, false);
        const { stepsRun: resumed, ...shown } = await exploration(program, true);
        expect(shown).toEqual(expected);
        steps.fromStart += fromStart;
        steps.resumed += resumed;
      }),
      { numRuns: PROGRAMS },
    );
    expect(steps.resumed).toBeLessThan(steps.fromStart / 2);
  }, 3_600_000);
});
