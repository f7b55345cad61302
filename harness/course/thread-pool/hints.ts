/**
 * The hints of lab 3: for each kind of failure a nudge, the concept, the shape of the fix.
 *
 * A check's violation selects the kind. A hint never contains the finished line.
 */

import type { Hint } from '../lab.ts';
import { hintsOfRepetitions } from './hints-of-repetitions.ts';

const caps: readonly Hint[] = [
  {
    id: 'above-capacity',
    tiers: [
      'Count the invocations of `book` that are at work at one moment. What keeps their number down, and who would have to know of all of them?',
      'Each invocation runs in an execution environment of its own, and what a module remembers is known in that environment only. A limit for all of them has to be set outside the code, where Lambda decides whether one more may begin.',
      'A function can have concurrency reserved for it, and that is also the most that it gets; the property takes a number, and the template has a parameter for this one. If an invocation works on several orders, it must not work on them at once.',
    ],
  },
  {
    id: 'places-unused',
    tiers: [
      'Legacy is idle while orders wait. How many of them does your stack let through at once?',
      'A pool should be as large as what it protects. With one place less, 200 orders take a quarter longer; with one place in all, five times as long.',
      'Let the limit be the parameter `LegacyCapacity`, and let nothing before or behind it be narrower: a reservation, a mapping’s maximum, a batch that is worked through one by one.',
    ],
  },
  {
    id: 'never-booked',
    tiers: [
      'An order is not in legacy’s journal although nothing failed. Did its event reach your function?',
      'A function with 0 reserved is switched off: Lambda gives its events up at once. And a rule that is not allowed to invoke, or sends to a queue that no function reads, loses them without a word.',
      'Follow one event in the run: from the bus to its target, from there to `book`, from `book` to legacy. Mend the first step that does not happen.',
    ],
  },
  {
    id: 'booked-otherwise',
    tiers: [
      'Legacy was told something that the event does not say. Which of the four values differs?',
      'An event’s detail has orderId, version, customer and amount, and legacy needs all of them as they are: an amount of 0 is an amount, and an id may have slashes, blanks and letters with accents.',
      'Hand the values of the detail to `bookInLegacy` unchanged.',
    ],
  },
  {
    id: 'recorded-otherwise',
    tiers: [
      'Compare the item in the table with the event, and with what legacy answered.',
      'The shop shows the item: the order’s id, version, customer and amount, and the reference that legacy gave to this version.',
      'Write the item after legacy’s answer, with all five members; other items have no place in this table.',
    ],
  },
  {
    id: 'nothing-booked',
    tiers: [
      'Nothing was put to the test, because nothing was booked. Does your handler ask legacy?',
      'That legacy never has too much is easy for a handler that does nothing. So the other checks count only where orders are booked.',
      'Let each event lead to one call of `bookInLegacy`.',
    ],
  },
  {
    id: 'capacity-literal',
    tiers: [
      'Which number in the template says how much legacy takes, and where else does it stand?',
      'The lab deploys your template in two sizes: legacy takes two where every schedule is tried, and five in the sale. A literal is wrong in one of them.',
      'Use the intrinsic function that reads a parameter, with `LegacyCapacity`.',
    ],
  },
  {
    id: 'legacy-literal',
    tiers: [
      'The name of the legacy system comes from outside. Where does your template take it from?',
      'Each target calls it by another name, so the template gets it as a parameter.',
      'Keep `LEGACY_FUNCTION` of `Book` as the starter has it.',
    ],
  },
];

