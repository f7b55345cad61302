/**
 * The hints of lab 4: for each kind of failure a nudge, the concept, the shape of the fix.
 *
 * A check's violation selects the kind. A hint never contains the finished line.
 */

import type { Hint } from '../lab.ts';

const debits: readonly Hint[] = [
  {
    id: 'debited-twice',
    tiers: [
      'Look at the timeline: what did the second delivery find in the table, and when did the first one write it?',
      'A delivery that reads before the other has written finds nothing, and both may read at that moment. Checking and marking must be one operation. It must come before the money moves, and it must be about the order: a message id is new for each attempt of the till, and so is a hash of the whole message. A look after a failed condition is no better than one before: unless it asks for the newest, it may find nothing where the condition has found the mark.',
      "PutCommand with a ConditionExpression that asks for the order's item not to be there. If it throws ConditionalCheckFailedException, another delivery has the order, and this one can return.",
    ],
  },
  {
    id: 'never-debited',
    tiers: [
      'An order was sent and its money never moved. Did the handler throw, or did it return early?',
      'A handler that throws gets its message again until MaxReceiveCount, and then the message goes to the dead-letter queue; one that returns has its message deleted. So return for «another delivery has it» only if another delivery really has it.',
      'Return early only for ConditionalCheckFailedException, pass every other error on, and call the gateway after the claim went through.',
    ],
  },
  {
    id: 'debited-later',
    tiers: [
      'The second attempt came after everything else was over, and found nothing. Where does your code keep what it has done, and for how long?',
      'A sender may try again after an hour or after ten days. What an execution environment remembers may be gone by then, and so is what you have told the table or a library to forget.',
      'Keep the item of the order without an end. If you want to tidy up, do it after weeks, much later than any sender tries again.',
    ],
  },
  {
    id: 'error-taken-for-duplicate',
    tiers: [
      'The table refused a call, nothing was written, and your handler was content. Which errors does it treat as «was there already»?',
      'A service may refuse or fail calls for a while; the SDK tries again, and gives up after three attempts. The error that then comes says nothing about the order. A message whose handler returns is deleted.',
      'Take only the one error (or the one reason of a cancelled transaction) that means «was there already» for a duplicate, and pass every other one on: the message comes again.',
    ],
  },
  {
    id: 'batch-in-trouble',
    tiers: [
      'The table refused calls in the middle of a batch, and an order of that batch is lost. What did your answer say about the orders around it?',
      'Lambda deletes what your answer does not name, including a record that was never begun. And if the whole batch comes again, a claim that was made before the error belongs to an order that was not debited yet.',
      'Claim and debit one payment after the other, name each one that threw, and go on with the next one.',
    ],
  },
  {
    id: 'debited-without-claim',
    tiers: [
      'The table refused the claim, and money moved all the same. Which line goes on after the error?',
      'If no item records a debit, the next attempt makes it again. While the table can’t be written, it is right to wait: the message comes again.',
      'Pass on every error of the claim except ConditionalCheckFailedException, which means that another delivery has the order.',
    ],
  },
  {
    id: 'debit-claim-too-short',
    tiers: [
      'One delivery was slow but still at work, and another one took over its order. When does your claim end?',
      'The gateway knows no keys, so two deliveries at work on one order are two debits. A claim that ends by itself has to last longer than the longest invocation.',
      'Let the claim stand for good. No crash is tried in this task, so no delivery ever has to take over.',
    ],
  },
  {
    id: 'nothing-troubled',
    tiers: [
      'The grader could not trouble your calls. Does your function make any?',
      'What was never refused, failed or slow proves nothing about errors. The function has to claim the order in the table, and to ask for the money.',
      'Begin with the starter, which does both: `npx --no raceproof diff dedupe` shows what has changed.',
    ],
  },
  {
    id: 'other-debit',
    tiers: [
      'Money was moved that no order asks for. Which amount and which order did your code send to the gateway?',
      'Amounts are in cents, in the message as at the gateway, and each order has its own.',
      'Send the `orderId` and the `amount` of the payment as they are.',
    ],
  },
  {
    id: 'same-amount',
    tiers: [
      'Two orders look alike, and one of them was treated as a copy of the other. What tells them apart?',
      'Only the sender knows whether two messages mean one order or two. It says so with the order id: the same in each attempt, and never used for another order.',
      'Make the order id alone the key of the claim: all of it and as it is, without amount, customer or time.',
    ],
  },
  {
    id: 'one-at-a-time',
    tiers: [
      'Two customers pay at once, and the second one waits until the first is done. What in the template makes the function work alone?',
      'One at a time keeps two deliveries apart only for as long as it is one at a time. It remembers nothing: the second delivery of an order comes later, and must find something that the first one wrote before the money moved. And on a Saturday all customers wait.',
      'Take ReservedConcurrentExecutions (or MaximumConcurrency) out again, and let a condition on the item decide between two deliveries.',
    ],
  },
  {
    id: 'duplicate-dead',
    tiers: [
      'The money is right, and yet messages are in the dead-letter queue. What did their handler do each time?',
      'To throw means «later»: the message comes again until MaxReceiveCount is used up. A duplicate will be a duplicate every time, so it has to be told apart from what may still succeed. A dead-letter queue full of duplicates hides the one message that needs a person.',
      'When you know that the order is done, return. Throw for what may be different the next time.',
    ],
  },
  {
    id: 'neighbour-dead',
    tiers: [
      'One message of a batch can’t be handled. What did your answer make of the other one?',
      'Lambda deletes what your answer does not name. If the answer names something that is no message of the batch, or if the handler throws, the whole batch counts as failed: messages that were done come again, and go to the dead-letter queue with the bad one.',
      'Give each failed record back as { itemIdentifier: its messageId }, in batchItemFailures. Not the order id, which Lambda doesn’t know.',
    ],
  },
  {
    id: 'nothing-debited',
    tiers: [
      'No order was debited at all. Does your handler reach the gateway?',
      'A handler that does nothing debits nothing twice, so this alone proves nothing. The work is to debit each order, and to do it once.',
      'Compare your src/debit.ts with the one of the starter: `npx --no raceproof diff dedupe` shows what has changed.',
    ],
  },
  {
    id: 'nothing-offered',
    tiers: [
      'The grader never saw what this task is about, so nothing was put to the test. Is something in the template in the way?',
      'The queue has to hold both messages of an order at once, and the mapping has to give them to the function.',
      'Compare your template with the one of the starter: `npx --no raceproof diff dedupe` shows what has changed.',
    ],
  },
];

