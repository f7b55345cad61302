/**
 * Stories of the till: which payments it sends, in which rounds, and when the first one begins.
 *
 * A story is the situation of a scenario, as data. What all stories had in common, a wrong answer could rely on; so they differ in
 * ids, amounts, customers, in the attempts that arrive, in the hour and in what comes beside.
 */

import type { ScenarioContext, Situation } from '../../lab.ts';
import { type Payment, send, waitUntilHandled } from './till.ts';

/** What the till sends at once. */
export interface Round {
  /** How long after the round before was sent, or handled. */
  readonly afterMs: number;
  /** Whether it comes however the round before stands. */
  readonly meanwhile?: true;
  readonly payments: readonly Payment[];
}

export interface Story extends Situation {
  readonly rounds: readonly Round[];
}

/** One round. */
export function atOnce(...payments: readonly Payment[]): readonly Round[] {
  return [{ afterMs: 0, payments }];
}

/** A round for each payment, each so long after the one before was handled. */
export function apart(afterMs: number, ...payments: readonly Payment[]): readonly Round[] {
  return payments.map((payment, number) => ({ afterMs: number === 0 ? 0 : afterMs, payments: [payment] }));
}

/** Every payment of a story, in the order in which it is sent. */
export function paymentsOf({ rounds }: Story): readonly Payment[] {
  return rounds.flatMap(({ payments }) => payments);
}

/** Sends the rounds of a story, and waits until the last one is handled. */
export async function tell(context: ScenarioContext, queueUrl: string | undefined, story: Story): Promise<void> {
  context.note(story.title);
  for (const [number, { afterMs, meanwhile, payments }] of story.rounds.entries()) {
    if (number > 0 && meanwhile !== true) await waitUntilHandled(context, [queueUrl]);
    if (afterMs > 0) await context.sleep(afterMs);
    await send(context, queueUrl, payments);
  }
  await waitUntilHandled(context, [queueUrl]);
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Instants just before the hour, the day, the month and the year change. */
export const BEFORE = {
  anHour: Date.UTC(2026, 2, 3, 13, 59, 59, 750),
  midnight: Date.UTC(2026, 5, 9, 23, 59, 59, 900),
  aMonth: Date.UTC(2026, 0, 31, 23, 59, 59, 500),
  aYear: Date.UTC(2026, 11, 31, 23, 59, 59, 990),
} as const;

interface Late {
  readonly when: string;
  readonly afterMs: number;
  readonly startsAtMs?: number;
}

/** The instants at which a second attempt comes much later than the first, each with another hour of the calendar. */
const LATE: readonly [Late, ...Late[]] = [
  // Longer than the ten minutes for which a `ClientRequestToken` protects (DD-08) and the charge API remembers a key.
  { when: 'eleven minutes', afterMs: 11 * MINUTE_MS },
  { when: 'six minutes', afterMs: 6 * MINUTE_MS, startsAtMs: BEFORE.anHour },
  { when: 'an hour and a half', afterMs: 1.5 * HOUR_MS, startsAtMs: BEFORE.midnight },
  { when: 'a day', afterMs: DAY_MS, startsAtMs: BEFORE.aMonth },
  { when: 'three days', afterMs: 3 * DAY_MS, startsAtMs: BEFORE.aYear },
];

/** A story for each of them: an order, and its second attempt after minutes, hours or days. `attempt` makes the attempts of an order. */
export function sentAgainLate(
  orderIds: readonly [string, string, string, string, string],
  attempt: (orderId: string, number: number) => Payment,
): readonly [Story, ...Story[]] {
  const story = ({ when, afterMs, ...start }: Late, at: number): Story => {
    const orderId = orderIds[at] ?? '';
    return {
      title: `The till sends ${orderId}, and sends it again after ${when}.`,
      ...start,
      rounds: apart(afterMs, attempt(orderId, 1), attempt(orderId, 2)),
    };
  };
  const [first, ...others] = LATE;
  return [story(first, 0), ...others.map((late, at) => story(late, at + 1))];
}
