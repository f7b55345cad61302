/**
 * The wrong fixes of task 3, cards, each with the check that must catch it and the lesson that it teaches. Those of the other tasks are in
 * mutants.ts, which lists all of them.
 */

import type { Mutant } from '../lab.ts';

export const mutantsOfCards: readonly Mutant[] = [
  {
    name: 'lease-in-thousandths',
    caughtBy: 'claim-outlasts-slowness',
    lesson: 'A lease that is shorter than its owner’s work keeps no other owner out as soon as something is slow.',
  },
  {
    name: 'status-not-read',
    caughtBy: 'trouble-loses-no-charge',
    lesson:
      'A system that turns a request away answers, too: of its statuses only one says that the charge was made, and only that one may go on.',
  },
  {
    name: 'another-key-after-a-failure',
    caughtBy: 'trouble-loses-no-charge',
    lesson:
      'An error says that there was no answer, and not that nothing was done: only the same key may be sent again.',
  },
  {
    name: 'batch-answer-not-read',
    caughtBy: 'trouble-loses-no-charge',
    lesson:
      'A batch call that succeeds may have done only a part of it: what it did not do is in `Failed`, and no error is thrown.',
  },
  {
    name: 'record-error-swallowed',
    caughtBy: 'refusal-loses-no-charge',
    lesson:
      'What was not written down did not happen for those who come later: the API forgets its key, and charges again.',
  },
  {
    name: 'key-in-lower-case',
    caughtBy: 'cards-of-a-batch',
    lesson:
      'An id is a key as it stands: tidied, cut or spelt in ASCII, two orders become one, and one of them is free.',
  },
  {
    name: 'unreadable-fails-the-batch',
    caughtBy: 'cards-of-a-batch',
    lesson: 'Read each message inside of its own try: otherwise an unreadable one takes its neighbours along.',
  },
  {
    name: 'lease-of-fifteen-seconds',
    caughtBy: 'claim-outlasts-slowness',
    lesson: 'A lease is measured against the longest invocation, which the template sets, and not against a usual one.',
  },
  {
    name: 'stopped-in-good-order',
    caughtBy: 'slowness-loses-no-charge',
    lesson:
      'A slow call can leave no time for the rest: a handler that returns then has its message deleted, and one that throws gets it back.',
  },
  {
    name: 'claim-without-lease',
    caughtBy: 'every-order-charged',
    lesson: 'A claim without an end outlives its owner, and the order waits for an owner who is dead.',
  },
  {
    name: 'ttl-as-lease',
    caughtBy: 'every-order-charged',
    lesson:
      'TTL tidies up within a few days; until then the expired item is there, so compare the time in the condition.',
  },
  {
    name: 'lease-never-over',
    caughtBy: 'every-order-charged',
    lesson: 'Milliseconds compared with seconds: a lease that ends in the year 57980 is no lease.',
  },
  {
    name: 'lease-always-over',
    caughtBy: 'api-asked-once',
    lesson: 'Seconds compared with milliseconds: a lease that was over in 1970 keeps no other owner out.',
  },
  {
    name: 'claim-in-progress-acknowledged',
    caughtBy: 'every-order-charged',
    lesson:
      'A claim in progress is not a charge: a handler that deletes the message because of it relies on an owner who may be dead.',
  },
  {
    name: 'key-per-attempt',
    caughtBy: 'one-charge-per-order',
    lesson:
      'A lease says when to take over, not how far the other one got: only one key for all attempts asks for the same charge.',
  },
  {
    name: 'key-instead-of-marker',
    caughtBy: 'late-duplicate',
    lesson: 'The API forgets its keys after ten minutes; what must hold for longer stands in your own table.',
  },
  {
    name: 'duplicate-without-receipt',
    caughtBy: 'duplicate-gets-first-answer',
    lesson: 'A sender that asks again waits for the answer: keep the first result, and hand it to every duplicate.',
  },
  {
    name: 'duplicate-answered-and-thrown',
    caughtBy: 'card-duplicates-done',
    lesson: 'Answered and then thrown back, a duplicate is answered five times and ends among the dead letters.',
  },
  {
    name: 'lease-as-a-literal',
    caughtBy: 'sizes-are-parameters',
    lesson: 'A size that is written into a resource is a size that no test can make small.',
  },
];
