/**
 * The hints of task 3: records that come again, and writes that come late.
 */

import type { Hint } from '../lab.ts';

export const hintsOfRepetitions: readonly Hint[] = [
  {
    id: 'applied-again',
    tiers: [
      'Count how often the record was given to the function. How could the second invocation have known of the first one?',
      'Lambda gives a batch again if the function crashed, and now and then although it was done. What a module remembers is gone with its environment; the table is what all invocations share.',
      'Write with the balance which event it is after, in the same write, and let that write carry a condition: the table has no event of the account, or an older one. A look before it is not enough, because a write that was sent before a crash may still arrive. If the condition fails, the event is done: that is no error.',
    ],
  },
  {
    id: 'old-write-won',
    tiers: [
      'Which write came last in the failing run, and when had it been sent?',
      'The function was cut off while its write was on its way. The batch came again and was applied; then the old write arrived and put the old state back. A look before the write does not help: it was made long before.',
      'Let the write itself carry a condition: the account has no event yet, or an older one. If the condition fails, the table is further on, and this event is done.',
    ],
  },
  {
    id: 'repeated',
    tiers: [
      'Compare the event that went wrong with the ones before. Is its number new, and how did your code compare it?',
      'A producer that repeats an event makes another record, with another sequence number and perhaps in another shard: only the event’s own number says that it is the same. These numbers are texts of up to 64 bits with gaps between them. As texts «10» comes before «9», and as a JavaScript number one in two is rounded from 2⁵³ on.',
      'Compare `seq` as what it is, a whole number of 64 bits: `BigInt` in the code, a number in the table. Greater is new, everything else is old.',
    ],
  },
  {
    id: 'nothing-came-again',
    tiers: [
      'No record came twice in any run. Does your function get records at all?',
      'A batch comes again when it failed, or as if it had. A mapping that reads nothing repeats nothing.',
      'Let the mapping read the stream from its beginning, with the function `apply`.',
    ],
  },
  {
    id: 'nothing-hung',
    tiers: [
      'No call of the function was cut off. Does it make any?',
      'Only a write that is on its way can arrive late. A handler without calls is not put to the test.',
      'Let each event lead to a write of its account.',
    ],
  },
];
