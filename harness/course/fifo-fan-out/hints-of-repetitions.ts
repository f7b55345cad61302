/**
 * The hints of task 5: events that come again, and writes that come late.
 */

import type { Hint } from '../lab.ts';

export const hintsOfRepetitions: readonly Hint[] = [
  {
    id: 'repeated',
    tiers: [
      'When did this event come for the first time, and what did the topic know of it the second time?',
      'A topic and a queue recognize a deduplication id for five minutes. A shop that was down for an hour hands its rows over again later than that, and they are new messages.',
      'The consumer has to know for good which events it has. A message brings the event’s name: look at its `attributes`. What comes again need not be the last thing that came.',
    ],
  },
  {
    id: 'applied-again',
    tiers: [
      'Count how often the message was given to the function. How could the second invocation have known of the first one?',
      'FIFO is no «exactly once» for your function: if it crashes, or if the delete of a message is lost, the message comes again, perhaps in a batch with events that were not there the first time. What a module remembers is gone with its environment.',
      'Billing: write the line and the event’s name with one call, on the condition that the name is not there. Legacy: give it a key that is the same at each attempt.',
    ],
  },
  {
    id: 'old-write-won',
    tiers: [
      'Which write came last in the failing run, and when had it been sent?',
      'The function was cut off while its write was on its way. The message came again and was applied; then the old write arrived, too. A look before the write does not help: it was made long before. A write that puts the whole bill takes away what has come since.',
      'Let each write itself carry the condition, the first one of a bill as well. If it fails, the bill has this line, and the event is done.',
    ],
  },
  {
    id: 'dead-though-applied',
    tiers: [
      'This event has been applied, and it is in the dead-letter queue. What did your handler answer when it came again?',
      'A repetition is done. Reported as a failure, it comes back until it is a dead letter, and its order waits for it.',
      'Tell the error that says «it is there already» from all other errors.',
    ],
  },
  {
    id: 'nothing-came-again',
    tiers: [
      'No message came twice in any run. Does your function get messages at all?',
      'A message comes again when its function has failed or its delete was lost. A mapping that reads nothing repeats nothing.',
      'Let both mappings read their queues.',
    ],
  },
  {
    id: 'nothing-hung',
    tiers: [
      'No call of the function was cut off. Does it make any?',
      'Only a write that is on its way can arrive late. A handler without calls is not put to the test.',
      'Let each event lead to a write of its bill.',
    ],
  },
];
