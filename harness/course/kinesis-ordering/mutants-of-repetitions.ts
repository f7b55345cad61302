/**
 * The wrong fixes of task 3: records that come again, and writes that come late.
 */

import type { Mutant } from '../lab.ts';

export const mutantsOfRepetitions: readonly Mutant[] = [
  {
    name: 'seen-in-memory',
    caughtBy: 'applied-once',
    lesson: 'What an environment remembers dies with it, and after a crash the batch comes again.',
  },
  {
    name: 'read-not-consistent',
    caughtBy: 'batch-in-order',
    lesson:
      'A read without ConsistentRead may miss what this very handler wrote a moment ago. A balance that is made of it takes the last event back.',
  },
  {
    name: 'look-before-the-write',
    caughtBy: 'old-write-refused',
    lesson: 'A look says what was there then. Only a condition of the write itself holds when the write arrives.',
  },
  {
    name: 'stream-number',
    caughtBy: 'repeats-and-numbers',
    lesson: 'A sequence number names a record, not an event: an event that is put twice has two of them.',
  },
  {
    name: 'number-as-text',
    caughtBy: 'repeats-and-numbers',
    lesson: 'As texts, «10» comes before «9»: after nine events an account would stand still.',
  },
  {
    name: 'number-as-number',
    caughtBy: 'repeats-and-numbers',
    lesson: 'A JavaScript number has 53 bits. Beyond, an event and the next one have the same number.',
  },
  {
    name: 'nineteen-digits',
    caughtBy: 'repeats-and-numbers',
    lesson: 'Texts of one length compare as numbers do. A number that needs one digit more comes before all of them.',
  },
  {
    name: 'condition-on-the-balance',
    caughtBy: 'old-write-refused',
    lesson: 'A balance may be what it was, and the account further on. A condition must name what never comes back.',
  },
  {
    name: 'looks-once-for-a-batch',
    caughtBy: 'repeats-and-numbers',
    lesson: 'A record and its repetition may be in one batch. What was read before the batch knows of neither.',
  },
  {
    name: 'next-number-only',
    caughtBy: 'repeats-and-numbers',
    lesson: 'Numbers that grow may have gaps. What waits for the next one waits for ever.',
  },
  {
    name: 'arrival-as-number',
    caughtBy: 'batch-in-order',
    lesson: 'A time tells when something came, not whether it is new: two records may come in one millisecond.',
  },
  {
    name: 'marker-first',
    caughtBy: 'applied-once',
    lesson: 'Two writes are two steps, and a crash fits in between: the event is marked as done and never was.',
  },
];
