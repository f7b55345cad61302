/**
 * The scenarios of task 1: bank debits through a gateway that has no keys.
 *
 * One order that the till sends twice, at once or days apart; two orders that look alike; a batch with a duplicate in it; and an
 * order beside an unreadable message. No crash is explored: no code can save a handler that crashes between the claim and a
 * gateway without memory, and the lesson says so.
 */

import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { BEFORE, DAY_MS, MINUTE_MS, SECOND_MS } from '../../kit/instants.ts';
import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { ScenarioContext } from '../../lab.ts';
import { type Debit, gateway } from '../gateway.ts';
import {
  apart,
  atOnce,
  lookingAlike,
  type Mixed,
  paymentsOf,
  type Story,
  sentAgainAfterTenDays,
  sentAgainLate,
  tell,
  tellMixed,
} from './story.ts';
import {
  attemptOf,
  BESIDE_UNREADABLE,
  IN_AN_OUTAGE,
  type Payment,
  type Rest,
  restOf,
  SMALL,
  UNREADABLE,
} from './till.ts';

/** What the checks of task 1 see. */
export interface DebitRun extends Rest {
  readonly sent: readonly Payment[];
  readonly debits: readonly Debit[];
}

export const debitTwice: LabScenario<DebitRun, Story> = {
  name: 'debit-twice',
  title: 'one debit, sent twice at once',
  parameters: SMALL,
  faults: { duplicate: 1, stale: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'The till sends o-17, hears nothing for a second, and sends it again.',
      rounds: atOnce(attemptOf('o-17', 1), attemptOf('o-17', 2)),
    },
    {
      title: 'The till sends order 100017 ten times; only the last two attempts arrive.',
      startsAtMs: BEFORE.aMonth,
      rounds: atOnce(
        attemptOf('100017', 9, { amount: 7, customer: 'c-100017' }),
        attemptOf('100017', 10, { amount: 7, customer: 'c-100017' }),
      ),
    },
    {
      title: 'The till sends o-17/β, and again a second after it was debited.',
      startsAtMs: BEFORE.anHour,
      rounds: apart(
        SECOND_MS,
        attemptOf('o-17/β', 1, { amount: 123_456, customer: 'Ines #9' }),
        attemptOf('o-17/β', 2, { amount: 123_456, customer: 'Ines #9' }),
      ),
    },
  ],
  run: debit,
};

export const debitLater: LabScenario<DebitRun, Story> = {
  name: 'debit-later',
  title: 'one debit, sent again minutes, hours and days later',
  parameters: SMALL,
  faults: { recycle: 1 },
  plan: exhaustive(),
  situations: [
    ...sentAgainLate(['o-17', 'o-170', '17', 'D-17', 'o-017'], attemptOf),
    sentAgainAfterTenDays('o-1.7', attemptOf),
  ],
  run: debit,
};

export const debitTrouble: LabScenario<DebitRun, Story> = {
  name: 'debit-trouble',
  title: 'debits, and the table refuses calls for a while',
  parameters: SMALL,
  faults: { throttled: CLIENT_ATTEMPTS },
  // At the gateway no code can be right: it keeps no keys, and a claim was made before.
  faultsAt: ['DynamoDB'],
  plan: exhaustive(),
  situations: [
    { title: 'The till sends o-17 while the table refuses calls.', rounds: atOnce(attemptOf('o-17', 1)) },
    {
      title: 'The till sends o-18 while the table refuses calls, and again a minute later.',
      startsAtMs: BEFORE.midnight,
      rounds: apart(MINUTE_MS, attemptOf('o-18', 1, { amount: 31 }), attemptOf('o-18', 2, { amount: 31 })),
    },
    {
      title: 'Two orders arrive in one batch while the table refuses calls.',
      parameters: { ...SMALL, BatchSize: '10' },
      rounds: atOnce(attemptOf('o-17', 1), attemptOf('o-18', 1, { amount: 31 })),
    },
  ],
  run: debit,
};

export const debitOutage: LabScenario<DebitRun, Story> = {
  name: 'debit-outage',
  title: 'one debit, and the table refuses calls for a long while',
  parameters: IN_AN_OUTAGE,
  // More than a handler sees that tries three times, each time with an SDK client that makes four attempts.
  faults: { throttled: 3 * CLIENT_ATTEMPTS },
  faultsAt: ['DynamoDB'],
  plan: exhaustive(),
  situations: [{ title: 'The till sends o-17 while the table refuses calls.', rounds: atOnce(attemptOf('o-17', 1)) }],
  run: debit,
};

