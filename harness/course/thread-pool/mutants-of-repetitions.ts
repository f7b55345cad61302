/**
 * The wrong fixes of task 4: events that come twice, and events that overtake each other.
 */

import type { Mutant } from '../lab.ts';

export const mutantsOfRepetitions: readonly Mutant[] = [
  {
    name: 'key-per-attempt',
    caughtBy: 'booked-once',
    lesson: 'A key that is made anew in each attempt tells legacy that each attempt is another order.',
  },
  {
    name: 'event-id-as-key',
    caughtBy: 'late-and-alike',
    lesson: 'The event’s id is the same in each delivery, and another one when the shop sends the same state again.',
  },
  {
    name: 'order-as-key',
    caughtBy: 'each-state-booked',
    lesson:
      'An order has several states: with its id alone as the key, legacy takes the second state for the first one.',
  },
  {
    name: 'key-joined',
    caughtBy: 'late-and-alike',
    lesson: 'Version 11 of order o-1 and version 1 of order o-11 are one text when they are joined without a border.',
  },
  {
    name: 'keys-in-module-memory',
    caughtBy: 'booked-once',
    lesson: 'A second delivery may run in another environment, or beside the first one: neither knows of this Set.',
  },
  {
    name: 'look-before-the-write',
    caughtBy: 'newest-state-stays',
    lesson: 'Between a look and a write another execution writes: only a condition of the write itself looks in time.',
  },
  {
    name: 'first-state-stays',
    caughtBy: 'newest-state-stays',
    lesson: 'A condition that lets only the first write pass is right for duplicates, and freezes what changes.',
  },
  {
    name: 'any-other-state',
    caughtBy: 'newest-state-stays',
    lesson: '«Another version» may be an older one: an order of versions needs a less-than.',
  },
  {
    name: 'old-state-thrown',
    caughtBy: 'each-state-booked',
    lesson: 'An event that came too late is no failure: a handler that throws it back makes a dead letter of it.',
  },
  {
    name: 'old-state-not-booked',
    caughtBy: 'each-state-booked',
    lesson: 'That the shop has moved on does not mean that the journal may have a gap.',
  },
  {
    name: 'every-error-an-old-state',
    caughtBy: 'table-loses-no-order',
    lesson: 'A table that refuses a call has not said «there is a newer state»: only one error means that.',
  },
];
