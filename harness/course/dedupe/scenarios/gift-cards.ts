/**
 * The scenarios of task 2: gift cards, whose balance is an item of the stack's own table.
 *
 * One order that the till sends twice, also with a crash; orders that draw on one card at the same moment; and an attempt
 * that comes after DynamoDB has forgotten its tokens.
 */

import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { BEFORE, DAY_MS, SECOND_MS } from '../../kit/instants.ts';
import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { ScenarioContext } from '../../lab.ts';
import {
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

/** A gift card's balance in cents, before and after. */
export interface GiftCardBalance {
  readonly giftCardId: string;
  readonly before: number;
  readonly after: number;
  /** Whether it is still an item whose balance is a number. */
  readonly isSound: boolean;
}

/** What the checks of task 2 see. */
export interface GiftCardRun extends Rest {
  readonly sent: readonly Payment[];
  /** Every gift card, those that pay for nothing included. */
  readonly cards: readonly GiftCardBalance[];
}

/** Payments, and the gift cards that were sold before, with their balances in cents. */
interface GiftCardStory extends Story {
  readonly sold: Readonly<Record<string, number>>;
}

/** In cents. Enough for each payment of a scenario twice. */
export const BALANCE = 50_000;

/** The gift card of the plain stories. */
export const GIFT_CARD = 'g-1';

/** A payment with that gift card. */
const paysFor = (orderId: string, attempt: number, amount?: number): Payment =>
  attemptOf(orderId, attempt, { giftCardId: GIFT_CARD, ...(amount === undefined ? {} : { amount }) });

/** A payment with another gift card, whose id has another shape. */
const ofOther = { giftCardId: 'G/2026 ü', customer: 'c-77', amount: 1 } as const;

export const giftCardTwice: LabScenario<GiftCardRun, GiftCardStory> = {
  name: 'gift-card-twice',
  title: 'one gift card payment, sent twice at once',
  parameters: SMALL,
  faults: { 'crash-before': 1, 'crash-after': 1, duplicate: 1 },
  plan: exhaustive(),
  // One situation: its proof is long, and others vary the data at less cost.
  situations: [
    {
      title: 'The till sends o-21, hears nothing for a second, and sends it again.',
      sold: { [GIFT_CARD]: BALANCE },
      rounds: atOnce(paysFor('o-21', 1), paysFor('o-21', 2)),
    },
  ],
  run: pay,
};

export const giftCardTwoOrders: LabScenario<GiftCardRun, GiftCardStory> = {
  name: 'gift-card-two-orders',
  title: 'orders paid with one gift card at once',
  parameters: SMALL,
  // Enough to refuse each of three attempts of one handler.
  faults: { conflict: 3 },
  plan: exhaustive(),
  situations: [
    {
      title: 'Two orders, of the same amount, are paid with one gift card.',
      sold: { [GIFT_CARD]: BALANCE },
      rounds: atOnce(paysFor('o-21', 1), paysFor('o-22', 1)),
    },
    {
      title: 'Three orders are paid with one gift card, and use it up.',
      startsAtMs: BEFORE.midnight,
      sold: { [GIFT_CARD]: 10_000 },
      rounds: atOnce(paysFor('o-21', 1, 9_000), paysFor('o-2', 2, 900), paysFor('o-1', 1, 100)),
    },
    {
      title: 'Two orders of one customer are paid with a gift card each.',
      startsAtMs: BEFORE.anHour,
      sold: { 'g-2': 700, [GIFT_CARD]: 900 },
      rounds: atOnce(paysFor('o-21', 1, 250), attemptOf('o-22', 1, { giftCardId: 'g-2', amount: 300 })),
    },
    {
      title: 'One order is sent twice at once, and the two transactions on it may cancel each other.',
      sold: { [GIFT_CARD]: 4_500 },
      rounds: atOnce(paysFor('o-23', 1), paysFor('o-23', 2)),
    },
  ],
  run: pay,
};

export const giftCardTrouble: LabScenario<GiftCardRun, GiftCardStory> = {
  name: 'gift-card-trouble',
  title: 'one gift card payment, and the tables refuse and fail',
  parameters: SMALL,
  faults: { throttled: CLIENT_ATTEMPTS, 'failed-before': 1, 'failed-after': 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'The till sends o-21 while the tables are in trouble.',
      sold: { [GIFT_CARD]: BALANCE },
      rounds: atOnce(paysFor('o-21', 1)),
    },
  ],
  run: pay,
};

export const giftCardBatchTrouble: LabScenario<GiftCardRun, GiftCardStory> = {
  name: 'gift-card-batch-trouble',
  title: 'a batch of two gift card payments, and the tables refuse calls for a while',
  parameters: { ...SMALL, BatchSize: '10' },
  // The SDK asks again by itself when a call is throttled, and not when a transaction is cancelled for want of throughput.
  faults: { throttled: CLIENT_ATTEMPTS, cancelled: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'Two orders are paid in one batch while the tables refuse calls.',
      sold: { [GIFT_CARD]: BALANCE },
      rounds: atOnce(paysFor('o-21', 1), paysFor('o-22', 1, 20_000)),
    },
  ],
  run: pay,
};

export const giftCardOutage: LabScenario<GiftCardRun, GiftCardStory> = {
  name: 'gift-card-outage',
  title: 'one gift card payment, and the tables refuse calls for a long while',
  parameters: IN_AN_OUTAGE,
  // More than a handler sees that tries three times, each time with an SDK client that makes four attempts.
  faults: { throttled: 3 * CLIENT_ATTEMPTS },
  plan: exhaustive(),
  situations: [
    {
      title: 'The till sends o-21 while the tables refuse calls.',
      sold: { [GIFT_CARD]: BALANCE },
      rounds: atOnce(paysFor('o-21', 1)),
    },
  ],
  run: pay,
};

