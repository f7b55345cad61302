/**
 * The parts of this lab that a target in real time can't show, each with the reason, as a learner reads it.
 *
 * Everything that is not named here is run and judged on every target. LocalStack enforces what is reserved by its API, which the target calls after it
 * has deployed the template; it does not enforce a mapping's MaximumConcurrency (LD-02).
 */

import type { Lab, TargetLimits } from '../lab.ts';

const NO_TROUBLE = 'calls can be made to be refused, and functions to crash, in the simulator only';
const DAYS = 'it waits for days';
const MINUTES = 'its last attempt comes three minutes after the first one';
const SMALL_ACCOUNT = 'it needs an account with ten units of concurrency';
const NO_TWICE = 'an event can be made to come twice in the simulator only';
const NO_LEDGER = 'how many requests legacy has at one moment is seen in the trace of the simulator only';
const OVERTAKEN = 'which state came to legacy first is seen in the trace of the simulator only';
const BY_THE_CLOCK = 'runs by the latency model are made in the simulator only';

const inRealTime: TargetLimits = {
  notRun: {
    trouble: NO_TROUBLE,
    'table-in-trouble': NO_TROUBLE,
    crashed: NO_TROUBLE,
    later: DAYS,
    poison: MINUTES,
    neighbours: SMALL_ACCOUNT,
    'rush-hour': SMALL_ACCOUNT,
    sale: BY_THE_CLOCK,
  },
  notJudged: {
    'never-above-capacity': NO_LEDGER,
    'all-places-used': NO_LEDGER,
    'an-order-overtaken': OVERTAKEN,
    'newest-state-stays': OVERTAKEN,
    'an-event-twice': NO_TWICE,
    'booked-once': NO_TWICE,
  },
};

export const targets: NonNullable<Lab['targets']> = { localstack: inRealTime, aws: inRealTime };