const losses: readonly Hint[] = [
  {
    id: 'order-lost',
    tiers: [
      'Look at the last thing that happened to this order. Was it tried again?',
      'When a function fails, Lambda tries an event again up to two times, a minute and two minutes later; a throttle does not count. Before each wait it looks whether the event would be too old by then, and gives it up at once if so.',
      'The settings are in an AWS::Lambda::EventInvokeConfig: how many retries, and how old an event may get (an age that is not set is six hours). And an error has to leave the handler: one that returns has told Lambda that all is well.',
    ],
  },
  {
    id: 'not-recorded',
    tiers: [
      'Legacy has booked the order, and the table does not say so. What failed, and what did your handler answer?',
      'Between legacy’s answer and the table a crash fits, or a table that refuses calls for a while. Only another attempt brings the two together again.',
      'Let every error of the table leave the handler, except the one that you have asked for with a condition.',
    ],
  },
  {
    id: 'dead-without-need',
    tiers: [
      'A person will open this letter and find nothing to do. Why is it there?',
      'A dead letter should mean one thing: this can’t be done. An order that is booked, or that legacy would take a minute later, hides the one that matters.',
      'Look at three things: are there enough attempts, is «not now» told apart from «never», and which of the two destinations, OnSuccess or OnFailure, leads into the queue?',
    ],
  },
  {
    id: 'impossible-gone',
    tiers: [
      'Legacy refused this order three times, and then it was gone. Who should have heard of it?',
      'There are two deliveries, each with its own dead letters: from the bus to Lambda’s queue, and from there to your function. A function that fails is no trouble of the first one.',
      'Lambda’s own dead-letter setting is at the function; a destination for failures is in its EventInvokeConfig. Either may lead to the queue `DeadLetters`. If the handler puts such an order there itself, it needs all of the event’s detail.',
    ],
  },
  {
    id: 'nothing-failed',
    tiers: [
      'No crash and no refusal happened in any run. Does your function do anything that could fail?',
      'Faults strike at calls: at legacy’s, and at the table’s. A handler without calls meets none of them.',
      'Let each event lead to one call of `bookInLegacy` and one write.',
    ],
  },
];

const plans: readonly Hint[] = [
  {
    id: 'checkout-starved',
    tiers: [
      'Count what is at work when the customer comes. Whose share of the account is left?',
      'Functions without a reservation share what no reservation has taken, and the first ones to come take all of it. A reservation sets units aside for one function, whether or not it uses them.',
      'Either give checkout a reservation (the template has a parameter for it), or see to it that all others have one, so that the rest is checkout’s alone.',
    ],
  },
  {
    id: 'team-starved',
    tiers: [
      'One team got nothing while others worked. What did they share?',
      'A reservation for checkout protects checkout only. Teams that share the rest still take each other’s places.',
      'Reserve the same share for each of the five teams, from the parameter `TeamConcurrency`.',
    ],
  },
  {
    id: 'checkout-unsure',
    tiers: [
      'Add up what all others may take at the same moment. What is left of 1,000?',
      'A reserved function gets exactly its reservation. One without a reservation is sure only of what is left of the unreserved part when all its rivals have taken what they want.',
      'With 100 reserved for checkout it is sure of them. Without, all others need reservations that leave 100.',
    ],
  },
  {
    id: 'team-unsure',
    tiers: [
      'How much does a team need at the least, and how much is it sure of when the other four are at their peak?',
      '5 × 200 is the whole account, and AWS keeps 100 units that no function may reserve (you have seen the refusal, or will). What is left after checkout and legacy has to do for five.',
      'Work it out: 1,000 less 100 for AWS, less checkout’s, less legacy’s, divided by five. Choose a share between what a team needs and that, and make it the default of `TeamConcurrency`.',
    ],
  },
  {
    id: 'no-burst',
    tiers: [
      'As long as the teams share one pool, no team finds its own places taken. Does each of them have places of its own?',
      'What the check waits for is a team that is turned away by its own limit, while all others are at theirs: the moment in which a plan has to hold.',
      'Give each team its reservation first; then this comes by itself. And let the neighbours do their work: each request is written down.',
    ],
  },
  {
    id: 'share-literal',
    tiers: [
      'Which numbers of the template would have to change in an account of another size?',
      'The small scenario deploys your template into an account with ten units. There a literal share is refused, or is more than there is.',
      'Let the reservations of the teams and of checkout read their parameters, `TeamConcurrency` and `CheckoutConcurrency`, and put your numbers into the defaults.',
    ],
  },
];

export const hints: readonly Hint[] = [...caps, ...losses, ...plans, ...hintsOfRepetitions];
