/**
 * Lab 3, `thread-pool`: the trusted side.
 *
 * Assembles scenarios, checks, the legacy system, hints and mutants. The learner's side is labs/thread-pool; starter/ has the files of a
 * fresh clone.
 */

import { defineLab } from '../kit/define-lab.ts';
import { capacityChecks } from './checks/capacity.ts';
import { lossChecks } from './checks/losses.ts';
import { neighbourChecks } from './checks/neighbours.ts';
import { repetitionChecks } from './checks/repetitions.ts';
import { templateChecks } from './checks/template.ts';
import { equivalentMutants } from './equivalent-mutants.ts';
import { hints } from './hints.ts';
import { legacy } from './legacy.ts';
import { mutants } from './mutants.ts';
import { otherAnswers } from './other-answers.ts';
import { neighbours, rushHour } from './scenarios/neighbours.ts';
import { crashed, later, overtakingStates, poison, tableInTrouble, threeAtOnce, trouble } from './scenarios/orders.ts';
import { plan } from './scenarios/plan.ts';
import { sale } from './scenarios/sale.ts';
import { specimens } from './specimens.ts';
import { targets } from './targets.ts';

export const threadPool = defineLab({
  number: 3,
  slug: 'thread-pool',
  version: 1,
  title: 'A thread pool',
  about: 'reserved concurrency before a system that takes five',
  editable: ['template.yaml', 'src/book.ts', 'src/legacy.ts', 'src/neighbours.ts'],
  tasks: [
    { number: 1, title: 'cap what legacy gets, with reserved concurrency' },
    { number: 2, title: 'lose no order' },
    { number: 3, title: 'plan the concurrency of the account' },
    { number: 4, title: 'live with events that come twice, and in another order' },
  ],
  scenarios: [
    threeAtOnce,
    trouble,
    tableInTrouble,
    poison,
    neighbours,
    rushHour,
    plan,
    overtakingStates,
    crashed,
    later,
    sale,
  ],
  checks: [...capacityChecks, ...lossChecks, ...neighbourChecks, ...repetitionChecks],
  templateChecks,
  downstreams: [legacy],
  hints,
  mutants,
  otherAnswers,
  equivalentMutants,
  specimens,
  targets,
  puzzle: 'by-hand',
});
