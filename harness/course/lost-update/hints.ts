/**
 * The hints of lab 0: for each kind of failure a nudge, the concept, the shape of the fix.
 *
 * A check's violation selects the kind. A hint never contains the finished line.
 */

import type { Hint } from '../lab.ts';

export const hints: readonly Hint[] = [
  {
    id: 'lost-update',
    tiers: [
      'Look at the timeline: which value had each invocation read when it wrote?',
      'Between the read and the write, another invocation can write. No sleep and no faster read prevents that. Either the read and the write become one operation, or the write goes through only if nothing was written since the read.',
      'DynamoDB runs the writes of one item one after the other. An UpdateCommand whose UpdateExpression adds to the attribute needs no read. The other way: keep a version beside the count, write with a ConditionExpression on the version that you read, and when the condition fails, read again and try again.',
    ],
  },
  {
    id: 'counted-twice',
    tiers: [
      'A visitor was counted more often than answered. What happens after a write that failed?',
      'ADD is not idempotent: each request that arrives adds. The same goes for a bump that is written, then fails, and is written again by a retry.',
      'Write once per invocation, and retry only after an error that says that nothing was written, such as ConditionalCheckFailedException.',
    ],
  },
  {
    id: 'other-counter',
    tiers: [
      'A counter has changed that no visitor clicked on, or one has not changed that a visitor did click on. Which item does your code write?',
      'The event says which counter: each has an item of its own, and a page may have several. `notify-me` is meant only when the event names none.',
      'Keep the `Key` of the starter, made from `event.counter` as it is (neither cut, nor trimmed, nor in lower case), and use it for every read and every write.',
    ],
  },
  {
    id: 'same-number',
    tiers: [
      'Two visitors were told the same number. Where does the number come from that you return?',
      'Each visitor has a place of their own in the row, so no two get the same number. A number that is read after the write may be one that a later visitor has made; a number that is read before it may be one that an earlier visitor takes.',
      'Return what your own write made: with ReturnValues: ALL_NEW the update answers with it, and after a conditional write it is the number that you have written.',
    ],
  },
  {
    id: 'wrong-number',
    tiers: [
      'A visitor was told a number that is not a place in the row. What is it made of?',
      'The number is the value of `bumps` after this bump. The counter may have had bumps before this run, and the visitor’s own number in the event says nothing about it.',
      'Return `bumps` of the item as your write left it.',
    ],
  },
  {
    id: 'number-for-nothing',
    tiers: [
      'A visitor got a number although the table had taken nothing. What does your code do with an error that it did not expect?',
      'A service may refuse a call for a while; the SDK tries again, and gives up after three attempts. Then an error comes, and it says that nothing was written. To answer as if it had been is to lose the bump.',
      'Catch only the error that you know (ConditionalCheckFailedException), and let every other one through: the visitor sees that it went wrong and can click again.',
    ],
  },
  {
    id: 'never-refused',
    tiers: [
      'The grader could not make the table refuse your calls. Does your function call it at all?',
      'What was never refused proves nothing about errors. Your function must read or write the counter in every invocation.',
      'Begin with the handler of the starter, which does count: `npx --no raceproof diff lost-update` shows what has changed.',
    ],
  },
  {
    id: 'gave-up',
    tiers: [
      'The counter is right, but a visitor was sent away. How often does your code try?',
      'A condition that fails is no accident. It tells you that another bump was first. With three visitors one of them can lose twice before it wins, so one more attempt is not enough. Each attempt has to read again: the value that it read before is the reason why the condition failed. A transaction can also be cancelled because another one is writing the same item (TransactionConflict): nothing was written then, and it is worth another attempt.',
      'Put the read, the sum and the conditional write into one loop, leave it when the write goes through, and allow at least three rounds. Or let UpdateCommand add: then no bump can lose.',
    ],
  },
  {
    id: 'timed-out',
    tiers: [
      'An invocation waited until Lambda ended it. What was it waiting for, and what could have ended the wait?',
      'Execution environments share nothing but the table: no module variable, no globalThis, no process.env. No other invocation sees a lock in memory, and a lock in the table stays locked when its holder is gone.',
      'You need no lock here. One atomic write, or a conditional write in a loop with an end, does without waiting.',
    ],
  },
  {
    id: 'no-count',
    tiers: [
      'The function answered, but without a number in `count`.',
      'UpdateCommand returns no attributes unless it is asked to. ReturnValues says which: the item before or after the change.',
      'Ask for ReturnValues: ALL_NEW or UPDATED_NEW, and return the attribute `bumps` of what comes back as `count`.',
    ],
  },
  {
    id: 'function-error',
    tiers: [
      'Your function threw. The message names the error, and the timeline shows the call that it followed.',
      'DynamoDB checks expressions before it runs them: every name that starts with a colon needs a value in ExpressionAttributeValues, and reserved words such as COUNT need a #name in ExpressionAttributeNames.',
      'Start from the three lines in the starter, get them to pass, then change them step by step.',
    ],
  },
  {
    id: 'no-overlap',
    tiers: [
      'The grader never saw two invocations at once. Is there something in the template that keeps them apart?',
      'A function with ReservedConcurrentExecutions: 1 is a mutex for a whole Region: the second visitor is not queued, but refused with 429.',
      'Take the limit out of the template, and make the write safe instead.',
    ],
  },
  {
    id: 'nobody-answered',
    tiers: [
      'No two visitors got a number in the same run. What does your function do when it is called?',
      'A function that writes nothing loses no update, so this alone proves nothing. The work is to count every visitor, and to answer each with the count.',
      'Begin with the handler of the starter, which does count: `npx --no raceproof diff lost-update` shows what has changed.',
    ],
  },
];