export const debitSlow: LabScenario<DebitRun, Story> = {
  name: 'debit-slow',
  title: 'one debit, sent again while the first one is slow',
  parameters: SMALL,
  faults: { slow: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'The till sends o-17, hears nothing for a second, and sends it again; one of the calls is slow.',
      rounds: [
        { afterMs: 0, payments: [attemptOf('o-17', 1)] },
        { afterMs: SECOND_MS, meanwhile: true, payments: [attemptOf('o-17', 2)] },
      ],
    },
  ],
  run: debit,
};

export const debitSameAmount: LabScenario<DebitRun, Story> = {
  name: 'debit-same-amount',
  title: 'two debits of one customer, of the same amount, at once',
  parameters: SMALL,
  plan: exhaustive(),
  situations: [
    {
      title: 'One customer pays for two orders, and both cost the same.',
      rounds: atOnce(attemptOf('o-17', 1), attemptOf('o-18', 1)),
    },
    {
      title: 'One customer pays for the orders o-1 and o-11, which cost the same.',
      startsAtMs: BEFORE.anHour,
      rounds: atOnce(attemptOf('o-11', 1, { amount: 990 }), attemptOf('o-1', 1, { amount: 990 })),
    },
    {
      title: 'Two customers pay for one order each, the second attempt of both; first attempts never arrive.',
      startsAtMs: BEFORE.midnight,
      rounds: atOnce(
        attemptOf('a-17', 2, { amount: 5, customer: 'c-1' }),
        attemptOf('A-17', 2, { amount: 75_000, customer: 'c-2' }),
      ),
    },
    lookingAlike((orderId, attempt, customer) => attemptOf(orderId, attempt, { customer })),
  ],
  run: debit,
};

export const debitBatch: LabScenario<DebitRun, Story> = {
  name: 'debit-batch',
  title: 'a batch of two orders, one of them twice',
  parameters: { ...SMALL, BatchSize: '10' },
  plan: exhaustive(),
  situations: [
    {
      title: 'Two orders arrive in one batch, one of them twice.',
      rounds: atOnce(attemptOf('o-17', 1), attemptOf('o-18', 1, { amount: 1_050 }), attemptOf('o-17', 2)),
    },
    {
      title: 'Two orders arrive in one batch, and one of them again in the next.',
      startsAtMs: BEFORE.midnight,
      rounds: [
        { afterMs: 0, payments: [attemptOf('o-18', 1, { amount: 3 }), attemptOf('o-17', 2, { amount: 88 })] },
        { afterMs: SECOND_MS, payments: [attemptOf('o-17', 3, { amount: 88 }), attemptOf('o-19', 1, { amount: 4 })] },
      ],
    },
  ],
  run: debit,
};

/** What the checks of the unreadable message see. */
export interface MixedRun extends DebitRun {
  readonly unreadable: readonly string[];
}

export const debitBesideUnreadable: LabScenario<MixedRun, Mixed> = {
  name: 'debit-beside-unreadable',
  title: 'a debit in one batch with an unreadable message',
  parameters: BESIDE_UNREADABLE,
  plan: exhaustive(),
  situations: [
    {
      title: 'A message arrives that was cut off on its way, and a sound one beside it.',
      bodies: [UNREADABLE, attemptOf('o-17', 1)],
    },
    {
      title: 'A message that was cut off on its way arrives between two sound ones; a person looks a day later.',
      startsAtMs: BEFORE.aMonth,
      lookedAtAfterMs: DAY_MS,
      bodies: [attemptOf('o-18', 2, { amount: 65 }), '{"orderId":"o-18","amount":', attemptOf('o-16', 1)],
    },
    {
      title: 'Two messages that were cut off on their way arrive behind a sound one.',
      startsAtMs: BEFORE.anHour,
      bodies: [attemptOf('o-17', 1, { amount: 12_000 }), '{', '{"orderId":"o-17","amount":120'],
    },
  ],
  async run(context, mixed) {
    const { sent, unreadable } = await tellMixed(context, context.outputs.DebitQueueUrl, mixed);
    return { ...(await look(context, sent)), unreadable };
  },
};

async function debit(context: ScenarioContext, story: Story): Promise<DebitRun> {
  await tell(context, context.outputs.DebitQueueUrl, story);
  return look(context, paymentsOf(story));
}

async function look(context: ScenarioContext, sent: readonly Payment[]): Promise<DebitRun> {
  const { DebitQueueUrl, DebitDeadLetterUrl } = context.outputs;
  const rest = await restOf(context, DebitQueueUrl, DebitDeadLetterUrl);
  const { debits } = gateway.booksIn(await context.downstream(gateway.name));
  return { sent, debits, ...rest };
}
