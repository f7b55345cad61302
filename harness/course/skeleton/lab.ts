/**
 * The lab `skeleton`: the trusted side.
 *
 * Assembles scenario, checks, hints and mutants. The learner's side is labs/skeleton; starter/ has the files of a fresh clone.
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
  // Until this line is removed, learners don't see the lab, and the course check lists what is missing.
  unfinished: true,
  editable: ['template.yaml', 'src/sell.ts'],
  tasks: [{ number: 1, title: 'sell each seat once' }],
  scenarios: [twoBuyers],
  checks,
  hints,
  mutants,
});
