/**
 * The wrong fixes of lab 3, each with the check that must catch it and the lesson that it teaches.
 *
 * The files are in mutants/<name>/ and replace the solution's. They look like answers that people have really given.
 */

import type { Mutant } from '../lab.ts';
import { mutantsOfRepetitions } from './mutants-of-repetitions.ts';

const caps: readonly Mutant[] = [
  {
    name: 'semaphore-in-module-memory',
    caughtBy: 'never-above-capacity',
    lesson:
      'A semaphore in a module counts one execution environment, which never has more than one request anyway: two hundred environments have two hundred of them.',
  },
  {
    name: 'sleep-instead-of-a-cap',
    caughtBy: 'never-above-capacity',
    lesson: 'A random pause makes the peak less likely, and nothing that is only less likely is a limit.',
  },
  {
    name: 'six',
    caughtBy: 'five-at-once',
    lesson: 'Reserved concurrency is exact: with six reserved, legacy gets six, and at six it falls over.',
  },
  {
    name: 'five-as-a-literal',
    caughtBy: 'capacity-is-a-parameter',
    lesson: 'A number that stands in two places is right in one of them when the other one changes.',
  },
  {
    name: 'asked-with-a-booking',
    caughtBy: 'every-order-booked',
    lesson: 'A booking of nothing is a booking. Whether legacy has time, its answer to the real one says.',
  },
  {
    name: 'legacy-as-a-literal',
    caughtBy: 'legacy-is-a-parameter',
    lesson: 'The name of a system of another company is theirs to change.',
  },
  {
    name: 'reserved-zero',
    caughtBy: 'every-order-booked',
    lesson: 'Zero does not mean «none reserved»: it switches the function off, and its events are dead at once.',
  },
  {
    name: 'one-behind-a-queue',
    caughtBy: 'five-at-once',
    lesson:
      'One at a time is safe, and wastes four of the five places: a pool of one is a queue with one counter open.',
  },
  {
    name: 'batches-all-at-once',
    caughtBy: 'never-above-capacity',
    lesson:
      'A maximum of executions is no maximum of requests, if an execution works on ten messages of its batch at once.',
  },
];

const losses: readonly Mutant[] = [
  {
    name: 'age-of-a-minute',
    caughtBy: 'sale-loses-no-order',
    lesson: 'Behind a cap, events wait. An age of a minute throws away what waits for longer than that.',
  },
  {
    name: 'no-retries',
    caughtBy: 'trouble-loses-no-order',
    lesson:
      'Without retries, a system that is busy once makes a dead letter of an order that it could book a minute later.',
  },
  {
    name: 'one-retry',
    caughtBy: 'trouble-loses-no-order',
    lesson: 'Troubles don’t come alone: with one retry, a crash and a busy system after it lose the order.',
  },
  {
    name: 'dead-letters-of-the-rule',
    caughtBy: 'impossible-is-kept',
    lesson:
      'The dead-letter queue of a rule’s target gets what could not be handed over. Lambda took the event, so for the bus all was well.',
  },
  {
    name: 'destination-on-success',
    caughtBy: 'only-impossible-is-dead',
    lesson:
      'OnSuccess tells of what went well: the queue fills up with orders that are done, and those that failed are gone.',
  },
  {
    name: 'errors-swallowed',
    caughtBy: 'trouble-loses-no-order',
    lesson: 'A handler that returns says «done». What it only prints, no retry and no dead-letter queue ever hears of.',
  },
  {
    name: 'busy-taken-for-impossible',
    caughtBy: 'only-impossible-is-dead',
    lesson:
      '«Not now» and «never» are two answers: the first one is for the retries, and only the second one for a person.',
  },
];

const plans: readonly Mutant[] = [
  {
    name: 'only-checkout-reserved',
    caughtBy: 'teams-in-the-rush',
    lesson: 'A reservation for one function protects that one: the others still take each other’s places.',
  },
  {
    name: 'fifty-for-checkout',
    caughtBy: 'hundred-customers',
    lesson: 'What is reserved for a function is also the most that it can have, even if all the rest is idle.',
  },
  {
    name: 'hundred-and-twenty-each',
    caughtBy: 'hundred-and-fifty-each',
    lesson: 'A plan that is more careful than it needs to be takes from the teams what no other function uses.',
  },
  {
    name: 'four-teams-get-200',
    caughtBy: 'hundred-customers',
    lesson:
      'Where the fifth reservation is refused, leaving it out only moves the trouble: that team and checkout now share what is left.',
  },
  {
    name: 'checkout-switched-off',
    caughtBy: 'checkout-never-429',
    lesson: 'A function whose reservation is zero never runs, however many units are free.',
  },
  {
    name: 'a-team-switched-off',
    caughtBy: 'every-team-served',
    lesson: 'A reservation of zero is no small share. It turns every request away.',
  },
  {
    name: 'share-as-a-literal',
    caughtBy: 'shares-are-parameters',
    lesson: 'Five literals are five places to forget when the plan changes.',
  },
];

export const mutants: readonly Mutant[] = [...caps, ...losses, ...plans, ...mutantsOfRepetitions];