const giftCards: readonly Hint[] = [
  {
    id: 'gift-card-twice',
    tiers: [
      'The balance went down twice for one order. Which of the two writes did the second delivery find done?',
      'If the effect comes first, a second delivery finds no marker and does it again. If the marker comes first, a crash leaves it alone. Two writes are unsafe whichever comes first; one write of both is safe.',
      'TransactWriteCommand with two items: a Put of the marker under the condition that it is not there, and the Update of the balance. It writes both or none.',
    ],
  },
  {
    id: 'gift-card-lost',
    tiers: [
      'An order is marked as paid, and the balance does not know. What happened between the two writes?',
      'A crash can come between any two calls. The message comes again, finds the marker, and is treated as a duplicate. The marker and the payment must be written together.',
      'TransactWriteCommand with two items: a Put of the marker under the condition that it is not there, and the Update of the balance. It writes both or none.',
    ],
  },
  {
    id: 'gift-card-conflict',
    tiers: [
      'Two different orders, and one of them is gone. What did DynamoDB tell it, and what did your code make of that?',
      'TransactionCanceledException has many reasons. ConditionalCheckFailed on the marker says «done before». TransactionConflict says that another transaction was writing an item of this one, ThrottlingError that a table had no throughput left. Nothing was done then: the payment has to come again.',
      "CancellationReasons has one entry for each item of the transaction, in your order, each with a Code. Return only for the marker's ConditionalCheckFailed, and throw everything else.",
    ],
  },
  {
    id: 'gift-card-item',
    tiers: [
      'A gift card is not what the others expect to find. What is its item after your write?',
      'The shop shows the balance of a card and sells more on it: it reads an item `{ giftCardId, balance }` with a number, and a card with nothing on it is still a card.',
      'Change the number in place with an UpdateExpression, and leave the rest of the item alone.',
    ],
  },
  {
    id: 'gift-card-later',
    tiers: [
      'The same order came again after eleven minutes. What still remembered it?',
      'A ClientRequestToken protects a request for ten minutes after it is done. It is made for a lost answer, not for a sender that tries again later.',
      'Put a marker for the order into the table, in the same transaction as the effect, under the condition that it is not there.',
    ],
  },
];

