/**
 * Lab 6, `fifo-fan-out`: the trusted side.
 *
 * Assembles scenarios, checks, hints and mutants. The learner's side is labs/fifo-fan-out; starter/ has the files of a fresh clone.
 */

import { defineLab } from '../kit/define-lab.ts';
import { capacityChecks } from './checks/capacity.ts';
import { failureChecks } from './checks/failures.ts';
import { orderChecks } from './checks/order.ts';
import { redeliveryChecks } from './checks/redelivery.ts';
import { templateChecks } from './checks/template.ts';
import { equivalentMutants } from './equivalent-mutants.ts';
import { hints } from './hints.ts';
import { stockLegacy } from './legacy.ts';
import { mutants } from './mutants.ts';
import { otherAnswers } from './other-answers.ts';

import { again, later, lateWrite } from './scenarios/again.ts';
import { poison, poisonByTheClock } from './scenarios/poison.ts';
import { rush } from './scenarios/rush.ts';
import {
  busy,
  handedOverAgain,
  legacyRefuses,
  tableRefuses,
  topicOutage,
  topicRefuses,
  twoOrders,
} from './scenarios/small.ts';

import { specimens } from './specimens.ts';
import { targets } from './targets.ts';

export const fifoFanOut = defineLab({
  number: 6,
  slug: 'fifo-fan-out',
  version: 1,
  title: 'In order, to many',
  about: 'FIFO topics and queues, and a cap per consumer',
  editable: [
    'template.yaml',
    'src/publish.ts',
    'src/in-order.ts',
    'src/bill.ts',
    'src/stock.ts',
    'src/order-event.ts',
    'src/legacy.ts',
  ],
  tasks: [
    { number: 1, title: 'keep the order of each order, to both consumers' },
    { number: 2, title: 'give legacy no more than it takes, and lose nothing that waits' },
    { number: 3, title: 'give back what failed, and what comes behind it' },
    { number: 4, title: 'let an event that can never be applied cost no other order' },
    { number: 5, title: 'live with events that come again' },
  ],
  scenarios: [
    twoOrders,
    handedOverAgain,
    topicRefuses,
    topicOutage,
    busy,
    rush,
    legacyRefuses,
    tableRefuses,
    poison,
    poisonByTheClock,
    again,
    lateWrite,
    later,
  ],
  checks: [...orderChecks, ...capacityChecks, ...failureChecks, ...redeliveryChecks],
  templateChecks,
  downstreams: [stockLegacy],
  hints,
  mutants,
  otherAnswers,
  equivalentMutants,
  specimens,
  targets,
  puzzle: 'by-hand',
});
