/**
 * How long it takes to prove task 2 of `dedupe` for a growing number of deliveries: a gift card, payments that are sent, at
 * most one duplicate and at most one crash, after which a message is delivered again.
 *
 * One thread, one process, no cache. Counts are the same on every machine; times are not.
 */

import { dedupe } from '../course/dedupe/lab.ts';
import { BALANCE, balanceOf, fillGiftCard, GIFT_CARD } from '../course/dedupe/scenarios/gift-cards.ts';
import { attemptOf, SMALL, send, waitUntilHandled } from '../course/dedupe/scenarios/till.ts';
import type { Check, Scenario, ScenarioContext } from '../course/lab.ts';
import { prove } from '../grader/exploration/proof.ts';
import { prepare, type Submission } from '../grader/submission/submission.ts';
import { NODE } from '../node/platform.ts';
import { startHost } from '../platform/start-host.ts';
import { ScenarioSdk } from '../scenario/clients.ts';
import { filesOfSolution } from './files.ts';

export interface DeliveriesMeasured {
  readonly name: string;
  /** The number of messages sent; and of deliveries at most, which includes the duplicate and the one after the crash. */
  readonly messages: number;
  readonly deliveries: number;
  readonly kinds: number;
  readonly orders: number;
  readonly seconds: number;
}

/** The order of each message. The second message of an order is a duplicate that the till sends. */
const SENT = ['o-21', 'o-21', 'o-22', 'o-22'] as const;

/** Proves it for one, two and three messages, and for four if a minute is allowed. */
export async function measureDeliveries(long: boolean): Promise<readonly DeliveriesMeasured[]> {
  const measured: DeliveriesMeasured[] = [];
  for (const messages of long ? [1, 2, 3, 4] : [1, 2, 3]) measured.push(await proved(messages));
  return measured;
}

/** Formats a table. */
export function printedDeliveries(measured: readonly DeliveriesMeasured[]): string {
  const number = (value: number): string => value.toLocaleString('en-US');
  return [
    '| proved: ≤ 1 duplicate, ≤ 1 crash | deliveries, at most | schedules | standing for | seconds |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...measured.map(
      ({ name, deliveries, kinds, orders, seconds }) =>
        `| ${name} | ${deliveries} | ${number(kinds)} | ${number(orders)} | ${seconds.toFixed(2)} |`,
    ),
  ].join('\n');
}

async function proved(messages: number): Promise<DeliveriesMeasured> {
  const { submission, scenario } = await submissionOfDeliveries(messages);
  const host = await startHost(NODE, 'isolated', submission.sources, { stepLimitMs: 5_000, locate: false });
  const startedMs = performance.now();
  const runner = { platform: NODE, submission, scenario, host, sdk: new ScenarioSdk(), watched: new Map() };
  const result = await prove({ ...runner, checks: [NOBODY_PAYS_TWICE] }, { maxSchedules: Number.POSITIVE_INFINITY });
  const seconds = (performance.now() - startedMs) / 1_000;
  host.close();
  if (result?.exhaustive !== true || result.checks[0]?.failing !== 0) throw new Error('the solution does not hold');
  const name = messages === 1 ? 'one payment' : messages === 2 ? 'one payment, sent twice' : `${messages} messages`;
  const orders = result.standsFor?.orders ?? Number.NaN;
  return { name, messages, deliveries: messages + 2, kinds: result.explored, orders, seconds };
}

/** Task 2 of the solution, deployed for as many messages. */
export async function submissionOfDeliveries(
  messages: number,
): Promise<{ readonly submission: Submission; readonly scenario: Scenario }> {
  const scenario = scenarioOf(messages);
  const lab = { ...dedupe, scenarios: [scenario], checks: [NOBODY_PAYS_TWICE] };
  const prepared = await prepare(NODE, lab, filesOfSolution(dedupe));
  if (!prepared.ok) throw new Error('the solution could not be deployed');
  return { submission: prepared.submission, scenario };
}

function scenarioOf(messages: number): Scenario {
  const sent = SENT.slice(0, messages).map((orderId, at) => attemptOf(orderId, at + 1, { giftCardId: GIFT_CARD }));
  return {
    name: 'deliveries',
    title: 'payments with one gift card',
    parameters: SMALL,
    faults: { 'crash-before': 1, 'crash-after': 1, duplicate: 1 },
    plan: { mode: 'exhaustive', maxSchedules: 1_000_000, sampleInstead: { schedules: 1, seed: 1 } },
    async run(context: ScenarioContext) {
      await fillGiftCard(context, GIFT_CARD, BALANCE);
      await send(context, context.outputs.GiftCardQueueUrl, sent);
      await waitUntilHandled(context, [context.outputs.GiftCardQueueUrl]);
      const { after } = await balanceOf(context, GIFT_CARD, BALANCE);
      const paid = (BALANCE - after) / (sent[0]?.amount ?? 1);
      return { paid, orders: new Set(sent.map(({ orderId }) => orderId)).size };
    },
  };
}

/** The check of these scenarios. */
export const NOBODY_PAYS_TWICE: Check = {
  id: 'nobody-pays-twice',
  task: 2,
  title: 'each order is paid once',
  kind: 'at-rest',
  scenario: 'deliveries',
  points: 1,
  judge: ({ observation: { paid, orders } }) =>
    paid === orders ? null : { headline: `${orders} orders were paid ${paid} times.`, hintId: 'none' },
};
