/**
 * The parts of this lab that a target in real time can't show, each with the reason, as a learner reads it.
 *
 * Everything that is not named here is run and judged on every target.
 */

import type { Lab, TargetLimits } from '../lab.ts';

const NO_TROUBLE = 'calls can be made to be refused, and functions to crash, in the simulator only';
const DAYS = 'it waits for days';
const SMALL_ACCOUNT = 'it needs an account with ten units of concurrency';
const NO_TWICE = 'an event can be made to come twice in the simulator only';
const NO_LEDGER = 'how many requests legacy has at one moment is seen in the trace of the simulator only';
const BY_THE_CLOCK = 'runs by the latency model are made in the simulator only';

const inRealTime: TargetLimits = {
  notRun: {
    trouble: NO_TROUBLE,
    'table-in-trouble': NO_TROUBLE,
    crashed: NO_TROUBLE,
    later: DAYS,
    neighbours: SMALL_ACCOUNT,
    'rush-hour': SMALL_ACCOUNT,
    sale: BY_THE_CLOCK,
  },
  notJudged: {
    'never-above-capacity': NO_LEDGER,
    'all-places-used': NO_LEDGER,
    'an-order-overtaken': NO_LEDGER,
    'newest-state-stays': NO_LEDGER,
    'an-event-twice': NO_TWICE,
    'booked-once': NO_TWICE,
  },
};

/** Emulators that read a template pass over `ReservedConcurrentExecutions` (LD-02): what is reserved there is nothing. */
const NOT_RESERVED = 'LocalStack takes no reservation from a template';

export const targets: NonNullable<Lab['targets']> = {
  localstack: {
    ...inRealTime,
    notRun: { ...inRealTime.notRun, plan: NOT_RESERVED },
  },
  aws: inRealTime,
};
