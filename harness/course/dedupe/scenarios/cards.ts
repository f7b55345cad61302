/**
 * The scenarios of task 3: credit cards, through a charge API with keys.
 *
 * The till sends one order twice: on a quiet day, with a consumer that crashes anywhere, in one batch with another order, and
 * after the API has forgotten the key of the first attempt.
 */

import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { ScenarioContext } from '../../lab.ts';
import { type Charge, type ChargeRequest, chargeApi } from '../charge-api.ts';
import { apart, atOnce, BEFORE, paymentsOf, SECOND_MS, type Story, sentAgainLate, tell } from './story.ts';
import { attemptOf, type Payment, type Receipt, type Rest, readReceipts, restOf, SMALL } from './till.ts';

/** What the checks of task 3 see. */
export interface CardRun extends Rest {
  readonly sent: readonly Payment[];
  readonly charges: readonly Charge[];
  readonly requests: readonly ChargeRequest[];
  readonly receipts: readonly Receipt[];
}

const PLAIN: Story = {
  title: 'The till sends o-31, hears nothing for a second, and sends it again.',
  rounds: atOnce(attemptOf('o-31', 1), attemptOf('o-31', 2)),
};

const WITHOUT_FIRST: Story = {
  title: 'The till sends order 31/é three times, and the first attempt never arrives.',
  startsAtMs: BEFORE.aMonth,
  rounds: atOnce(
    attemptOf('31/é', 2, { amount: 19, customer: 'c-31' }),
    attemptOf('31/é', 3, { amount: 19, customer: 'c-31' }),
  ),
};

export const cardTwice: LabScenario<CardRun, Story> = {
  name: 'card-twice',
  title: 'one card payment, sent twice at once, and nothing fails',
  parameters: SMALL,
  plan: exhaustive(),
  situations: [
    PLAIN,
    WITHOUT_FIRST,
    {
      title: 'The till sends o-31, and again a second after it was charged.',
      startsAtMs: BEFORE.anHour,
      rounds: apart(
        SECOND_MS,
        attemptOf('o-31', 1, { amount: 250_000 }),
        attemptOf('o-31', 2, { amount: 250_000 }),
        attemptOf('o-31', 3, { amount: 250_000 }),
      ),
    },
    {
      title: 'One customer pays for the orders o-3 and o-31, which cost the same.',
      startsAtMs: BEFORE.midnight,
      rounds: atOnce(attemptOf('o-3', 1, { amount: 640 }), attemptOf('o-31', 2, { amount: 640 })),
    },
  ],
  run: charge,
};

export const cardCrash: LabScenario<CardRun, Story> = {
  name: 'card-crash',
  title: 'one card payment, sent twice at once, and the consumer may crash',
  parameters: SMALL,
  faults: { 'crash-before': 1, 'crash-after': 1 },
  plan: exhaustive(),
  // One situation: it is the longest proof of the lab, and others vary the data at less cost.
  situations: [PLAIN],
  run: charge,
};

export const cardThrottled: LabScenario<CardRun, Story> = {
  name: 'card-throttled',
  title: 'one card payment, and AWS refuses calls for a while',
  parameters: SMALL,
  faults: { throttled: CLIENT_ATTEMPTS },
  plan: exhaustive(),
  situations: [{ title: 'The till sends o-31 while AWS refuses calls.', rounds: atOnce(attemptOf('o-31', 1)) }],
  run: charge,
};

export const cardTrouble: LabScenario<CardRun, Story> = {
  name: 'card-trouble',
  title: 'one card payment, and a call fails or the charge API turns requests away',
  parameters: SMALL,
  faults: { 'failed-before': 1, 'failed-after': 1, refused: 1 },
  plan: exhaustive(),
  situations: [
    { title: 'The till sends o-31 while AWS and the charge API are in trouble.', rounds: atOnce(attemptOf('o-31', 1)) },
  ],
  run: charge,
};

export const cardSlow: LabScenario<CardRun, Story> = {
  name: 'card-slow',
  title: 'one card payment, sent again while the first one is slow',
  parameters: SMALL,
  faults: { slow: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'The till sends o-31, hears nothing for a second, and sends it again; one of the calls is slow.',
      rounds: [
        { afterMs: 0, payments: [attemptOf('o-31', 1)] },
        { afterMs: SECOND_MS, meanwhile: true, payments: [attemptOf('o-31', 2)] },
      ],
    },
  ],
  run: charge,
};

export const cardLater: LabScenario<CardRun, Story> = {
  name: 'card-later',
  title: 'one card payment, sent again minutes, hours and days later',
  parameters: SMALL,
  faults: { recycle: 1 },
  plan: exhaustive(),
  situations: sentAgainLate(['o-31', 'o-310', '31', 'C-31', 'o-031'], attemptOf),
  run: charge,
};

export const cardBatch: LabScenario<CardRun, Story> = {
  name: 'card-batch',
  title: 'a batch of two card payments, one of them twice',
  parameters: { ...SMALL, BatchSize: '10' },
  plan: exhaustive(),
  situations: [
    {
      title: 'Two orders arrive in one batch, one of them twice.',
      rounds: atOnce(attemptOf('o-31', 1), attemptOf('o-32', 1, { amount: 1_050 }), attemptOf('o-31', 2)),
    },
    {
      title: 'Two orders arrive in one batch, and one of them again in the next.',
      startsAtMs: BEFORE.midnight,
      rounds: [
        { afterMs: 0, payments: [attemptOf('o-32', 1, { amount: 3 }), attemptOf('o-31', 2, { amount: 88 })] },
        { afterMs: SECOND_MS, payments: [attemptOf('o-31', 3, { amount: 88 }), attemptOf('o-33', 1, { amount: 4 })] },
      ],
    },
  ],
  run: charge,
};

async function charge(context: ScenarioContext, story: Story): Promise<CardRun> {
  const { CardQueueUrl, CardDeadLetterUrl } = context.outputs;
  await tell(context, CardQueueUrl, story);
  const { charges, requests } = chargeApi.booksIn(await context.downstream(chargeApi.name));
  const rest = await restOf(context, CardQueueUrl, CardDeadLetterUrl);
  const receipts = await readReceipts(context);
  return { sent: paymentsOf(story), charges, requests, receipts, ...rest };
}
