/**
 * The hints of lab 5: for each kind of failure a nudge, the concept, the shape of the fix.
 *
 * A check's violation selects the kind. A hint never contains the finished line.
 */

import type { Hint } from '../lab.ts';
import { hintsOfPoison } from './hints-of-poison.ts';
import { hintsOfRepetitions } from './hints-of-repetitions.ts';

const keys: readonly Hint[] = [
  {
    id: 'out-of-order',
    tiers: [
      'Look at the two invocations in the failing run. Which account is each of them working on, and who decided that they run at once?',
      'A stream keeps order within a shard, and a mapping within a partition key. Records with different keys may be in different shards, and even within one shard they may be worked on at once.',
      'The key says what must stay in order with what. Take it from the event: it has to be the same for all events of an account, at any time, and differ between accounts.',
    ],
  },
  {
    id: 'handled-out-of-order',
    tiers: [
      'All events of this account have one key, so `apply` is given them in order. What does it make of them?',
      'A lane gives its records in order, several in a batch. That order ends in the handler if it works on two records of an account at once, as `Promise.all` over a batch does, or skips one because it compares numbers wrongly: as texts, «11» comes before «4».',
      'In `apply.ts`, let each event of an account be done before the next one begins; only different accounts go side by side. If you compare numbers of events, compare them as whole numbers.',
    ],
  },
  {
    id: 'one-at-a-time',
    tiers: [
      'The stream has two shards. How many of them have records?',
      'Records with one key are all in one shard, and a shard is read by one batch at a time. One key for everything is one queue for everything.',
      'Order is needed within an account, not between accounts. Choose the key accordingly.',
    ],
  },
  {
    id: 'nothing-arrives',
    tiers: [
      'No account has changed in any run. Do the events reach the stream, and does your handler write anything?',
      'That nothing gets out of order is easy for a handler that does nothing. So the other checks count only where events are applied.',
      'Follow one event: from `publish` to the stream, from there to `apply`, from `apply` to the table. Mend the first step that does not happen.',
    ],
  },
  {
    id: 'shards-literal',
    tiers: [
      'Which number in the template says how many shards there are?',
      'The lab deploys your template in two sizes. A literal is wrong in one of them.',
      'Use the intrinsic function that reads a parameter, with `Shards`.',
    ],
  },
];

const pace: readonly Hint[] = [
  {
    id: 'single-records',
    tiers: [
      'Four records waited in one lane, and each invocation got one. Which setting says how many it gets?',
      'A batch of one makes an invocation for every record, and nothing in it can be done side by side.',
      'Raise `BatchSize` of the mapping. How far: see how long a batch may take.',
    ],
  },
  {
    id: 'batch-out-of-order',
    tiers: [
      'In the failing run, which two records of one account were worked on at the same time?',
      'A batch is in order, but `Promise.all` over its records starts them all at once. Each reads the balance before the other has written it. If no two were at work at once: a read may miss what was written a moment ago, unless it asks for the newest.',
      'Put the records of a batch into groups, one for each account. Groups side by side; within a group, one `await` after the other. Keep the `ConsistentRead` of the starter’s `GetCommand`.',
    ],
  },
  {
    id: 'too-slow',
    tiers: [
      'Twenty events come in a second, and each takes a second. How many does your stack work on at once?',
      'There are three places to work side by side: shards, parallel batches of a shard, and accounts within a batch. Together they have to be more than what comes in.',
      'Let the handler work on the accounts of a batch side by side, let the mapping have several batches of a shard at once, and let no window hold records back for long.',
    ],
  },
  {
    id: 'rush-out-of-order',
    tiers: [
      'It is fast enough, and an account is wrong. What was worked on at once that should not have been?',
      'The pace comes from different accounts side by side. Within one account nothing can be gained.',
      'Check how your handler divides a batch, and what it does when a batch ends in the middle.',
    ],
  },
  {
    id: 'too-few-batches',
    tiers: [
      'Screening has room for eight callers. How many batches are worked on at once?',
      'A shard has one batch at a time, unless the mapping allows it more. Shards times that factor is how many invocations there can be.',
      'The mapping has a setting for the batches of one shard, and the template a parameter for it. Choose its default so that shards times factor is eight.',
    ],
  },
  {
    id: 'too-many-callers',
    tiers: [
      'Multiply the shards by the parallel batches of each. Is that more than screening takes?',
      'That product is the concurrency of the function. It needs no reservation: a mapping of a stream never has more batches at once.',
      'Choose the two defaults so that their product is eight at most.',
    ],
  },
  {
    id: 'batch-too-long',
    tiers: [
      'How long does a batch take in which all records are of one account?',
      'They are worked on one after the other, a second each. If the function’s timeout is shorter than that, the batch is cut off and begins anew.',
      'Batch size times the time for one record has to stay below `Timeout`, with something to spare.',
    ],
  },
  {
    id: 'parallel-literal',
    tiers: [
      'Which numbers of the template would have to change in another size of the lab?',
      'The small scenarios deploy two shards with two batches each, and a screening that takes no time. A literal in place of a parameter makes them something else.',
      'Let `ParallelizationFactor`, if you set it, read `Parallel`, and leave `SCREENING_MS` as the starter has it.',
    ],
  },
];

const producers: readonly Hint[] = [
  {
    id: 'published-otherwise',
    tiers: [
      'Look at the call that put these events, and at its answer. Does the answer say that all of them are stored, and does it say in which order?',
      'PutRecords promises no order among its records, and may store some and refuse others: it succeeds all the same, and its answer tells about each. If an account’s second event goes off before the first is known to be stored, they may end the wrong way round.',
      'At most one event of an account on its way at a time. Put the first waiting event of each account, read the result of each, and keep those that were refused at the head of their account.',
    ],
  },
  {
    id: 'above-high-water',
    tiers: [
      'How many records has your producer sent at one moment without having heard of them?',
      'Without a limit, a burst fills the memory of the sender and the limits of the shards. A Node stream says «enough» at its `highWaterMark`; a producer has to do that by itself.',
      'Count what is on its way, and wait for answers when it is as much as `HIGH_WATER_MARK` says.',
    ],
  },
  {
    id: 'gave-up-quietly',
    tiers: [
      'The stream refused one record for some seconds, and it is not there. What did your producer answer in the end?',
      'Who gives up may do so, if the caller hears of it: the core system calls again with all events when the producer fails. After a success nobody calls again.',
      'Try again as long as the function has time, or let the error out of the handler when you stop.',
    ],
  },
  {
    id: 'burst-not-published',
    tiers: [
      'Four hundred events come with one call, and the function has five seconds. How long does yours need?',
      'A call to the stream takes some 25 milliseconds, for one record or for five hundred. One event at a time is in order, and slow.',
      'Different accounts need not wait for each other: let each call carry one event of many accounts, up to the high-water mark.',
    ],
  },
  {
    id: 'high-water-literal',
    tiers: [
      'Where does your producer know its high-water mark from?',
      'It is 2 in the small scenarios and 50 in the burst. A literal is wrong in one of them.',
      'Leave the variable `HIGH_WATER_MARK` of `Publish` as the starter has it, and read it in the code.',
    ],
  },
];

export const hints: readonly Hint[] = [...keys, ...pace, ...hintsOfRepetitions, ...hintsOfPoison, ...producers];
