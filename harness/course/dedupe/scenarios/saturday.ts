/**
 * The scenario at the size of the story: 100 payments on a Saturday before Christmas, 20 of which the till sent twice.
 *
 * It has too many orders of events to try them all. Some are sampled, with stated seeds, and the verdict says how many of the
 * racing pairs were seen in both orders. Batches hold up to ten messages here.
 */

import { sampled } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import { chargeApi } from '../charge-api.ts';
import { gateway } from '../gateway.ts';
import type { CardRun } from './cards.ts';
import type { DebitRun } from './debits.ts';
import { BALANCE, balanceOf, fillGiftCard, type GiftCardRun } from './gift-cards.ts';
import { attemptOf, messagesIn, OF_THE_STORY, type Payment, readReceipts, send, waitUntilHandled } from './till.ts';

/** What the checks see: a run of each kind, all at once. */
export interface SaturdayRun {
  readonly debit: DebitRun;
  readonly giftCard: GiftCardRun;
  readonly card: CardRun;
}

const DEBITS = 30;
const GIFT_CARD_PAYMENTS = 20;
const CARD_PAYMENTS = 50;
/** Every fifth payment is sent a second time. */
const SENT_AGAIN = 5;
/** The gift cards. Each gets four orders, whose sum is what a gift card of the small scenarios can pay. */
const GIFT_CARDS = 5;

export const saturday: LabScenario<SaturdayRun> = {
  name: 'saturday',
  title: 'at the size of the story (100 payments, 20 sent twice)',
  parameters: OF_THE_STORY,
  plan: sampled(),
  async run(context) {
    const { outputs } = context;
    const debits = payments('d', DEBITS);
    const giftCardPayments = payments('g', GIFT_CARD_PAYMENTS, (at) => ({ giftCardId: `g-${at % GIFT_CARDS}` }));
    const cardPayments = payments('c', CARD_PAYMENTS);
    const giftCards = Array.from({ length: GIFT_CARDS }, (_, at) => `g-${at}`);
    for (const id of giftCards) await fillGiftCard(context, id, BALANCE);
    await Promise.all([
      send(context, outputs.DebitQueueUrl, debits),
      send(context, outputs.GiftCardQueueUrl, giftCardPayments),
      send(context, outputs.CardQueueUrl, cardPayments),
    ]);
    await waitUntilHandled(context, [outputs.DebitQueueUrl, outputs.GiftCardQueueUrl, outputs.CardQueueUrl]);
    const { charges, requests } = chargeApi.booksIn(await context.downstream(chargeApi.name));
    const balances: number[] = [];
    for (const id of giftCards) balances.push(await balanceOf(context, id));
    return {
      debit: {
        sent: debits,
        debits: gateway.booksIn(await context.downstream(gateway.name)).debits,
        deadLetters: await messagesIn(context, outputs.DebitDeadLetterUrl),
        left: await messagesIn(context, outputs.DebitQueueUrl),
      },
      giftCard: {
        sent: giftCardPayments,
        before: BALANCE * GIFT_CARDS,
        after: balances.reduce((total, balance) => total + balance, 0),
        deadLetters: await messagesIn(context, outputs.GiftCardDeadLetterUrl),
      },
      card: {
        sent: cardPayments,
        charges,
        requests,
        deadLetters: await messagesIn(context, outputs.CardDeadLetterUrl),
        left: await messagesIn(context, outputs.CardQueueUrl),
        receipts: await readReceipts(context),
      },
    };
  },
};

/** First attempts; after each fifth, the second attempt of the same payment. */
function payments(prefix: string, count: number, more: (at: number) => Partial<Payment> = () => ({})): Payment[] {
  return Array.from({ length: count }, (_, at) => {
    const orderId = `o-${prefix}${at + 1}`;
    const first = attemptOf(orderId, 1, more(at));
    return (at + 1) % SENT_AGAIN === 0 ? [first, attemptOf(orderId, 2, more(at))] : [first];
  }).flat();
}
