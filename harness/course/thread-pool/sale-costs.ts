/**
 * The cost of the sale: the numbers of one run by the clock, for the starter, for the solution, and for the design with a queue.
 *
 * They are stored here so that pages need not run it. costs.test.ts runs it and compares.
 */

import type { SaleUnits } from './costs.ts';

export const SALE_ORDERS = 200;

export const STARTER_UNITS: SaleUnits = {
  busEvents: 200,
  invocations: 200,
  billedMs: 163_421,
  sqsRequests: 0,
  writeUnits: 200,
};

export const SOLUTION_UNITS: SaleUnits = {
  busEvents: 200,
  invocations: 200,
  billedMs: 163_434,
  sqsRequests: 0,
  writeUnits: 200,
};

export const QUEUE_UNITS: SaleUnits = {
  busEvents: 200,
  invocations: 200,
  billedMs: 163_479,
  sqsRequests: 600,
  writeUnits: 200,
};
