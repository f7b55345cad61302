/**
 * The cost of the rush: the numbers of one run by the clock, for the starter and for the solution.
 *
 * They are stored here so that pages need not run it. costs.test.ts runs it and compares.
 */

import type { RushUnits } from './costs.ts';

export const RUSH_EVENTS = 600;

export const RUSH_STARTER_UNITS: RushUnits = {
  putUnits: 600,
  invocations: 600,
  billedMs: 606_586,
  readUnits: 600,
  writeUnits: 600,
};

export const RUSH_SOLUTION_UNITS: RushUnits = {
  putUnits: 600,
  invocations: 221,
  billedMs: 223_706,
  readUnits: 600,
  writeUnits: 600,
};
