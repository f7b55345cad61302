/**
 * The hints of tasks 3 and 4: events that fail for now, and events that can never be applied.
 */

import type { Hint } from '../lab.ts';

export const hintsOfFailures: readonly Hint[] = [
  {
    id: 'failure-out-of-order',
    tiers: [
      'In the failing run one event failed. What became of the events of its order behind it, and of those before?',
      'A function that throws gives its whole batch back, with what is done. A function may name what is not done, if the mapping’s `FunctionResponseTypes` say so; then everything else is deleted. On a FIFO queue Lambda doesn’t look whether something behind a failure is among that.',
      'Remember which orders have failed. An event of such an order is not tried, and is given back, too. Name messages by their `messageId`.',
    ],
  },
  {
    id: 'given-up-too-soon',
    tiers: [
      'Why is this event in the dead-letter queue? It could have been applied a moment later.',
      'A system that is short of time is no reason to give an event to people. Receives are counted: as many as `MaxReceives` says are allowed.',
      'Give back what has failed, and put aside only what can never be applied.',
    ],
  },
  {
    id: 'others-given-back',
    tiers: [
      'Which orders were in the batch, and which of them had a failure?',
      'What is given back is received again, later and together with what else is there: it counts as received, and its order waits. Orders have nothing to do with each other.',
      'Give back the failed event and what is behind it of the same order. Go on with the others, and don’t throw.',
    ],
  },
  {
    id: 'nothing-refused',
    tiers: [
      'Legacy refused nothing in any run. Does `stock` ask it?',
      'Trouble strikes at requests. A handler without requests meets none of it.',
      'Let each event lead to a request of its own.',
    ],
  },
  {
    id: 'no-call-refused',
    tiers: [
      'The table refused nothing for long enough in any run. Does `bill` write?',
      'Faults strike at calls. A handler without calls to the table meets none of them.',
      'Let each event lead to a write of its bill.',
    ],
  },
  {
    id: 'nobody-hears',
    tiers: [
      'This event can’t be applied, today or tomorrow. Who should hear of it?',
      'What a handler catches and does not give back is deleted as done. The log of a function is no place where people look for orders.',
      'Either give it back until the queue puts it aside, or put it into the consumer’s dead-letter queue yourself, whole. Then decide what becomes of the events behind it.',
    ],
  },
  {
    id: 'lost-with-it',
    tiers: [
      'Which event is missing, and in which batch was it?',
      'An event that can’t be applied may take later events of its order with it into the dead-letter queue, because they are received together. It must take no others, and none that came before.',
      'Look at what your handler gives back: the event that failed and what is behind it of its order. Everything else has to be applied.',
    ],
  },
  {
    id: 'told-without-need',
    tiers: [
      'A person will look at this event and find nothing wrong. Why is it in the dead-letter queue?',
      'A message that is received too often becomes a dead letter, whatever the reason. What is given back without need is received again.',
      'Give back the failed event and what is behind it of its order, and nothing else.',
    ],
  },
  {
    id: 'too-many-attempts',
    tiers: [
      'How often was the same event tried, and what waited behind it?',
      'What can’t be applied holds up its order each time for as long as it is hidden.',
      'A few receives are enough to get over a short trouble. `MaxReceives` says how many.',
    ],
  },
  {
    id: 'others-waited',
    tiers: [
      'Which order has the event that can’t be applied, and which order had to wait?',
      'A group waits for its own messages only. Unless all orders are in one group, or a batch fails as a whole.',
      'Look for what your orders share: a group, a batch, an error that is thrown.',
    ],
  },
];
