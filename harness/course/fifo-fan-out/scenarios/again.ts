/**
 * The scenarios of task 5: events that come again although a topic and a queue have forgotten them, and writes that come late.
 */

import { BEFORE, DAY_MS, MINUTE_MS, SECOND_MS } from '../../kit/instants.ts';
import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import { apart, inOneCall, row, type ShopRun, type Story, tell } from './shop.ts';
import { FEW_SAMPLES, SMALL } from './small.ts';

/** Every right answer is proved with a fraction of it, and a wrong one that has more schedules fails in most of them. */
const MOST_WORK = 60_000;

/** A message comes again, because its delete was lost or because the function crashed. */
export const again: LabScenario<ShopRun, Story> = {
  name: 'again',
  title: 'two events of an order; a message may come again, and the function may crash',
  parameters: SMALL,
  faults: { duplicate: 1, 'crash-before': 1, 'crash-after': 1 },
  plan: exhaustive({ ...FEW_SAMPLES, maxWork: MOST_WORK }),
  situations: [
    {
      title: 'The warehouse hears two events.',
      consumers: ['stock'],
      isPaused: true,
      rounds: inOneCall(row('e-1', 'o-17', 1), row('e-2', 'o-17', 1)),
    },
    {
      title: 'Billing hears two events as the month ends.',
      startsAtMs: BEFORE.aMonth,
      consumers: ['bill'],
      isPaused: true,
      rounds: inOneCall(row('9', '17', -2, { sku: 'plate' }), row('10', '17', 2, { sku: 'plate' })),
    },
    {
      title: 'Billing is at work when the second event comes, so the first one may come again alone or beside it.',
      consumers: ['bill'],
      rounds: inOneCall(row('e-1', 'o-17', 1), row('e-2', 'o-17', 1)),
    },
  ],
  run: tell,
};

/** A call is on its way for so long that its message has come again before it arrives. */
export const lateWrite: LabScenario<ShopRun, Story> = {
  name: 'late-write',
  title: 'two events of an order, and the function’s time may be over while a call is on its way',
  // A crash, a timeout and a write that finds another one before it each cost a receive, and none of them is the event's fault.
  parameters: { ...SMALL, MaxReceives: '5' },
  // The call of an environment that has crashed may arrive when its message has come again: the one costs a crash, the other a deadline.
  // A transaction that hangs may still be at work when the next write comes (DD-06, DD-07).
  faults: { deadline: 1, 'crash-before': 1, conflict: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'Billing hears two events while a call hangs.',
      consumers: ['bill'],
      isPaused: true,
      rounds: inOneCall(row('e-1', 'o-17', 3), row('e-2', 'o-17', -1)),
    },
  ],
  run: tell,
};

/** 2⁵³: from here on not every whole number is a JavaScript number. */
const GREAT = 2n ** 53n;

/** Events whose names become one when they are cut, cleaned up or read as numbers. */
const LOOKING_ALIKE = [
  row('1', 'o-1', 1),
  row('01', 'o-1', 1),
  row('1/1', 'o-1', 1),
  row('11', 'o-1', 1),
  row('a-1', 'O-1', 1),
  row('A-1', 'O-1', 1),
];

/** More of them than an answer keeps that remembers the last ten, and each is a new event. */
const NAMED_LIKE_PARTS = ['1-12', '12', '1', '2', '1-1', '-1', '1-', '-', '112', '11', '21', '1-121', '121'];

export const later: LabScenario<ShopRun, Story> = {
  name: 'later',
  title: 'rows that the shop hands over again when topic and queues have forgotten them',
  parameters: SMALL,
  faults: { recycle: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'The first row of an order comes again, six minutes after the second one.',
      consumers: ['stock'],
      rounds: apart(6 * MINUTE_MS, row('e-1', 'o-17', 3), row('e-2', 'o-17', -1), row('e-1', 'o-17', 3)),
    },
    {
      title:
        'A row comes again after four minutes, after an hour and a half and after ten days, and then another one that tells the same.',
      startsAtMs: BEFORE.midnight,
      consumers: ['bill'],
      rounds: [4, 86, 10 * 24 * 60, 1].map((minutes, at) => ({
        afterMs: minutes * MINUTE_MS,
        rows: [row(at === 3 ? 'e-2' : 'e-1', 'o-17', 1)],
      })),
    },
    {
      title: 'Names of events pass 9 and 2⁵³, and an old one comes again.',
      startsAtMs: BEFORE.anHour,
      consumers: ['bill'],
      rounds: apart(6 * MINUTE_MS, ...['9', '10', '100', GREAT, GREAT + 1n, '9'].map((id) => row(String(id), '17', 1))),
    },
    {
      title:
        'Thirteen events of an order, some of which are named like a part of another one, and the first one comes again.',
      consumers: ['bill'],
      rounds: [
        ...apart(SECOND_MS, ...NAMED_LIKE_PARTS.map((id) => row(id, '17', 1))),
        { afterMs: 6 * MINUTE_MS, rows: [row('1-12', '17', 1)] },
      ],
    },
    {
      title: 'Rows come again beside new ones: one before a new one, and six minutes later one behind a new one.',
      startsAtMs: BEFORE.aYear,
      consumers: ['bill'],
      rounds: [
        { afterMs: 0, rows: [row('e-1', 'o-17', 3)] },
        { afterMs: 6 * MINUTE_MS, rows: [row('e-1', 'o-17', 3), row('e-2', 'o-17', -1)] },
        { afterMs: 6 * MINUTE_MS, rows: [row('e-3', 'o-17', 2), row('e-1', 'o-17', 3)] },
      ],
    },
    {
      title: 'Events and orders whose names look alike come one after the other, and two of them again a day later.',
      consumers: ['stock'],
      rounds: [...apart(SECOND_MS, ...LOOKING_ALIKE), { afterMs: DAY_MS, rows: LOOKING_ALIKE.slice(0, 2) }],
    },
  ],
  run: tell,
};
