/**
 * Plausible wrong fixes of lab 5. Each must be caught by the named check; no explanation of the lab refers to them.
 *
 * The files are in mutants/<name>/ and replace the solution's.
 */

import type { Mutant } from '../lab.ts';
import { mutantsOfRepetitions } from './mutants-of-repetitions.ts';

const keys: readonly Mutant[] = [
  {
    name: 'random-key',
    caughtBy: 'in-order',
    lesson: 'A random key spreads the load evenly, and an account over all shards. Order is kept within a key.',
  },
  {
    name: 'first-letter-as-key',
    caughtBy: 'side-by-side',
    lesson: 'Names often begin alike. What they have in common spreads nothing.',
  },
  {
    name: 'last-letter-as-key',
    caughtBy: 'side-by-side',
    lesson: 'A letter of the name puts accounts behind each other that have nothing to do with each other.',
  },
  {
    name: 'constant-key',
    caughtBy: 'side-by-side',
    lesson:
      'One key keeps everything in order: in one shard, one batch after the other, however many shards you pay for.',
  },
  {
    name: 'event-as-key',
    caughtBy: 'in-order',
    lesson: 'A key that is different for each event is a random key with a nicer name.',
  },
  {
    name: 'day-in-the-key',
    caughtBy: 'in-order',
    lesson:
      'A key that changes with the time moves an account to another shard while the old one still has events of it.',
  },
];

const pace: readonly Mutant[] = [
  {
    name: 'all-at-once',
    caughtBy: 'batch-in-order',
    lesson: 'A batch comes in order, and Promise.all over its records throws that away.',
  },
  {
    name: 'one-after-the-other',
    caughtBy: 'keeps-up',
    lesson: 'Within a batch every account waits for all others, although they have nothing to do with each other.',
  },
  {
    name: 'factor-one',
    caughtBy: 'four-to-eight',
    lesson:
      'One batch of a shard at a time: shards times factor is the concurrency, and a factor of 1 leaves it at the shards.',
  },
  {
    name: 'factor-ten',
    caughtBy: 'four-to-eight',
    lesson: 'Shards times factor is also a promise to those behind: twenty callers are more than screening takes.',
  },
  {
    name: 'factor-as-a-literal',
    caughtBy: 'sizes-are-parameters',
    lesson: 'A literal is right in one size and wrong in the next one.',
  },
  {
    name: 'shards-as-a-literal',
    caughtBy: 'shards-is-a-parameter',
    lesson: 'Two shards are right today. The stack is told how many it has.',
  },
  {
    name: 'batch-of-a-hundred',
    caughtBy: 'in-time',
    lesson:
      'A batch may be all of one account, one record after the other. Its size times that time must fit the timeout.',
  },
  {
    name: 'window-of-a-minute',
    caughtBy: 'keeps-up',
    lesson: 'A window gathers records by letting them wait: it saves invocations, and each record pays with its time.',
  },
];

const poison: readonly Mutant[] = [
  {
    name: 'errors-swallowed',
    caughtBy: 'poison-is-told',
    lesson: 'A handler that reports nothing says «done». What it only logs, no retry and no destination ever hears of.',
  },
  {
    name: 'highest-number',
    caughtBy: 'neighbours-applied',
    lesson:
      'Lambda takes the reported number as the place to go on from. Everything before the last failure counts as done.',
  },
  {
    name: 'lowest-as-number',
    caughtBy: 'poison-is-told',
    lesson:
      'A sequence number has 56 digits. As JavaScript numbers neighbours are equal, and a sort leaves them as they came.',
  },
  {
    name: 'goes-on-after-a-failure',
    caughtBy: 'trouble-loses-nothing',
    lesson: 'If an account goes on without the event that failed, that event is old when it comes again.',
  },
  {
    name: 'trouble-before-poison',
    caughtBy: 'told-in-trouble',
    lesson: 'What stands before the reported number is done, also a broken record that was to be told of later.',
  },
  {
    name: 'first-failure-decides',
    caughtBy: 'none-passed-over',
    lesson:
      'The first error that happens is not the first record that fails. Only when all have ended is the lowest known.',
  },
  {
    name: 'no-bisection',
    caughtBy: 'neighbours-applied',
    lesson: 'A batch is given up as a whole: what comes behind the broken record goes with it.',
  },
  {
    name: 'no-partial-response',
    caughtBy: 'poison-is-told',
    lesson: 'Without the setting in the mapping nobody reads the answer: a list of failures is a success.',
  },
  {
    name: 'no-destination',
    caughtBy: 'poison-is-told',
    lesson: 'A mapping of a stream drops what it gives up, without a word, unless it has a destination.',
  },
  {
    name: 'retries-without-end',
    caughtBy: 'neighbours-applied',
    lesson: 'Without a limit a broken record holds up its lane until the stream forgets it, and those behind it, too.',
  },
  {
    name: 'no-retries',
    caughtBy: 'trouble-loses-nothing',
    lesson: 'A table that is busy for a second is no broken record. Without a retry it costs a healthy one.',
  },
];

const producers: readonly Mutant[] = [
  {
    name: 'two-of-one-account',
    caughtBy: 'published-in-order',
    lesson: 'PutRecords promises no order among its records, so two of one account have no place in one call.',
  },
  {
    name: 'answer-not-read',
    caughtBy: 'published-in-order',
    lesson: 'PutRecords succeeds although some of its records failed. Only its answer says which.',
  },
  {
    name: 'refused-ones-at-the-end',
    caughtBy: 'published-in-order',
    lesson: 'A record that is put again later comes behind the ones that it was to come before.',
  },
  {
    name: 'each-by-itself-at-once',
    caughtBy: 'published-in-order',
    lesson: 'Calls that are on their way together arrive in any order, whatever the order of the lines in the code.',
  },
  {
    name: 'one-at-a-time',
    caughtBy: 'high-water',
    lesson: 'Waiting for each answer keeps everything in order, and accounts wait for each other for nothing.',
  },
  {
    name: 'place-for-the-first-try',
    caughtBy: 'high-water-in-trouble',
    lesson: 'A record that is put again is on its way again. Whoever gives its place away first has one too many.',
  },
  {
    name: 'gives-up-quietly',
    caughtBy: 'published-at-last',
    lesson: 'A limit of attempts needs an end that somebody hears of. A success that is none is the last word.',
  },
  {
    name: 'high-water-as-a-literal',
    caughtBy: 'high-water-is-a-parameter',
    lesson: 'A mark that does not follow its parameter stays where it is when somebody raises it.',
  },
  {
    name: 'no-high-water-mark',
    caughtBy: 'high-water',
    lesson:
      'A sender that never says «enough» only moves the flood: into its memory, and into the limits of the shards.',
  },
];

export const mutants: readonly Mutant[] = [...keys, ...pace, ...mutantsOfRepetitions, ...poison, ...producers];
