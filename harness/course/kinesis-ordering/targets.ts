/**
 * The parts of this lab that a target in real time can't show, each with the reason, as a learner reads it.
 *
 * Everything that is not named here is run and judged on every target. LocalStack 4.14 does not bisect batches, and works on one at a time.
 */

import type { Lab, TargetLimits } from '../lab.ts';

const NO_TROUBLE = 'calls can be made to be refused, and batches to come again, in the simulator only';
const DAYS = 'it waits for days';
const NO_BATCHES = 'what a batch holds is seen in the trace of the simulator only';
const BY_THE_CLOCK = 'runs by the latency model are made in the simulator only';

const inRealTime: TargetLimits = {
  notRun: {
    'one-batch': NO_BATCHES,
    again: NO_TROUBLE,
    'late-write': NO_TROUBLE,
    later: DAYS,
    'table-in-trouble': NO_TROUBLE,
    'publishing-again': NO_TROUBLE,
    'one-too-many': NO_TROUBLE,
    'refused-for-long': NO_TROUBLE,
    'poison-in-trouble': NO_TROUBLE,
    rush: BY_THE_CLOCK,
    'poison-by-the-clock': BY_THE_CLOCK,
    burst: BY_THE_CLOCK,
  },
};

const NO_BISECTION = 'LocalStack 4.14 does not bisect batches';
const SERIAL = 'LocalStack 4.14 works on one batch of a mapping at a time';

const onLocalStack: TargetLimits = {
  notRun: { ...inRealTime.notRun, poison: NO_BISECTION, 'still-screened': NO_BISECTION },
  notJudged: { 'side-by-side': SERIAL },
};

export const targets: NonNullable<Lab['targets']> = { localstack: onLocalStack, aws: inRealTime };
