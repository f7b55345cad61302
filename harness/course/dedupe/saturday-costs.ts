/**
 * The cost of the Saturday: the numbers of one run in its ordinary course, for the starter and for the solution.
 *
 * They are stored here so that pages need not run it. costs.test.ts runs it and compares.
 */

import type { Units } from './costs.ts';

/** The payments of the scenario `saturday`, and its messages: every fifth payment is sent twice. */
export const SATURDAY = { payments: 100, messages: 120 } as const;

export const STARTER_UNITS: Units = {
  invocations: 13,
  billedMs: 26_500,
  sqsRequests: 89,
  writeUnits: 134,
  readUnits: 36,
};

export const SOLUTION_UNITS: Units = {
  invocations: 13,
  billedMs: 26_550,
  sqsRequests: 99,
  writeUnits: 242,
  readUnits: 0,
};