/** Unreadable messages beside payments. */
export interface MixedGiftCardRun extends GiftCardRun {
  readonly unreadable: readonly string[];
}

export const giftCardBesideUnreadable: LabScenario<MixedGiftCardRun, Mixed> = {
  name: 'gift-card-beside-unreadable',
  title: 'gift card payments in one batch with unreadable messages',
  parameters: BESIDE_UNREADABLE,
  plan: exhaustive(),
  situations: [
    {
      title: 'A message arrives that was cut off on its way, and a sound one beside it.',
      bodies: [UNREADABLE, paysFor('o-21', 1)],
    },
    {
      title: 'Two messages that were cut off on their way arrive around a sound one; a person looks a day later.',
      startsAtMs: BEFORE.aMonth,
      lookedAtAfterMs: DAY_MS,
      bodies: ['{', paysFor('o-21', 2, 65), '{"orderId":"o-21","amount":6'],
    },
  ],
  async run(context, mixed) {
    await fillGiftCard(context, GIFT_CARD, BALANCE);
    const { sent, unreadable } = await tellMixed(context, context.outputs.GiftCardQueueUrl, mixed);
    return { ...(await look(context, sent, { [GIFT_CARD]: BALANCE })), unreadable };
  },
};

const sell = (story: Story): GiftCardStory => ({ ...story, sold: { [GIFT_CARD]: BALANCE } });
const [late, ...later] = sentAgainLate(['o-21', 'o-210', '21', 'G-21', 'o-021'], paysFor);

export const giftCardLater: LabScenario<GiftCardRun, GiftCardStory> = {
  name: 'gift-card-later',
  title: 'one gift card payment, sent again minutes, hours and days later',
  parameters: SMALL,
  faults: { recycle: 1 },
  plan: exhaustive(),
  situations: [sell(late), ...later.map(sell), sell(sentAgainAfterTenDays('o-2.1', paysFor))],
  run: pay,
};

/** Each customer has a gift card, with their own name on it. */
const alike = lookingAlike((orderId, attempt, customer) =>
  attemptOf(orderId, attempt, { customer, giftCardId: customer, amount: 10 }),
);

export const giftCardAlike: LabScenario<GiftCardRun, GiftCardStory> = {
  name: 'gift-card-alike',
  title: 'gift card payments whose orders look alike',
  parameters: SMALL,
  plan: exhaustive(),
  situations: [{ ...alike, sold: Object.fromEntries(paymentsOf(alike).map(({ customer }) => [customer, BALANCE])) }],
  run: pay,
};

export const giftCardBatch: LabScenario<GiftCardRun, GiftCardStory> = {
  name: 'gift-card-batch',
  title: 'a batch of two gift card payments, one of them twice',
  parameters: { ...SMALL, BatchSize: '10' },
  faults: { 'crash-before': 1, 'crash-after': 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'Two orders are paid with one gift card in one batch, one of them twice.',
      sold: { [GIFT_CARD]: BALANCE },
      rounds: atOnce(paysFor('o-21', 1), paysFor('o-22', 1, 1_050), paysFor('o-21', 2)),
    },
    {
      title: 'The till sends order 21 three times, and the first attempt never arrives; there are other gift cards.',
      startsAtMs: BEFORE.aMonth,
      sold: { [GIFT_CARD]: 30, 'G/2026 ü': 99 },
      rounds: atOnce(attemptOf('21', 2, ofOther), attemptOf('21', 3, ofOther)),
    },
    {
      title:
        'Two orders are paid in one batch, and one of them comes again in the next, beside another one; most attempts never arrive.',
      startsAtMs: BEFORE.midnight,
      sold: { [GIFT_CARD]: 300_000 },
      rounds: [
        { afterMs: 0, payments: [paysFor('o-22', 1, 3), paysFor('o-21', 9, 123_456)] },
        { afterMs: SECOND_MS, payments: [paysFor('o-21', 10, 123_456), paysFor('o-23', 7, 4)] },
      ],
    },
  ],
  run: pay,
};

async function pay(context: ScenarioContext, story: GiftCardStory): Promise<GiftCardRun> {
  for (const [id, balance] of Object.entries(story.sold)) await fillGiftCard(context, id, balance);
  await tell(context, context.outputs.GiftCardQueueUrl, story);
  return look(context, paymentsOf(story), story.sold);
}

async function look(
  context: ScenarioContext,
  sent: readonly Payment[],
  sold: Readonly<Record<string, number>>,
): Promise<GiftCardRun> {
  const { GiftCardQueueUrl, GiftCardDeadLetterUrl } = context.outputs;
  const cards: GiftCardBalance[] = [];
  for (const [giftCardId, before] of Object.entries(sold)) cards.push(await balanceOf(context, giftCardId, before));
  return { sent, cards, ...(await restOf(context, GiftCardQueueUrl, GiftCardDeadLetterUrl)) };
}

/** Sells a gift card. */
export async function fillGiftCard({ clients, outputs }: ScenarioContext, id: string, balance: number): Promise<void> {
  const Item = { giftCardId: id, balance };
  await clients.documents.send(new PutCommand({ TableName: outputs.GiftCardTable, Item }));
}

/** The balance of a gift card, in cents, which was `before` when it was sold. */
export async function balanceOf(
  { clients, outputs }: ScenarioContext,
  giftCardId: string,
  before: number,
): Promise<GiftCardBalance> {
  const { Item } = await clients.documents.send(
    new GetCommand({ TableName: outputs.GiftCardTable, Key: { giftCardId }, ConsistentRead: true }),
  );
  return { giftCardId, before, after: Number(Item?.balance ?? 0), isSound: typeof Item?.balance === 'number' };
}
