/**
 * The scenarios of task 3: credit cards, through a charge API with keys.
 *
 * The till sends one order twice: on a quiet day, with a consumer that crashes anywhere, and after the API has forgotten the
 * key of the first attempt.
 */

import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { ScenarioContext } from '../../lab.ts';
import { type Charge, type ChargeRequest, chargeApi } from '../charge-api.ts';
import { LATER_MS } from './gift-cards.ts';
import {
  attemptOf,
  messagesIn,
  type Payment,
  type Receipt,
  readReceipts,
  SMALL,
  send,
  waitUntilHandled,
} from './till.ts';

/** What the checks of task 3 see. */
export interface CardRun {
  readonly sent: readonly Payment[];
  readonly charges: readonly Charge[];
  readonly requests: readonly ChargeRequest[];
  readonly receipts: readonly Receipt[];
  readonly deadLetters: number;
  /** The number of messages that are still in the queue. */
  readonly left: number;
}

export const cardTwice: LabScenario<CardRun> = {
  name: 'card-twice',
  title: 'one card payment, sent twice at once, and nothing fails',
  parameters: SMALL,
  plan: exhaustive(),
  async run(context) {
    context.note('The till sends o-31, hears nothing for a second, and sends it again.');
    return charge(context, [[attemptOf('o-31', 1), attemptOf('o-31', 2)]]);
  },
};

export const cardCrash: LabScenario<CardRun> = {
  name: 'card-crash',
  title: 'one card payment, sent twice at once, and the consumer may crash',
  parameters: SMALL,
  faults: { 'crash-before': 1, 'crash-after': 1 },
  plan: exhaustive(),
  async run(context) {
    context.note('The till sends o-31, hears nothing for a second, and sends it again.');
    return charge(context, [[attemptOf('o-31', 1), attemptOf('o-31', 2)]]);
  },
};

export const cardLater: LabScenario<CardRun> = {
  name: 'card-later',
  title: 'one card payment, sent again after eleven minutes',
  parameters: SMALL,
  plan: exhaustive(),
  async run(context) {
    context.note('The till sends o-31, and sends it again after eleven minutes.');
    return charge(context, [[attemptOf('o-31', 1)], [attemptOf('o-31', 2)]]);
  },
};

/** Sends payments in rounds, eleven minutes apart. */
async function charge(context: ScenarioContext, rounds: readonly (readonly Payment[])[]): Promise<CardRun> {
  for (const [number, sent] of rounds.entries()) {
    if (number > 0) await context.sleep(LATER_MS);
    await send(context, context.outputs.CardQueueUrl, sent);
    await waitUntilHandled(context, [context.outputs.CardQueueUrl]);
  }
  const { charges, requests } = chargeApi.booksIn(await context.downstream(chargeApi.name));
  const deadLetters = await messagesIn(context, context.outputs.CardDeadLetterUrl);
  const left = await messagesIn(context, context.outputs.CardQueueUrl);
  const receipts = await readReceipts(context);
  return { sent: rounds.flat(), charges, requests, receipts, deadLetters, left };
}
