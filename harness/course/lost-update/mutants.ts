/**
 * The wrong fixes of lab 0, each with the check that must catch it and the lesson that it teaches.
 *
 * The files are in mutants/<name>/ and replace the solution's. They look like answers that people have really given.
 */

import type { Mutant } from '../lab.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'read-after-the-write',
    caughtBy: 'number-of-ones-own',
    lesson:
      'A read after the write shows what everybody has written by then: the number of this bump is what this write returned.',
  },
  {
    name: 'number-of-the-visitor',
    caughtBy: 'number-of-ones-own',
    lesson:
      'A caller says who it is, and not what the counter says: others may have clicked before, and on other pages.',
  },
  {
    name: 'once-per-visitor',
    caughtBy: 'every-bump-counts',
    lesson:
      'A number that callers count for themselves is no identity: visitor 7 of one page and visitor 7 of another are two people.',
  },
  {
    name: 'tidied-name',
    caughtBy: 'every-bump-counts',
    lesson: 'A name is a key as it stands: code that tidies it writes another item than the one that is read.',
  },
  {
    name: 'transaction-conflict-thrown',
    caughtBy: 'every-bump-answered',
    lesson:
      'A transaction is cancelled for more than its conditions: after a TransactionConflict nothing was written, and the next attempt may succeed.',
  },
  {
    name: 'number-whatever-happens',
    caughtBy: 'no-number-for-nothing',
    lesson:
      'An unexpected error does not say that anything was written: a handler that answers it with a number has lost the bump.',
  },
  {
    name: 'retry-without-condition',
    caughtBy: 'every-bump-counts',
    lesson:
      'A retry needs something that can fail: without a condition the late write always succeeds, and erases the early one.',
  },
  {
    name: 'condition-on-wrong-attribute',
    caughtBy: 'every-bump-counts',
    lesson:
      'A condition protects what it looks at: ask about the value that you read, not about one that never changes.',
  },
  {
    name: 'one-retry-only',
    caughtBy: 'every-bump-answered',
    lesson:
      'Three writers need three attempts: in each round one of them wins, and the last one loses twice before that.',
  },
  {
    name: 'retry-without-reading-again',
    caughtBy: 'every-bump-answered',
    lesson:
      'A failed condition says that what you read is old: trying again without reading again fails in the same way.',
  },
  {
    name: 'conflict-swallowed',
    caughtBy: 'every-bump-counts',
    lesson:
      'A failed condition means that nothing was written: to answer as if it had been is a lost update that you have been told about.',
  },
  {
    name: 'loop-not-left',
    caughtBy: 'every-bump-counts',
    lesson: 'What has succeeded must not be tried again.',
  },
  {
    name: 'lock-not-given-back',
    caughtBy: 'every-bump-answered',
    lesson: 'Who takes a lock has to give it back. Better is a write that needs none.',
  },
  {
    name: 'random-sleep-before-write',
    caughtBy: 'every-bump-counts',
    lesson: 'A sleep between the read and the write makes the dangerous gap wider.',
  },
  {
    name: 'random-sleep-before-read',
    caughtBy: 'every-bump-counts',
    lesson:
      'Random delays make a race rare, and so harder to find; a hundred green runs say that it is rare, not that it is gone.',
  },
  {
    name: 'stagger-by-visitor',
    caughtBy: 'every-bump-counts',
    lesson: 'A delay is a guess at how long the others take. One slow answer, and the turns overlap.',
  },
  {
    name: 'consistent-read',
    caughtBy: 'every-bump-counts',
    lesson:
      'ConsistentRead returns the newest value at the moment of the read; it does not hold other writers back until the write.',
  },
  {
    name: 'module-level-mutex',
    caughtBy: 'every-bump-counts',
    lesson:
      'Invocations that overlap run in different execution environments, and each of them has its own module variables.',
  },
  {
    name: 'lock-through-globalthis',
    caughtBy: 'every-bump-counts',
    lesson: 'globalThis is global to one execution environment; the next invocation may run in another one.',
  },
  {
    name: 'lock-through-process-env',
    caughtBy: 'every-bump-counts',
    lesson: 'process.env belongs to one execution environment: what one of them writes there, no other one sees.',
  },
  {
    name: 'lock-through-sdk-class',
    caughtBy: 'every-bump-counts',
    lesson:
      'Even what a library shares with the whole process ends at the process: each execution environment loads a library of its own.',
  },
];
