/**
 * Lab 0, `lost-update`: the trusted side.
 *
 * Assembles scenario, checks, hints and mutants. The learner's side is labs/lost-update; starter/ has the files of a fresh
 * clone.
 */

import { defineLab } from '../kit/define-lab.ts';
import { checks } from './checks.ts';
import { equivalentMutants } from './equivalent-mutants.ts';
import { hints } from './hints.ts';
import { mutants } from './mutants.ts';
import { tableInTrouble, threeAtOnce } from './scenario.ts';

const NO_TROUBLE = { notRun: { 'table-in-trouble': 'a table can be made to refuse calls in the simulator only' } };

export const lostUpdate = defineLab({
  number: 0,
  slug: 'lost-update',
  version: 2,
  title: 'The lost update',
  about: 'two read, both write, and one write is gone',
  editable: ['template.yaml', 'src/bump.ts'],
  tasks: [{ number: 1, title: 'make every bump count' }],
  scenarios: [threeAtOnce, tableInTrouble],
  checks,
  hints,
  mutants,
  equivalentMutants,
  targets: { localstack: NO_TROUBLE, aws: NO_TROUBLE },
  puzzle: 'by-hand',
});
