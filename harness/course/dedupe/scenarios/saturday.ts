/**
 * The scenario at the size of the story: 100 payments on a Saturday before Christmas, 20 of which the till sent twice.
 *
 * It has too many orders of events to try them all. Some are sampled, with stated seeds, and the verdict says how many of the
 * racing pairs were seen in both orders. Batches hold up to ten messages here.
 */

import { BEFORE } from '../../kit/instants.ts';
import { sampled } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { Situation } from '../../lab.ts';
import { chargeApi } from '../charge-api.ts';
import { gateway } from '../gateway.ts';
import type { CardRun } from './cards.ts';
import type { DebitRun } from './debits.ts';
import { BALANCE, balanceOf, fillGiftCard, type GiftCardBalance, type GiftCardRun } from './gift-cards.ts';

import { AMOUNT, attemptOf, OF_THE_STORY, type Payment, readReceipts, restOf, send, waitUntilHandled } from './till.ts';

/** What the checks see: a run of each kind, all at once. */
export interface SaturdayRun {
  readonly debit: DebitRun;
  readonly giftCard: GiftCardRun;
  readonly card: CardRun;
}

/** How a Saturday's payments look and come. */
interface Saturday extends Situation {
  /** The name of the n-th order of a kind: d, g or c. */
  readonly orderId: (kind: string, number: number) => string;
  /** In cents. */
  readonly amount: (number: number) => number;
  /** The gift cards, each with {@link BALANCE}, which pays for all its orders. */
  readonly giftCards: number;
  /** The first attempt that arrives. */
  readonly firstAttempt: number;
  /** Where the second attempts come: right behind the first one, or behind all others. */
  readonly again: 'beside' | 'behind';
}

const DEBITS = 30;
const GIFT_CARD_PAYMENTS = 20;
const CARD_PAYMENTS = 50;
/** Every fifth payment is sent a second time. */
const SENT_AGAIN = 5;

const PLAIN: Saturday = {
  title: '100 payments arrive, and every fifth of them twice.',
  orderId: (kind, number) => `o-${kind}${number}`,
  amount: () => AMOUNT,
  giftCards: 5,
  firstAttempt: 1,
  again: 'beside',
};

export const saturday: LabScenario<SaturdayRun, Saturday> = {
  name: 'saturday',
  title: 'at the size of the story (100 payments, 20 sent twice)',
  parameters: OF_THE_STORY,
  plan: sampled(),
  situations: [
    PLAIN,
    {
      ...PLAIN,
      title: '100 payments of many amounts arrive shortly before midnight; every fifth comes again behind all others.',
      startsAtMs: BEFORE.midnight,
      orderId: (kind, number) => `${kind}/${1_000 - number}`,
      amount: (number) => 17 * number + 1,
      giftCards: 4,
      again: 'behind',
    },
    {
      ...PLAIN,
      title: '100 payments arrive at the end of the year, and of every fifth the second and the third attempt.',
      startsAtMs: BEFORE.aYear,
      orderId: (kind, number) => `${kind}${number}`,
      amount: (number) => (number % 7) * 300 + 5,
      giftCards: 7,
      firstAttempt: 2,
      again: 'behind',
    },
  ],
  async run(context, day) {
    const { outputs } = context;
    context.note(day.title);
    const giftCards = Array.from({ length: day.giftCards }, (_, at) => `g-${at}`);
    const debits = payments(day, 'd', DEBITS);
    const giftCardPayments = payments(day, 'g', GIFT_CARD_PAYMENTS, (at) => ({
      giftCardId: giftCards[at % day.giftCards] ?? '',
    }));
    const cardPayments = payments(day, 'c', CARD_PAYMENTS);
    for (const id of giftCards) await fillGiftCard(context, id, BALANCE);
    await Promise.all([
      send(context, outputs.DebitQueueUrl, debits),
      send(context, outputs.GiftCardQueueUrl, giftCardPayments),
      send(context, outputs.CardQueueUrl, cardPayments),
    ]);
    await waitUntilHandled(context, [outputs.DebitQueueUrl, outputs.GiftCardQueueUrl, outputs.CardQueueUrl]);
    const { charges, requests } = chargeApi.booksIn(await context.downstream(chargeApi.name));
    const cards: GiftCardBalance[] = [];
    for (const giftCardId of giftCards) cards.push(await balanceOf(context, giftCardId, BALANCE));
    return {
      debit: {
        sent: debits,
        debits: gateway.booksIn(await context.downstream(gateway.name)).debits,
        ...(await restOf(context, outputs.DebitQueueUrl, outputs.DebitDeadLetterUrl)),
      },
      giftCard: {
        sent: giftCardPayments,
        cards,
        ...(await restOf(context, outputs.GiftCardQueueUrl, outputs.GiftCardDeadLetterUrl)),
      },
      card: {
        sent: cardPayments,
        charges,
        requests,
        ...(await restOf(context, outputs.CardQueueUrl, outputs.CardDeadLetterUrl)),
        receipts: await readReceipts(context),
      },
    };
  },
};

/** First attempts; and of each fifth payment another attempt. */
function payments(
  { orderId, amount, firstAttempt, again }: Saturday,
  kind: string,
  count: number,
  more: (at: number) => Partial<Payment> = () => ({}),
): Payment[] {
  const attempts = Array.from({ length: count }, (_, at) => {
    const attempt = (number: number): Payment =>
      attemptOf(orderId(kind, at + 1), number, { amount: amount(at + 1), ...more(at) });
    return (at + 1) % SENT_AGAIN === 0 ? [attempt(firstAttempt), attempt(firstAttempt + 1)] : [attempt(firstAttempt)];
  });
  if (again === 'beside') return attempts.flat();
  return [...attempts.flatMap(([one]) => one ?? []), ...attempts.flatMap(([, other]) => other ?? [])];
}
