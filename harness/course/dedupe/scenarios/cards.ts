/**
 * The scenarios of task 3: credit cards, through a charge API with keys.
 *
 * The till sends one order twice: on a quiet day, with a consumer that crashes anywhere, in one batch with another order, and
 * after the API has forgotten the key of the first attempt.
 */

import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { BEFORE, MINUTE_MS, SECOND_MS } from '../../kit/instants.ts';
import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { ScenarioContext, Situation } from '../../lab.ts';
import { type Charge, type ChargeRequest, chargeApi } from '../charge-api.ts';
import { apart, atOnce, paymentsOf, type Story, sentAgainLate, tell } from './story.ts';
import {
  attemptOf,
  BESIDE_UNREADABLE,
  OF_THE_STORY,
  type Payment,
  type Receipt,
  type Rest,
  readReceipts,
  restOf,
  SMALL,
  sendBodies,
  waitUntilHandled,
} from './till.ts';

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
  title: 'The till sends order 31/é four times, and the first attempt never arrives.',
  startsAtMs: BEFORE.aMonth,
  rounds: atOnce(...[2, 3, 4].map((attempt) => attemptOf('31/é', attempt, { amount: 19, customer: 'c-31' }))),
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
  situations: [
    PLAIN,
    // One attempt, because this is the longest proof of the lab. Day, month and year change before the delivery that takes over.
    {
      title: 'The till sends o-32 once, as the year ends.',
      startsAtMs: BEFORE.aYear,
      rounds: atOnce(attemptOf('o-32', 1, { amount: 8 })),
    },
  ],
  run: charge,
};

export const cardThrottled: LabScenario<CardRun, Story> = {
  name: 'card-throttled',
  title: 'one card payment, and AWS refuses calls for a while',
  parameters: SMALL,
  faults: { throttled: CLIENT_ATTEMPTS },
  plan: exhaustive(),
  situations: [
    {
      title: 'The till sends o-31 while AWS refuses calls, and again eleven minutes later.',
      rounds: apart(11 * MINUTE_MS, attemptOf('o-31', 1), attemptOf('o-31', 2)),
    },
  ],
  run: charge,
};

/** The message needs a delivery for each refusal, one for a call that fails after it was applied, one for a receipt that SQS does not take, and the one that succeeds: six. */
const TURNED_AWAY = 3;

export const cardTrouble: LabScenario<CardRun, Story> = {
  name: 'card-trouble',
  title: 'one card payment, and a call fails or the charge API turns requests away',
  // A lease is over when the message comes again, so that no delivery is lost with waiting.
  parameters: { ...SMALL, LeaseSeconds: '30', MaxReceiveCount: '6' },
  faults: { 'failed-before': 1, 'failed-after': 1, partial: 1, refused: TURNED_AWAY },
  plan: exhaustive(),
  situations: [
    { title: 'The till sends o-31 while AWS and the charge API are in trouble.', rounds: atOnce(attemptOf('o-31', 1)) },
  ],
  run: charge,
};

export const cardSlow: LabScenario<CardRun, Story> = {
  name: 'card-slow',
  title: 'one card payment, sent again while the first one is slow',
  // The times of the story: an owner may be at work for a minute, and the lease has to last as long.
  parameters: { ...OF_THE_STORY, BatchSize: '1' },
  // A claim that is a transaction may meet another one, which cancels it.
  faults: { slow: 1, conflict: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'The till sends o-31, hears nothing for 55 seconds, and sends it again; one of the calls is slow.',
      rounds: [
        // Five seconds past, so that the second attempt comes in another minute.
        { afterMs: 5 * SECOND_MS, payments: [attemptOf('o-31', 1)] },
        { afterMs: 55 * SECOND_MS, meanwhile: true, payments: [attemptOf('o-31', 2)] },
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

/** Batches, one after the other, in which some messages are none that anybody can read. */
interface Batches extends Situation {
  readonly batches: readonly (readonly (Payment | string)[])[];
}

/** What the check of batches sees. */
export interface CardBatchRun extends CardRun {
  readonly unreadable: readonly string[];
}

export const cardBatch: LabScenario<CardBatchRun, Batches> = {
  name: 'card-batch',
  title: 'batches of card payments, one of them twice, beside unreadable messages',
  parameters: BESIDE_UNREADABLE,
  plan: exhaustive(),
  situations: [
    {
      title: 'Two orders arrive in one batch, one of them twice, behind a message that was cut off on its way.',
      batches: [
        ['{"orderId":"o-30","amo', attemptOf('o-31', 1), attemptOf('o-32', 1, { amount: 1_050 }), attemptOf('o-31', 2)],
      ],
    },
    {
      title: 'Two orders arrive in one batch before a message that was cut off, and one of them again in the next.',
      startsAtMs: BEFORE.midnight,
      batches: [
        [attemptOf('o-32', 1, { amount: 3 }), attemptOf('o-31', 2, { amount: 57 }), '{"orderId":"o-31","amount":57'],
        [attemptOf('o-31', 3, { amount: 57 }), attemptOf('o-33', 1, { amount: 4 })],
      ],
    },
    {
      // Without their case, their order of characters, what is not ASCII, what is no digit, or their ends, some of these are alike.
      title: 'Orders whose names look alike arrive in one batch.',
      startsAtMs: BEFORE.aMonth,
      batches: [
        ['order/2026-0031/é', 'order/2026-0031/É', 'order/2026-0013/é', 'Order/2026-0031/é', 'order/2026-0031'].map(
          (orderId) => attemptOf(orderId, 1),
        ),
      ],
    },
  ],
  async run(context, { title, batches }) {
    const { CardQueueUrl } = context.outputs;
    context.note(title);
    for (const [number, batch] of batches.entries()) {
      if (number > 0) await context.sleep(SECOND_MS);
      const texts = batch.map((body) => (typeof body === 'string' ? body : JSON.stringify(body)));
      await sendBodies(context, CardQueueUrl, texts);
      await waitUntilHandled(context, [CardQueueUrl]);
    }
    const bodies = batches.flat();
    const sent = bodies.filter((body) => typeof body !== 'string');
    return { ...(await look(context, sent)), unreadable: bodies.filter((body) => typeof body === 'string') };
  },
};

async function charge(context: ScenarioContext, story: Story): Promise<CardRun> {
  await tell(context, context.outputs.CardQueueUrl, story);
  return look(context, paymentsOf(story));
}

async function look(context: ScenarioContext, sent: readonly Payment[]): Promise<CardRun> {
  const { CardQueueUrl, CardDeadLetterUrl } = context.outputs;
  const { charges, requests } = chargeApi.booksIn(await context.downstream(chargeApi.name));
  const rest = await restOf(context, CardQueueUrl, CardDeadLetterUrl);
  const receipts = await readReceipts(context);
  return { sent, charges, requests, receipts, ...rest };
}
