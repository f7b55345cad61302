/**
 * The hints of task 4: a record that can't be applied, and what it takes with it.
 */

import type { Hint } from '../lab.ts';

export const hintsOfPoison: readonly Hint[] = [
  {
    id: 'lost-with-it',
    tiers: [
      'Which batch was the broken record in, and what became of the others in it?',
      'A batch that fails is tried again as a whole, and when its attempts are used up (or its records expire) it is given up as a whole. Two settings make it smaller: the mapping can halve a batch that fails, and the handler can say from which record on.',
      'Let the mapping bisect, and let the handler answer with the sequence number of the first record of each account that failed. Lambda takes the lowest one: what comes before counts as done, everything from there on comes again.',
    ],
  },
  {
    id: 'nobody-hears',
    tiers: [
      'After its last attempt the record was dropped. Who should have heard of it?',
      'A mapping of a stream has no dead-letter queue. It can tell a destination on failure, and it tells where the record is, not what it says. Without one it says nothing.',
      'Limit the attempts, and give the mapping the queue `Unreadable` as its destination. If the handler puts a record there itself, the letter needs its sequence number.',
    ],
  },
  {
    id: 'taken-for-done',
    tiers: [
      'The function was given this record once, and never again. What did Lambda make of the function’s answer?',
      'A handler that returns has told Lambda that the batch is done. An answer that names records which failed is read only if the mapping is told to read it; otherwise it counts as a success like any other, and nothing comes again.',
      'If the handler answers with `batchItemFailures`, say so in the mapping’s `FunctionResponseTypes`. If it catches the error for good, it has to put the letter into `Unreadable` itself, with the sequence number.',
    ],
  },
  {
    id: 'told-without-need',
    tiers: [
      'A person will look for this record and find nothing wrong. Why is there a letter about it?',
      'A letter covers the whole batch that was given up. If healthy records were in it, they were given up, too, or a person believes so.',
      'Make the batch smaller before the last attempt (bisection does), and allow enough attempts that a short trouble is over.',
    ],
  },
  {
    id: 'too-many-attempts',
    tiers: [
      'How often was the same record tried, and what waited behind it?',
      'A broken record will be broken tomorrow. Its lane makes no progress meanwhile: without a limit, for as long as the stream keeps the record.',
      'A few attempts are enough to get over a short trouble. Set `MaximumRetryAttempts`.',
    ],
  },
  {
    id: 'others-waited',
    tiers: [
      'Which shard has the broken record, and which account had to wait?',
      'A batch that fails holds up its shard, or its part of it; other shards go on. Unless the function has no room for them, or all accounts are in one shard.',
      'Look for what your shards share: one key for all, one batch at a time, a reservation that is too small.',
    ],
  },
  {
    id: 'lost-in-trouble',
    tiers: [
      'The table refused one write, and all was well a second later. Which event is missing, and what was applied after it?',
      'If an account’s next event is applied although the one before has failed, the one that failed is old when it comes again: its number is lower than the last one, and it is skipped for good.',
      'After the first failure of an account leave its later records alone, and say so to Lambda: what is not applied has to be at or behind the number that you report.',
    ],
  },
  {
    id: 'passed-over',
    tiers: [
      'One account failed while the other one’s event was still being worked on. What did the answer say about that event?',
      'What stands before the number of an answer is done for Lambda, whether your code is done with it or not. An answer that is given at the first error passes over all that is still under way.',
      'Wait until every account has ended, well or badly, before you answer: `Promise.all` rejects at the first error, `Promise.allSettled` waits for all.',
    ],
  },
  {
    id: 'untold-in-trouble',
    tiers: [
      'A broken record and a healthy one failed in one batch, each for its own reason. Which of the two did the answer name?',
      'Lambda goes on at the lowest number of an answer, and what stands before it counts as done. A broken record before that number is done, too, and if no letter has been sent by then none will be.',
      'Report the first record of each account that failed, whatever the reason. If the handler sends the letter itself, it has to be in the queue before the answer passes the record.',
    ],
  },
  {
    id: 'nothing-refused',
    tiers: [
      'The table refused nothing for long enough in any run. Does your function read and write?',
      'Faults strike at calls. A handler without calls to the table meets none of them.',
      'Let each event lead to a write of its account.',
    ],
  },
];
