/**
 * Plausible wrong fixes of lab 6: order, identity and the cap. Each must be caught by the named check; no explanation of the lab refers to them.
 *
 * The files are in mutants/<name>/ and replace the solution's.
 */

import type { Mutant } from '../lab.ts';
import { mutantsOfFailures } from './mutants-of-failures.ts';

const order: readonly Mutant[] = [
  {
    name: 'one-group-for-all',
    caughtBy: 'side-by-side',
    lesson: 'One group keeps everything in order: one order after the other, however many consumers there are.',
  },
  {
    name: 'random-group',
    caughtBy: 'in-order',
    lesson: 'A random group spreads the load, and the events of an order with it. Order is kept within a group.',
  },
  {
    name: 'group-is-the-event',
    caughtBy: 'in-order',
    lesson: 'A group for each event is no order at all.',
  },
  {
    name: 'group-is-the-customer',
    caughtBy: 'in-order',
    lesson:
      'A customer has several orders, and an order may have several customers. The group is what has to stay in order.',
  },
  {
    name: 'group-is-the-article',
    caughtBy: 'in-order',
    lesson: 'Whoever orders a mug waits for everybody else who does, and the plates of an order pass its mugs.',
  },
  {
    name: 'group-is-the-order-and-article',
    caughtBy: 'in-order',
    lesson: 'A group for each article of an order lets plates pass mugs. What has to stay in order is the whole order.',
  },
  {
    name: 'published-all-at-once',
    caughtBy: 'in-order',
    lesson: 'A topic keeps the order in which it takes messages, and Promise.all sends them all at once.',
  },
  {
    name: 'batch-answer-not-read',
    caughtBy: 'same-row-same-event',
    lesson: 'PublishBatch may take some of its entries and refuse others, and says so in its answer only.',
  },
  {
    name: 'publish-errors-swallowed',
    caughtBy: 'published-in-trouble',
    lesson:
      'The shop believes what the publisher answers. An error that is only logged is an event that nobody publishes.',
  },
  {
    name: 'gives-up-quietly',
    caughtBy: 'published-after-outage',
    lesson: 'Twelve attempts are many, and then the shop must hear that it did not work: it has the row, and patience.',
  },
  {
    name: 'two-of-an-order-in-a-batch',
    caughtBy: 'same-row-same-event',
    lesson:
      'The first entry of a call may be refused and the second one taken. Tried again, the first one comes behind it.',
  },
  {
    name: 'standard-queues',
    caughtBy: 'in-order',
    lesson: 'A FIFO topic may have standard queues behind it, and they promise no order.',
  },
  {
    name: 'envelope-not-opened',
    caughtBy: 'several-at-once',
    lesson: 'Without raw delivery a message is an envelope with the event in it as a text.',
  },
  {
    name: 'filter-policy-drops',
    caughtBy: 'in-order',
    lesson: 'What a filter policy keeps away from a queue, no consumer ever hears of, and no dead-letter queue either.',
  },
  {
    name: 'events-of-a-batch-at-once',
    caughtBy: 'in-order',
    lesson: 'A batch comes in order, and Promise.all over its messages throws that away.',
  },
];

const identity: readonly Mutant[] = [
  {
    name: 'content-based',
    caughtBy: 'same-row-same-event',
    lesson: 'Two events with the same text are two events. The hash of the text can’t tell them apart.',
  },
  {
    name: 'id-per-attempt',
    caughtBy: 'same-row-same-event',
    lesson: 'An id that is new for each attempt makes each attempt a new event.',
  },
  {
    name: 'order-as-deduplication-id',
    caughtBy: 'same-row-same-event',
    lesson: 'For five minutes the topic takes one event of each order, and accepts all others without a word.',
  },
  {
    name: 'content-as-deduplication-id',
    caughtBy: 'same-row-same-event',
    lesson: 'A customer may order the same thing twice. Only the row of the outbox says which event it is.',
  },
  {
    name: 'minute-in-the-id',
    caughtBy: 'same-row-same-event',
    lesson: 'An id with the time in it is another one when the shop tries again.',
  },
  {
    name: 'content-as-key',
    caughtBy: 'same-row-same-event',
    lesson: 'A line that says the same as another one is not the same line.',
  },
  {
    name: 'order-as-key',
    caughtBy: 'in-order',
    lesson: 'With one key for the whole order, legacy writes down its first event and no other.',
  },
];

const capacity: readonly Mutant[] = [
  {
    name: 'no-cap',
    caughtBy: 'never-above-capacity',
    lesson: 'A FIFO queue works on as many groups at once as there are: its order is no limit.',
  },
  {
    name: 'reserved-and-no-maximum',
    caughtBy: 'waiting-kills-nothing',
    lesson:
      'The mapping takes messages and then is refused a place for them. Each time they count as received, and at last they are dead, although no code has seen them.',
  },
  {
    name: 'reserved-below-the-maximum',
    caughtBy: 'waiting-kills-nothing',
    lesson:
      'A mapping that may hand on two batches takes two. With room for one, the other one is refused and its messages get older.',
  },
  {
    name: 'reserved-five',
    caughtBy: 'capacity-is-a-parameter',
    lesson: 'A reservation of five beside a maximum of seven refuses batches that were already taken.',
  },
  {
    name: 'legacy-as-a-literal',
    caughtBy: 'legacy-is-a-parameter',
    lesson: 'The name of a system of another company is theirs to change.',
  },
  {
    name: 'maximum-six',
    caughtBy: 'five-at-once',
    lesson:
      'A literal is right in one size and wrong in the next one, and one more than five is the one that is too many.',
  },
  {
    name: 'maximum-two',
    caughtBy: 'five-at-once',
    lesson: 'Two at once is safe, and leaves more than half of legacy unused.',
  },
  {
    name: 'maximum-for-billing',
    caughtBy: 'never-above-capacity',
    lesson: 'Each mapping has a maximum of its own, and this one belongs to the other consumer.',
  },
  {
    name: 'orders-of-a-batch-side-by-side',
    caughtBy: 'never-above-capacity',
    lesson: 'A maximum counts invocations. What an invocation does at once comes on top.',
  },
  {
    name: 'semaphore-in-module-memory',
    caughtBy: 'never-above-capacity',
    lesson: 'Each environment has a semaphore of its own, and works on one batch anyway.',
  },
  {
    name: 'batch-of-ten',
    caughtBy: 'all-places-used',
    lesson:
      'A batch of ten has events of many orders, and one invocation works on them one after the other: other places of legacy are empty, and its time may not be enough.',
  },
  {
    name: 'batch-of-three',
    caughtBy: 'rush-in-order',
    lesson:
      'Three events take longer than the function has. The batch is cut off, comes again, and its events are dead in the end.',
  },
  {
    name: 'kept-five-minutes',
    caughtBy: 'waiting-kills-nothing',
    lesson: 'A queue throws away what has waited for longer than its retention, and no dead-letter queue hears of it.',
  },
  {
    name: 'hidden-for-an-hour',
    caughtBy: 'patience-is-a-parameter',
    lesson: 'A visibility timeout of an hour hides the trap, and every failure for an hour.',
  },
];

export const mutants: readonly Mutant[] = [...order, ...identity, ...capacity, ...mutantsOfFailures];