const cards: readonly Hint[] = [
  {
    id: 'charged-twice',
    tiers: [
      'The handler crashed after the API had charged. What did the next delivery send, and how could the API have known?',
      'Your table can’t know what happened between the claim and the crash; only the API does. It recognises a request by its key, so every attempt for one order has to use the same one.',
      'Make the key from the order id alone. No random part, no time, no attempt.',
    ],
  },
  {
    id: 'order-swallowed',
    tiers: [
      'The messages of this order are deleted, and nothing was charged. Which delivery returned without charging, and why?',
      'A claim that has no charge yet means «begun», not «done». Its owner may have crashed. A delivery that returns because of such a claim deletes the last message, and the order is lost.',
      'When the claim is there without a chargeId, and its lease is not over: throw. The message comes back after its visibility timeout, and finds either a charge or a lease that is over.',
    ],
  },
  {
    id: 'order-hangs',
    tiers: [
      'Every delivery of this order came back, until they were all used up. What were they waiting for?',
      'A claim whose owner has crashed must end by itself, and the next delivery must notice it. DynamoDB deletes expired items only within a few days, so compare the time in the condition. Both sides of the comparison must be in the same unit.',
      'Write the instant at which the lease ends, in the milliseconds of Date.now(). Let the claim succeed if the item is not there, or if it has no chargeId and its lease ended before now.',
    ],
  },
  {
    id: 'claim-too-short',
    tiers: [
      'One delivery was at work, slowly, and another one took its order over. When does your claim end?',
      'A lease says «until then no other delivery». It has to last longer than the longest invocation, or a slow owner and its successor work side by side. The seconds in LEASE_SECONDS are more than the function’s timeout; Date.now() counts milliseconds.',
      'Write the end of the lease as Date.now() plus LEASE_SECONDS in milliseconds, and compare it with Date.now() in the condition.',
    ],
  },
  {
    id: 'asked-twice',
    tiers: [
      'Nothing crashed, and yet two deliveries of one order were at the API at the same time. Why did the second one get past the claim?',
      'A lease keeps others out while its owner may be at work. A lease that is already over when it is written keeps no one out: check the units. A key alone keeps no one out either; it only makes the second request harmless for ten minutes.',
      'Compare milliseconds with milliseconds, and make LeaseSeconds longer than any invocation can last.',
    ],
  },
  {
    id: 'charged-later',
    tiers: [
      'The same order came again after eleven minutes, and the API charged it. Why did it not recognise the key?',
      'The API forgets a key ten minutes after its answer. Your table doesn’t forget: what must hold for longer than that has to stand there.',
      'Write the chargeId into the item of the order once you have it, and look for it before you ask the API.',
    ],
  },
  {
    id: 'other-charge',
    tiers: [
      'A card was charged with another amount than its order costs. Which amount did your code send to the API?',
      'Amounts are in cents, in the message as at the API, and each order has its own. In a batch, every payment is another one.',
      'Send the `orderId` and the `amount` of the payment as they are, with a key that no other order has.',
    ],
  },
  {
    id: 'wrong-receipt',
    tiers: [
      'A receipt names another charge than the first one of its order. Where did that id come from?',
      'All attempts of an order have one answer: the first. It is in your table, or, when a crash kept it from getting there, the API repeats it for the same key.',
      "Send the chargeId that the item has; if it has none, the one that the API answers for the order's own key.",
    ],
  },
  {
    id: 'no-receipt',
    tiers: [
      'An attempt of the till never got an answer. Where did its delivery end?',
      'A till that sends a payment twice waits for two answers. And after a crash between charge and receipt, the delivery that looks like a duplicate is the only one that can still answer.',
      'Let the claim give back the chargeId when the order is done, and send the receipt in both cases. ReturnValuesOnConditionCheckFailure: ALL_OLD hands you the item when the condition fails.',
    ],
  },
  {
    id: 'sizes',
    tiers: [
      'The message names the property. Which parameter used to stand there?',
      'The lab deploys your template twice: with small values, to try every order of events, and with those of the story. A literal is the same in both.',
      'Write !Ref and the name of the parameter. To try another value, change the Default of the parameter.',
    ],
  },
];

export const hints: readonly Hint[] = [...debits, ...giftCards, ...cards];
