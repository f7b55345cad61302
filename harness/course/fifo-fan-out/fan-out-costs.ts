/**
 * The cost of the rush: the numbers of one run by the clock, for the starter, for the solution, and for the design with one message in a batch.
 *
 * They are stored here so that pages need not run it. costs.test.ts runs it and compares.
 */

import type { FanOutUnits } from './costs.ts';

export const FAN_OUT_EVENTS = 200;

export const FAN_OUT_STARTER_UNITS: FanOutUnits = {
  published: 200,
  delivered: 400,
  sqsRequests: 500,
  invocations: 254,
  billedMs: 509_594,
  writeUnits: 200,
};

export const FAN_OUT_SOLUTION_UNITS: FanOutUnits = {
  published: 200,
  delivered: 400,
  sqsRequests: 514,
  invocations: 261,
  billedMs: 509_430,
  writeUnits: 200,
};

export const FAN_OUT_ONE_BY_ONE_UNITS: FanOutUnits = {
  published: 200,
  delivered: 400,
  sqsRequests: 800,
  invocations: 404,
  billedMs: 504_025,
  writeUnits: 200,
};
