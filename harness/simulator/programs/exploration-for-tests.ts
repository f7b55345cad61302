/**
 * Explores programs for tests with and without reduction, and says what one exploration saw and the other did not.
 */

import { type Choices, Exhaustive } from '../kernel/choices.ts';
import type { StepFootprint } from '../kernel/footprint.ts';
import { SourceDpor } from '../kernel/source-dpor/source-dpor.ts';
import { accountFor } from './account-for-tests.ts';
import { InterpretingHost } from './host-for-tests.ts';
import type { Program } from './program-for-tests.ts';
import { type ProgramSetting, runProgram } from './run-for-tests.ts';

/** Programs with more schedules than this are skipped. */
export const MOST_SCHEDULES = 800;
const MOST_REDUCED = 150;

/** Returns the footprint that the explorer is given for a step; a test can falsify it here. */
export type Declare = (footprint: StepFootprint) => StepFootprint;

export interface SeenByAll {
  readonly outcomes: ReadonlySet<string>;
  readonly timeless: ReadonlySet<string>;
  readonly goals: ReadonlySet<string>;
  readonly runs: number;
}

export interface Compared {
  readonly every: SeenByAll;
  readonly reduced: SeenByAll;
  readonly standsFor: { readonly orders: number; readonly atLeast: boolean };
}

export function settingFor(program: Program): ProgramSetting {
  return { program, account: accountFor(program), host: new InterpretingHost(program) };
}

/** Everything that an exploration sees; null if it has too many schedules, or never ends. */
export async function exploreAll(
  setting: ProgramSetting,
  explorer: { next(): Choices | null },
  isTooMuch: (runs: number) => boolean,
  declare?: Declare,
): Promise<SeenByAll | null> {
  const outcomes = new Set<string>();
  const timeless = new Set<string>();
  const goals = new Set<string>();
  let runs = 0;
  for (let choices = explorer.next(); choices !== null; choices = explorer.next()) {
    const seen = await runProgram(setting, declare === undefined ? choices : declaring(choices, declare));
    if (seen.end === 'cut') continue;
    if (seen.end !== 'quiet') return null;
    outcomes.add(seen.outcome);
    timeless.add(seen.timeless);
    for (const goal of seen.goals) goals.add(goal);
    runs += 1;
    if (isTooMuch(runs)) return null;
  }
  return { outcomes, timeless, goals, runs };
}

/**
 * Explores in both ways; null if one of them has too many schedules. The reduced exploration runs first and estimates the
 * number of schedules; the full one may exceed the estimate, so that a program in which the reduction misses orders is not
 * skipped.
 */
export async function compareWithEverything(program: Program, declare?: Declare): Promise<Compared | null> {
  const setting = settingFor(program);
  const dpor = new SourceDpor();
  const isTooMuch = (runs: number): boolean => runs > MOST_REDUCED || dpor.standsFor.orders > MOST_SCHEDULES;
  const reduced = await exploreAll(setting, dpor, isTooMuch, declare);
  if (reduced === null) return null;
  const { standsFor } = dpor;
  const every = await exploreAll(setting, new Exhaustive(), (runs) => runs > 2 * MOST_SCHEDULES);
  return every === null ? null : { every, reduced, standsFor };
}

/** The difference in words; null if both saw the same. */
export function difference({ every, reduced, standsFor }: Compared): string | null {
  const missed = [...every.outcomes].filter((outcome) => !reduced.outcomes.has(outcome));
  const made = [...reduced.outcomes].filter((outcome) => !every.outcomes.has(outcome));
  const goals = [...every.goals].filter((goal) => !reduced.goals.has(goal));
  if (made.length > 0) return `${made.length} outcomes that nobody else sees: ${made[0]}`;
  if (missed.length > 0) return `${missed.length} of ${every.outcomes.size} outcomes are missed: ${missed[0]}`;
  if (goals.length > 0) return `goals are missed: ${goals.join(', ')}`;
  if (!standsFor.atLeast && standsFor.orders !== every.runs)
    return `the runs stand for ${standsFor.orders} of ${every.runs} schedules`;
  return null;
}

/** The same choices, with other footprints. */
function declaring(choices: Choices, declare: Declare): Choices {
  return {
    get record() {
      return choices.record;
    },
    pick: (reason, of, named) => choices.pick(reason, of, named),
    next: (...given) => choices.next?.(...given) ?? null,
    touch: (footprint) => choices.touch?.(declare(footprint)),
    isSleepSetBlocked: () => choices.isSleepSetBlocked?.() === true,
    rest: () => choices.rest?.(),
  };
}
