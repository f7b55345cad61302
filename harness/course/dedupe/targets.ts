/**
 * The parts of this lab that a target in real time can't show, each with the reason, as a learner reads it.
 *
 * Everything that is not named here is run and judged on every target.
 */

import type { Lab, TargetLimits } from '../lab.ts';

const NO_CRASH = 'a crash between two chosen calls can be placed in the simulator only';
const NO_CONFLICT = 'two transactions can be made to meet in the simulator only';
const ELEVEN_MINUTES = 'it waits for eleven minutes';
const NO_TROUBLE = 'calls can be made to be refused, to fail or to be slow in the simulator only';
/** LD-01 */
const SERIAL = 'its mappings never run two batches at once';

const crashes: TargetLimits = {
  notRun: {
    'card-crash': NO_CRASH,
    'card-later': ELEVEN_MINUTES,
    'debit-later': ELEVEN_MINUTES,
    'debit-trouble': NO_TROUBLE,
    'debit-outage': NO_TROUBLE,
    'debit-slow': NO_TROUBLE,
    'gift-card-trouble': NO_TROUBLE,
    'gift-card-batch-trouble': NO_TROUBLE,
    'gift-card-outage': NO_TROUBLE,
    'card-throttled': NO_TROUBLE,
    'card-trouble': NO_TROUBLE,
    'card-slow': NO_TROUBLE,
    'gift-card-later': ELEVEN_MINUTES,
  },
  notJudged: {
    'every-gift-card-payment': NO_CRASH,
    'gift-card-crashed': NO_CRASH,
    'gift-cards-of-a-batch': NO_CRASH,
    'gift-card-batch-crashed': NO_CRASH,
    'two-orders-one-gift-card': NO_CONFLICT,
  },
};

export const targets: NonNullable<Lab['targets']> = {
  localstack: {
    ...crashes,
    notJudged: {
      ...crashes.notJudged,
      'one-debit-per-order': SERIAL,
      'gift-card-pays-once': SERIAL,
      'saturday-debits': SERIAL,
      'saturday-gift-cards': SERIAL,
      'api-asked-once': SERIAL,
      'cards-at-once': SERIAL,
      'orders-side-by-side': SERIAL,
    },
  },
  aws: crashes,
};
