/**
 * Lab 0, `lost-update`: the trusted side.
 *
 * Puts scenario, checks, hints and mutants together. The learner's side is labs/lost-update; the files that a fresh
 * clone has there are in starter/.
 */

import type { Lab } from '../lab.ts';
import { checks } from './checks.ts';
import { hints } from './hints.ts';
import { mutants } from './mutants.ts';
import { threeAtOnce } from './scenario.ts';

export const lostUpdate: Lab = {
  slug: 'lost-update',
  version: 1,
  title: 'The lost update',
  editable: ['template.yaml', 'src/bump.ts'],
  tasks: [{ number: 1, title: 'make every bump count' }],
  scenarios: [threeAtOnce],
  checks,
  hints,
  mutants,
};
