/**
 * Stories of the till: which payments it sends, in which rounds, and when the first one begins.
 *
 * A story is the situation of a scenario, as data. What all stories had in common, a wrong answer could rely on; so they differ in
 * ids, amounts, customers, in the attempts that arrive, in the hour and in what comes beside.
 */

import { BEFORE, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../kit/instants.ts';
import type { ScenarioContext, Situation } from '../../lab.ts';
import { FIRST_SENT_MS, instantOf, type Payment, send, sendBodies, waitUntilHandled } from './till.ts';

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

/**
 * The same story with instants of sending that fit its hour: each round's is that of the round before and the time between them,
 * and each attempt's a second after the attempt before. Without a `startsAtMs` a run begins at the hour that `attemptOf` writes.
 */
function dated({ startsAtMs, rounds, ...story }: Story): Story {
  let roundMs = startsAtMs ?? FIRST_SENT_MS;
  return {
    ...story,
    rounds: rounds.map((round) => {
      roundMs += round.afterMs;
      const atMs = roundMs;
      return { ...round, payments: round.payments.map((payment) => ({ ...payment, sentAt: sentAt(atMs, payment) })) };
    }),
  };
}

function sentAt(roundMs: number, { attempt }: Payment): string {
  return instantOf(roundMs + (attempt - 1) * SECOND_MS);
}

/** Sends the rounds of a story, and waits until the last one is handled. */
export async function tell(context: ScenarioContext, queueUrl: string | undefined, story: Story): Promise<void> {
  context.note(story.title);
  for (const [number, { afterMs, meanwhile, payments }] of dated(story).rounds.entries()) {
    if (number > 0 && meanwhile !== true) await waitUntilHandled(context, [queueUrl]);
    if (afterMs > 0) await context.sleep(afterMs);
    await send(context, queueUrl, payments);
  }
  await waitUntilHandled(context, [queueUrl]);
}

/** Unreadable messages beside payments. */
export interface Mixed extends Situation {
  readonly bodies: readonly (Payment | string)[];
  /** How long after the last delivery a person looks at the dead letters. */
  readonly lookedAtAfterMs?: number;
}

/** What was sent of both. */
interface Sent {
  readonly sent: readonly Payment[];
  readonly unreadable: readonly string[];
}

/** Sends messages that can be read and others, and waits until all are handled. */
export async function tellMixed(
  context: ScenarioContext,
  queueUrl: string | undefined,
  { title, bodies, lookedAtAfterMs = 0 }: Mixed,
): Promise<Sent> {
  context.note(title);
  const texts = bodies.map((body) => (typeof body === 'string' ? body : JSON.stringify(body)));
  await sendBodies(context, queueUrl, texts);
  await waitUntilHandled(context, [queueUrl]);
  if (lookedAtAfterMs > 0) await context.sleep(lookedAtAfterMs);
  return {
    sent: bodies.filter((body) => typeof body !== 'string'),
    unreadable: bodies.filter((body) => typeof body === 'string'),
  };
}

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
  const [first, ...others] = LATE;
  return [
    sentAgain(orderIds[0], first, attempt),
    ...others.map((late, at) => sentAgain(orderIds[at + 1] ?? '', late, attempt)),
  ];
}

/**
 * The same after ten days, for what remembers for a week. It is no story for code that sends messages to the till: SQS keeps them for four days,
 * unless the queue says otherwise (SQ-08).
 */
export function sentAgainAfterTenDays(orderId: string, attempt: (orderId: string, number: number) => Payment): Story {
  return sentAgain(orderId, { when: 'ten days', afterMs: 10 * DAY_MS, startsAtMs: BEFORE.midnight }, attempt);
}

function sentAgain(
  orderId: string,
  { when, afterMs, ...start }: Late,
  attempt: (orderId: string, number: number) => Payment,
): Story {
  return {
    title: `The till sends ${orderId}, and sends it again after ${when}.`,
    ...start,
    rounds: apart(afterMs, attempt(orderId, 1), attempt(orderId, 2)),
  };
}

/** Orders that code could take for one another, each with its customer. What tells them apart is the whole id and nothing else. */
const LOOKING_ALIKE: readonly (readonly [orderId: string, customer: string])[] = [
  ['o-12', 'c-4'],
  ['o-21', 'c-4'],
  ['O-12', 'c-4'],
  ['o-12 ', 'c-4'],
  ['o/12/\u00e9', 'c-4'],
  ['o/12/\u00fc', 'c-4'],
  // The letter of the order before the last, in two characters.
  ['o/12/e\u0301', 'c-4'],
  // Their SHA-256 begins with the same eight digits.
  ['o-65457', 'c-4'],
  ['o-73515', 'c-4'],
  // Java's hash of both is the same number.
  ['o-Aa', 'c-4'],
  ['o-BB', 'c-4'],
  ['0190c2a4-7b1e-7f00-8a3b-1d2e3f405a61', 'c-4'],
  ['0190c2a4-7b1e-7f00-8a3b-1d2e3f405a62', 'c-4'],
  ['f190c2a4-7b1e-7f00-8a3b-1d2e3f405a61', 'c-4'],
  // Customer and order of neighbours become one text: the first two with «-» between them, the next two with nothing, the last two with «#».
  ['1-2', 'c'],
  ['2', 'c-1'],
  ['-12', 'c'],
  ['02', 'c-1'],
  ['3#4', 'c'],
  ['4', 'c#3'],
];

/**
 * A story of orders that look alike, one after the other, and of the first one again, when so many others have come since. `first` makes
 * the first attempt of an order.
 */
export function lookingAlike(attempt: (orderId: string, number: number, customer: string) => Payment): Story {
  const [first] = LOOKING_ALIKE;
  const payments = LOOKING_ALIKE.map(([orderId, customer]) => attempt(orderId, 1, customer));
  const again = first === undefined ? [] : [attempt(first[0], 2, first[1])];
  return {
    title: `${payments.length} orders come whose names look alike, one after the other, and then the first of them again.`,
    rounds: apart(SECOND_MS, ...payments, ...again),
  };
}
