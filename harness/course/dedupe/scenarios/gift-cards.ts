/**
 * The scenarios of task 2: gift cards, whose balance is an item of the stack's own table.
 *
 * One order that the till sends twice, also with a crash; two orders that draw on one card at the same moment; and an attempt
 * that comes after DynamoDB has forgotten its tokens.
 */

import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { ScenarioContext } from '../../lab.ts';
import { attemptOf, messagesIn, type Payment, SMALL, send, waitUntilHandled } from './till.ts';

/** What the checks of task 2 see. */
export interface GiftCardRun {
  readonly sent: readonly Payment[];
  /** In cents, before and after. */
  readonly before: number;
  readonly after: number;
  readonly deadLetters: number;
}

/** In cents. Enough for each payment of a scenario twice. */
export const BALANCE = 50_000;
export const GIFT_CARD = 'g-1';
/** Longer than the ten minutes for which a `ClientRequestToken` protects (DD-08) and the charge API remembers a key. */
export const LATER_MS = 11 * 60_000;

const paysFor = (orderId: string, attempt: number): Payment => attemptOf(orderId, attempt, { giftCardId: GIFT_CARD });

export const giftCardTwice: LabScenario<GiftCardRun> = {
  name: 'gift-card-twice',
  title: 'one gift card payment, sent twice at once',
  parameters: SMALL,
  faults: { 'crash-before': 1, 'crash-after': 1, duplicate: 1 },
  plan: exhaustive(),
  async run(context) {
    context.note('The till sends o-21, hears nothing for a second, and sends it again.');
    return pay(context, [[paysFor('o-21', 1), paysFor('o-21', 2)]]);
  },
};

export const giftCardTwoOrders: LabScenario<GiftCardRun> = {
  name: 'gift-card-two-orders',
  title: 'two orders paid with one gift card at once',
  parameters: SMALL,
  faults: { conflict: 1 },
  plan: exhaustive(),
  async run(context) {
    context.note('Two orders, of the same amount, are paid with one gift card.');
    return pay(context, [[paysFor('o-21', 1), paysFor('o-22', 1)]]);
  },
};

export const giftCardLater: LabScenario<GiftCardRun> = {
  name: 'gift-card-later',
  title: 'one gift card payment, sent again after eleven minutes',
  parameters: SMALL,
  plan: exhaustive(),
  async run(context) {
    context.note('The till sends o-21, and sends it again after eleven minutes.');
    return pay(context, [[paysFor('o-21', 1)], [paysFor('o-21', 2)]]);
  },
};

/** Sends payments in rounds, eleven minutes apart. */
async function pay(context: ScenarioContext, rounds: readonly (readonly Payment[])[]): Promise<GiftCardRun> {
  await fillGiftCard(context, GIFT_CARD, BALANCE);
  for (const [number, sent] of rounds.entries()) {
    if (number > 0) await context.sleep(LATER_MS);
    await send(context, context.outputs.GiftCardQueueUrl, sent);
    await waitUntilHandled(context, [context.outputs.GiftCardQueueUrl]);
  }
  const after = await balanceOf(context, GIFT_CARD);
  const deadLetters = await messagesIn(context, context.outputs.GiftCardDeadLetterUrl);
  return { sent: rounds.flat(), before: BALANCE, after, deadLetters };
}

/** Sells a gift card. */
export async function fillGiftCard({ clients, outputs }: ScenarioContext, id: string, balance: number): Promise<void> {
  const Item = { giftCardId: id, balance };
  await clients.documents.send(new PutCommand({ TableName: outputs.GiftCardTable, Item }));
}

/** The balance of a gift card, in cents. */
export async function balanceOf({ clients, outputs }: ScenarioContext, id: string): Promise<number> {
  const { Item } = await clients.documents.send(
    new GetCommand({ TableName: outputs.GiftCardTable, Key: { giftCardId: id }, ConsistentRead: true }),
  );
  return Number(Item?.balance ?? 0);
}
