/**
 * The situations of lab 0: who clicks on what, and what has happened before.
 *
 * At most three visitors want the same counter: three attempts are enough for them, and the lab promises that. State from before is
 * made by the learner's own function, so it has the form that this function gives it.
 */

import { DAY_MS } from '../kit/instants.ts';
import type { Situation } from '../lab.ts';

/** What the page sends with a click. Both members are optional, as the handler's type says. */
export interface Click {
  readonly counter?: string;
  readonly visitor?: number;
}

export interface Clicks extends Situation {
  /** These come first, each after the answer to the one before. */
  readonly earlier: readonly Click[];
  /** How long it is quiet between the earlier clicks and those at once. */
  readonly quietMs?: number;
  readonly atOnce: readonly Click[];
}

/** The counter of a click that names none. */
export const COUNTER = 'notify-me';

/** The counter that a click is for. */
export function counterOfClick({ counter = COUNTER }: Click): string {
  return counter;
}

export const CLICKS: readonly [Clicks, ...Clicks[]] = [
  {
    title: 'Three visitors click «Notify me» at the same moment.',
    earlier: [],
    atOnce: [1, 2, 3].map((visitor) => ({ counter: COUNTER, visitor })),
  },
  {
    // The earlier clicks take the counter to nine, so the numbers at once have a digit more. Pages count their visitors, so visitor 7
    // of one page and visitor 7 of another are two people.
    title: 'Three visitors want early access at the same moment; others clicked three days before.',
    startsAtMs: Date.UTC(2026, 1, 28, 23, 59, 59, 900),
    quietMs: 3 * DAY_MS,
    earlier: [
      { counter: 'early-access/2026', visitor: 7 },
      { counter: COUNTER, visitor: 12 },
      ...[13, 14, 15, 16, 17, 18, 19, 20].map((visitor) => ({ counter: 'early-access/2026', visitor })),
    ],
    atOnce: [40, 7, 26].map((visitor) => ({ counter: 'early-access/2026', visitor })),
  },
  {
    title: 'Three visitors click at the same moment, two of them on one counter and one on another.',
    startsAtMs: Date.UTC(2026, 2, 29, 0, 59, 59, 999),
    earlier: [],
    atOnce: [
      { counter: 'b', visitor: 1 },
      { counter: 'ab', visitor: 3 },
      { counter: 'b', visitor: 2 },
    ],
  },
  {
    title: 'Two visitors click at the same moment, and the page names neither the counter nor the visitor.',
    startsAtMs: Date.UTC(2027, 11, 31, 23, 0, 0, 0),
    earlier: [{}],
    atOnce: [{}, {}],
  },
  {
    title: 'Two visitors click at the same moment on two counters with unusual names.',
    startsAtMs: Date.UTC(2026, 11, 31, 23, 59, 59, 999),
    earlier: [],
    atOnce: [
      { counter: ' Summer Sale #2: Cafe\u0301 «Zoë», very early access ', visitor: 2 },
      { counter: 'constructor', visitor: 3 },
    ],
  },
];
