/**
 * Lab 5, `kinesis-ordering`: the trusted side.
 *
 * Assembles scenarios, checks, hints and mutants. The learner's side is labs/kinesis-ordering; starter/ has the files of a fresh clone.
 */

import { defineLab } from '../kit/define-lab.ts';
import { orderChecks } from './checks/order.ts';
import { poisonChecks } from './checks/poison.ts';
import { producerChecks } from './checks/producer.ts';
import { redeliveryChecks } from './checks/redelivery.ts';
import { templateChecks } from './checks/template.ts';
import { equivalentMutants } from './equivalent-mutants.ts';
import { hints } from './hints.ts';
import { mutants } from './mutants.ts';
import { otherAnswers } from './other-answers.ts';
import { poison, poisonByTheClock, poisonInTrouble, stillScreened, tableInTrouble } from './scenarios/poison.ts';
import { burst, oneTooMany, publishing, publishingAgain, refusedForLong } from './scenarios/publishing.ts';
import { rush } from './scenarios/rush.ts';
import { again, later, lateWrite, oneBatch, twoAccounts } from './scenarios/small.ts';
import { specimens } from './specimens.ts';
import { targets } from './targets.ts';

export const kinesisOrdering = defineLab({
  number: 5,
  slug: 'kinesis-ordering',
  version: 1,
  title: 'In order',
  about: 'one after the other per account, side by side across',
  editable: ['template.yaml', 'src/publish.ts', 'src/apply.ts', 'src/account.ts', 'src/screening.ts'],
  tasks: [
    { number: 1, title: 'choose the partition key' },
    { number: 2, title: 'keep up, with accounts side by side and each in order' },
    { number: 3, title: 'live with records that come again' },
    { number: 4, title: 'let one broken record cost nothing but itself' },
    { number: 5, title: 'keep the order where it begins: at the producer' },
  ],
  scenarios: [
    twoAccounts,
    oneBatch,
    rush,
    again,
    lateWrite,
    later,
    poison,
    tableInTrouble,
    stillScreened,
    poisonInTrouble,
    poisonByTheClock,
    publishing,
    publishingAgain,
    oneTooMany,
    refusedForLong,
    burst,
  ],
  checks: [...orderChecks, ...redeliveryChecks, ...poisonChecks, ...producerChecks],
  templateChecks,
  hints,
  mutants,
  otherAnswers,
  equivalentMutants,
  specimens,
  targets,
  puzzle: 'by-hand',
});
