/**
 * The parts of this lab that a target in real time can't show, each with the reason, as a learner reads it.
 *
 * Everything that is not named here is run and judged on every target. LocalStack 4.14 stores a mapping's MaximumConcurrency and does not enforce it (LD-02), and
 * works on the batches of a mapping one after the other (LD-01, LD-03).
 */

import type { Lab, TargetLimits } from '../lab.ts';

const NO_TROUBLE = 'calls can be made to be refused, and functions to crash, in the simulator only';
const DAYS = 'it waits for minutes and days';
const NO_LEDGER = 'how many requests legacy has at one moment is seen in the trace of the simulator only';
const NO_RECEIVES = 'how often a message is received is seen in the trace of the simulator only';
const BY_THE_CLOCK = 'runs by the latency model are made in the simulator only';

const inRealTime: TargetLimits = {
  notRun: {
    'handed-over-again': NO_TROUBLE,
    'topic-refuses': NO_TROUBLE,
    'topic-outage': NO_TROUBLE,
    'legacy-refuses': NO_TROUBLE,
    'table-refuses': NO_TROUBLE,
    again: NO_TROUBLE,
    'late-write': NO_TROUBLE,
    later: DAYS,
    rush: BY_THE_CLOCK,
    'poison-by-the-clock': BY_THE_CLOCK,
  },
  notJudged: {
    'never-above-capacity': NO_LEDGER,
    'all-places-used': NO_LEDGER,
    'few-attempts': NO_RECEIVES,
  },
};

const SERIAL = 'LocalStack 4.14 works on one batch of a mapping at a time';

const onLocalStack: TargetLimits = {
  notRun: { ...inRealTime.notRun },
  notJudged: { ...inRealTime.notJudged, 'side-by-side': SERIAL },
};

export const targets: NonNullable<Lab['targets']> = { localstack: onLocalStack, aws: inRealTime };
