/**
 * The lab `skeleton`: the trusted side.
 *
 * Puts scenario, checks, hints and mutants together. The learner's side is labs/skeleton; the files that a fresh clone has there are
 * in starter/.
 */

import { defineLab } from '../kit/define-lab.ts';
import { checks } from './checks.ts';
import { hints } from './hints.ts';
import { mutants } from './mutants.ts';
import { twoBuyers } from './scenario.ts';

export const skeleton = defineLab({
  number: 99,
  slug: 'skeleton',
  version: 1,
  title: 'The last seat',
  about: 'two buyers, and one seat',
  // Learners don't see it, and the course check lists what is missing, until this line is gone.
  unfinished: true,
  editable: ['template.yaml', 'src/sell.ts'],
  tasks: [{ number: 1, title: 'sell each seat once' }],
  scenarios: [twoBuyers],
  checks,
  hints,
  mutants,
});
