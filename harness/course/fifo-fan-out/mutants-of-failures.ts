/**
 * The wrong fixes of tasks 3 to 5: events that fail, that can never be applied, and that come again.
 */

import type { Mutant } from '../lab.ts';

const failures: readonly Mutant[] = [
  {
    name: 'no-partial-response',
    caughtBy: 'rest-of-the-order-waits',
    lesson: 'Without ReportBatchItemFailures the mapping doesn’t read what a function returns: all is done.',
  },
  {
    name: 'whole-batch-fails',
    caughtBy: 'other-orders-go-on',
    lesson: 'A function that throws gives everything back, also what is done, and what has nothing to do with it.',
  },
  {
    name: 'only-the-failed-one',
    caughtBy: 'rest-of-the-order-waits',
    lesson: 'What comes behind a failure in its group must wait for it. Lambda deletes what is not given back.',
  },
  {
    name: 'rest-reported-as-done',
    caughtBy: 'rest-of-the-order-waits',
    lesson: 'What was skipped and not given back is deleted.',
  },
  {
    name: 'all-orders-stop',
    caughtBy: 'other-orders-go-on',
    lesson: 'The failure of one order is no reason to give back all others.',
  },
  {
    name: 'customer-fails-as-a-whole',
    caughtBy: 'other-orders-go-on',
    lesson: 'A customer’s other orders have nothing to wait for.',
  },
  {
    name: 'failures-by-article',
    caughtBy: 'rest-of-the-order-waits',
    lesson: 'When the mugs of an order fail, its plates have to wait, too. The order is what stays in order.',
  },
  {
    name: 'receipt-handle-given-back',
    caughtBy: 'other-orders-go-on',
    lesson: 'Lambda knows messages by their id. With an id that it doesn’t know the whole batch has failed.',
  },
  {
    name: 'errors-swallowed',
    caughtBy: 'rest-of-the-order-waits',
    lesson: 'A handler that reports nothing says «done», and the queue forgets.',
  },
  {
    name: 'one-receive',
    caughtBy: 'rest-of-the-order-waits',
    lesson: 'One trouble of a second makes dead letters of healthy events.',
  },
  {
    name: 'every-failure-is-parked',
    caughtBy: 'rest-of-the-order-waits',
    lesson: 'What failed once may hold a second later. Only what can never be applied belongs to people.',
  },
  {
    name: 'every-error-a-duplicate',
    caughtBy: 'bills-in-trouble',
    lesson: 'An error is not a duplicate unless it says so.',
  },
];

const poison: readonly Mutant[] = [
  {
    name: 'poison-dropped',
    caughtBy: 'poison-is-told',
    lesson: 'What is only logged, no person hears of.',
  },
  {
    name: 'poison-throws',
    caughtBy: 'only-poison-is-told',
    lesson: 'A function that throws gives its whole batch back, and after the last attempt the whole batch is dead.',
  },
  {
    name: 'twenty-receives',
    caughtBy: 'few-attempts',
    lesson:
      'What can never be applied can’t be applied at the twentieth attempt either, and its order waits each time.',
  },
  {
    name: 'letters-by-content',
    caughtBy: 'poison-is-told',
    lesson:
      'Two letters with the same text are two letters. A queue that goes by the text keeps one, and says that it took both.',
  },
  {
    name: 'only-the-id-is-told',
    caughtBy: 'poison-is-told',
    lesson: 'A letter has to say what happened: an id of a message that is gone tells a person nothing.',
  },
  {
    name: 'letter-lost-quietly',
    caughtBy: 'poison-is-told',
    lesson: 'The queue of letters can refuse one, too. Then the event has to come again.',
  },
  {
    name: 'sixty-four-groups',
    caughtBy: 'others-never-wait',
    lesson: 'Orders that share a group wait for each other. A group costs nothing, so each order can have its own.',
  },
  {
    name: 'letters-of-the-other-consumer',
    caughtBy: 'poison-is-told',
    lesson: 'Each consumer has people of its own. What is in the wrong queue, the right ones don’t find.',
  },
];

const repetitions: readonly Mutant[] = [
  {
    name: 'window-taken-for-idempotency',
    caughtBy: 'repeated-later',
    lesson: 'The topic forgets after five minutes. A shop that tries again later sends a new message.',
  },
  {
    name: 'last-id-only',
    caughtBy: 'repeated-later',
    lesson: 'What comes again need not be the last thing that came.',
  },
  {
    name: 'last-ten-ids',
    caughtBy: 'repeated-later',
    lesson: 'What was forgotten is new. A bill is as long as its order, so it can keep all names.',
  },
  {
    name: 'ids-in-one-text',
    caughtBy: 'repeated-later',
    lesson: 'A name may be a part of another one. A set has members, and a text has parts.',
  },
  {
    name: 'marked-by-the-first',
    caughtBy: 'applied-once',
    lesson: 'A batch that comes again may have more events than before: the first one tells nothing about the others.',
  },
  {
    name: 'marked-by-the-last',
    caughtBy: 'applied-once',
    lesson: 'A batch that comes again may have more events than before, and its last one is new.',
  },
  {
    name: 'bill-put-back-whole',
    caughtBy: 'old-write-refused',
    lesson: 'A write that was on its way for long puts back the bill as it was, and takes away what came since.',
  },
  {
    name: 'first-line-without-condition',
    caughtBy: 'old-write-refused',
    lesson: '«There is no bill yet» was true when it was read. The write arrives later.',
  },
  {
    name: 'greatest-id-wins',
    caughtBy: 'repeated-later',
    lesson: 'Names of events are names. They need not grow, and as texts «10» comes before «9».',
  },
  {
    name: 'every-cancellation-a-duplicate',
    caughtBy: 'old-write-refused',
    lesson: 'A transaction is cancelled for several reasons. Only one of them says that the line is there.',
  },
  {
    name: 'shortage-taken-for-duplicate',
    caughtBy: 'bills-in-trouble',
    lesson:
      'A table without throughput cancels a transaction, too. Only the reason of the condition says that the line is there.',
  },
  {
    name: 'look-before-the-write',
    caughtBy: 'old-write-refused',
    lesson: 'A look says what was there then. Only a condition of the write itself holds when the write arrives.',
  },
  {
    name: 'seen-in-memory',
    caughtBy: 'applied-once',
    lesson: 'What an environment remembers dies with it, and after a crash the message comes again.',
  },
  {
    name: 'marker-first',
    caughtBy: 'applied-once',
    lesson: 'Two writes are two steps, and a crash fits in between: the event is marked as done and never was.',
  },
  {
    name: 'message-id-as-key',
    caughtBy: 'repeated-later',
    lesson: 'The id of a message names the message. The same event, published again, is another one.',
  },
  {
    name: 'key-per-attempt',
    caughtBy: 'applied-once',
    lesson: 'A key that is new for each attempt is no key.',
  },
  {
    name: 'digits-of-the-id',
    caughtBy: 'repeated-later',
    lesson: 'Names that differ may have the same digits.',
  },
  {
    name: 'duplicate-taken-for-a-failure',
    caughtBy: 'repeated-later',
    lesson: 'A duplicate is done. Reported as a failure, it holds up its order and ends as a dead letter.',
  },
];

export const mutantsOfFailures: readonly Mutant[] = [...failures, ...poison, ...repetitions];
