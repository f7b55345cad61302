/**
 * The hints of lab 6: for each kind of failure a nudge, the concept, the shape of the fix.
 *
 * A check's violation selects the kind. A hint never contains the finished line.
 */

import type { Hint } from '../lab.ts';
import { hintsOfFailures } from './hints-of-failures.ts';
import { hintsOfRepetitions } from './hints-of-repetitions.ts';

const order: readonly Hint[] = [
  {
    id: 'out-of-order',
    tiers: [
      'Look at the two invocations in the failing run. Both have an event of the same order. Who decided that they run at once?',
      'Standard topics and queues promise no order, and several batches of a queue are worked on at once. FIFO topics and queues keep order within a message group, and give no two batches of one group to a function at the same time.',
      'Make the topic, both queues and their dead-letter queues FIFO, and let the publisher say which group an event belongs to: what has to stay in order with what? Publish one after the other.',
    ],
  },
  {
    id: 'one-at-a-time',
    tiers: [
      'How many message groups are there in your queue when two orders are changed?',
      'A FIFO queue works on one group at a time with one batch, and on different groups side by side. One group for everything is one after the other for everything.',
      'Order is needed within an order, not between orders. Choose the group accordingly.',
    ],
  },
  {
    id: 'nothing-arrives',
    tiers: [
      'Nothing of an order has reached a consumer in any run. Do its messages reach the queue, and does your handler understand them?',
      'That nothing gets out of order is easy for a handler that does nothing. So the other checks count only where events are applied.',
      'Follow one event: from `publish` to the topic, from there into the queue, from there to the handler. Mend the first step that does not happen.',
    ],
  },
  {
    id: 'counted-twice',
    tiers: [
      'The shop handed the same row over twice. What do both messages have in common, and what tells the topic?',
      'A topic that has taken a message may not have said so, and then the sender tries again. A FIFO topic recognizes a message by its deduplication id, for five minutes.',
      'The shop writes down each event once, and gives it a name. Let the deduplication id be that name, and the same at each attempt.',
    ],
  },
  {
    id: 'swallowed',
    tiers: [
      'Compare the two events in the failing run. In what do they differ?',
      'A customer who orders a mug and then another one has told two events with the same text. What is recognized by its text, or by its order, is taken for a repetition, and the topic answers with success.',
      'Take the deduplication id from what names the event, not from what it says.',
    ],
  },
  {
    id: 'not-published',
    tiers: [
      'Why did the publisher fail each time?',
      'The shop calls again with the same rows as long as the publisher fails. What has been published already is published again then, which is no mistake.',
      'Read the error in the failing run. A FIFO topic wants a group for each message, and a way to tell messages apart.',
    ],
  },
  {
    id: 'never-published',
    tiers: [
      'Find the row whose event did not arrive. What did the publisher answer the shop?',
      'A client tries a refused call a few times, and then throws. The shop hands the same rows over again only if the publisher fails, and takes them for published if it does not.',
      'Let the error out of the handler. What has been published already is recognized when it comes again.',
    ],
  },
  {
    id: 'nothing-published',
    tiers: [
      'The topic has taken no event in any run. Does your publisher publish?',
      'Trouble strikes at calls. A publisher without calls to the topic meets none of it.',
      'Let each row lead to a message.',
    ],
  },
  {
    id: 'legacy-literal',
    tiers: [
      'Which system does your function call, and who says so?',
      'The lab deploys your template beside a legacy system of its own and passes its name.',
      'Let the environment variable refer to the parameter `LegacyFunctionName`.',
    ],
  },
];

const capacity: readonly Hint[] = [
  {
    id: 'above-capacity',
    tiers: [
      'How many invocations of `stock` are there in the failing run, and how many requests does each of them have at legacy?',
      'The mapping works on as many groups at once as there are. A semaphore in the code counts within one environment only. What limits all environments together is a setting.',
      'A mapping of a queue has a setting for the most invocations that it has at once: look for `ScalingConfig`. One invocation should have one request at a time.',
    ],
  },
  {
    id: 'places-unused',
    tiers: [
      'Events waited, and legacy had places left. What kept the events?',
      'At once are: invocations, as many as there are groups within the limit, and one request of each. A batch holds all its groups until it is done.',
      'Let the limit be what legacy takes, and batches be so small that several of them are needed.',
    ],
  },
  {
    id: 'died-waiting',
    tiers: [
      'Nothing is wrong with this event. How often was it received, and how often was your function started for it?',
      'A reservation refuses what is too much. But the mapping has received the messages then: it tries for as long as they are hidden, gives up, and they come back with one receive more. A queue with a dead-letter queue counts receives and not failures.',
      'The limit belongs where messages are taken. With a maximum of the mapping, no message is received that can’t be handed on. A reservation may stand beside it if it is as great or greater.',
    ],
  },
  {
    id: 'never-booked',
    tiers: [
      'What became of the event that is missing: was it received, and did the function have enough time?',
      'A batch has to be done before the timeout, one event after the other. What is cut off comes again and counts as received.',
      'Multiply the size of a batch by the time that legacy needs, and compare it with the function’s timeout.',
    ],
  },
  {
    id: 'nothing-booked',
    tiers: [
      'Legacy was told of nothing in any run. Is `stock` called, and does it call legacy?',
      'A limit is put to the test only if there is something to limit.',
      'Let each event lead to one request, as the starter does.',
    ],
  },
  {
    id: 'capacity-literal',
    tiers: [
      'Which number in your template says how many requests legacy takes?',
      'The lab deploys your template in two sizes. A literal is wrong in one of them.',
      'Let the maximum of the mapping `StockEvents` refer to the parameter `LegacyCapacity`.',
    ],
  },
  {
    id: 'patience-literal',
    tiers: [
      'How often is a message received at most, and for how long is it hidden? Who says so?',
      'In the small scenarios messages are hidden for shorter, so that a run is short.',
      'Let `maxReceiveCount` and `VisibilityTimeout` of both queues refer to their parameters.',
    ],
  },
];

export const hints: readonly Hint[] = [...order, ...capacity, ...hintsOfFailures, ...hintsOfRepetitions];
