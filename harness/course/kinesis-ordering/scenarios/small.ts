/**
 * The small scenarios of tasks 1 to 3: a stream with two shards, two batches of each at once, a handful of events, and every schedule of them.
 *
 * Which accounts share a shard, or a part of one, follows from the MD5 of their names (KI-01, UV-11): lanes.test.ts says it of those below.
 */

import { BEFORE, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../kit/instants.ts';
import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import { apart, byProducer, deposit, type LedgerRun, onStream, type Story, stream, tell, withdrawal } from './story.ts';

/** Screening takes no time here: a sleep would move the clock, which other steps read. */
export const SMALL = { Shards: '2', Parallel: '2', HighWaterMark: '2', ScreeningMs: '0' };

/** Task 1: events of two accounts, through the learner's producer. */
export const twoAccounts: LabScenario<LedgerRun, Story> = {
  name: 'two-accounts',
  title: 'events of two accounts through the producer, on a stream with two shards',
  parameters: SMALL,
  plan: exhaustive(),
  situations: [
    {
      title: 'A customer pays in and takes out, and another one pays in.',
      rounds: byProducer(deposit('a-51', 1), withdrawal('a-51', 2), deposit('a-81', 1)),
    },
    {
      title: 'A day ends between the events of an account; the producer is called for each.',
      startsAtMs: BEFORE.midnight,
      rounds: [
        ...byProducer(deposit('account é x', 3, 500)),
        {
          afterMs: 200,
          through: 'producer',
          told: [withdrawal('account é x', 4, 500), withdrawal('account é x', 11, 1), withdrawal('account ö x', 11, 0)],
        },
      ],
    },
  ],
  run: stream,
};

/** Task 2: a batch with several records of one account. */
export const oneBatch: LabScenario<LedgerRun, Story> = {
  name: 'one-batch',
  title: 'three records of one account and one of another, in one lane',
  parameters: SMALL,
  // The second record of an account is applied at once after the first.
  faults: { stale: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'A customer pays in, takes out and pays in again; another one pays in between.',
      rounds: onStream(deposit('a-8', 1), withdrawal('a-8', 2), deposit('a-9', 1)),
    },
    {
      title: 'Money is taken out, and paid in too late, as the month ends.',
      startsAtMs: BEFORE.aMonth,
      rounds: onStream(withdrawal('a-4', 7, 1), deposit('a-3', 8, 1), deposit('a-4', 8, 1)),
    },
  ],
  run: tell,
};

/** Task 3: a batch comes again, because it is said not to have been done or because the function crashed. */
export const again: LabScenario<LedgerRun, Story> = {
  name: 'again',
  title: 'two events of an account, a batch may come again and the function may crash',
  parameters: SMALL,
  faults: { duplicate: 1, 'crash-before': 1, 'crash-after': 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'A customer pays in and takes out.',
      rounds: onStream(deposit('a-7', 1), withdrawal('a-7', 2)),
    },
    {
      title: 'The tenth event of an account follows the ninth as the year ends; the amounts are equal.',
      startsAtMs: BEFORE.aYear,
      rounds: [
        ...onStream(deposit('a 7', 9, 700)),
        { afterMs: SECOND_MS, through: 'stream', told: [deposit('a 7', 10, 700)] },
      ],
    },
  ],
  run: tell,
};

/** Task 3: a write takes so long that the batch comes again before it arrives. */
export const lateWrite: LabScenario<LedgerRun, Story> = {
  name: 'late-write',
  title: 'two events of an account, and the function’s time may be over while a call is on its way',
  parameters: SMALL,
  faults: { deadline: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'A customer pays in and takes out while a call hangs.',
      rounds: [...onStream(deposit('a-7', 1)), { afterMs: 0, through: 'stream', told: [withdrawal('a-7', 2)] }],
    },
    {
      title: 'An account that has been there for an hour gets two events while a call hangs.',
      rounds: [
        // The hour is no trouble: an answer may give up what is older than that.
        { afterMs: 0, through: 'stream', told: [deposit('07', 99)], isAwaited: true },
        // The second one brings the balance back to what it was before the first one.
        { afterMs: HOUR_MS, through: 'stream', told: [deposit('07', 100, 1)] },
        { afterMs: 0, through: 'stream', told: [withdrawal('07', 101, 1)] },
      ],
    },
  ],
  run: stream,
};

/** One more than the greatest number of 32 bits. */
const TWO_TO_32 = 2n ** 32n;
/** 2⁵³: from here on not every whole number is a JavaScript number. */
const GREAT = 2n ** 53n;
/** From here on a number has twenty digits. */
const TWENTY_DIGITS = 10n ** 19n;
/** The greatest number of 64 bits. */
const GREATEST = 2n ** 64n - 1n;

/** Task 3: the producer repeats itself, numbers are long, and the stream is divided anew. */
export const later: LabScenario<LedgerRun, Story> = {
  name: 'later',
  title: 'events that the producer repeats, days later and on other shards, and long numbers',
  parameters: SMALL,
  faults: { recycle: 1 },
  plan: exhaustive(),
  situations: [
    {
      title: 'The producer puts the first event of an account once more, eleven minutes after the second one.',
      rounds: apart(11 * MINUTE_MS, deposit('a-7', 1), withdrawal('a-7', 2), deposit('a-7', 1)),
    },
    {
      title: 'The producer has heard nothing, and puts the first event once more at once: both are in one batch.',
      rounds: onStream(deposit('a-7', 1), deposit('a-7', 1), withdrawal('a-7', 2)),
    },
    {
      title: 'An account’s numbers pass 9, 2³², 2⁵³ and nineteen digits, and old events come at last.',
      startsAtMs: BEFORE.anHour,
      rounds: apart(
        SECOND_MS,
        ...[
          ...['9', '10', '100', TWO_TO_32, '1000000000000', GREAT, GREAT + 1n],
          ...[TWENTY_DIGITS - 1n, TWENTY_DIGITS, GREATEST, GREAT + 1n, '9'],
        ].map((seq) => deposit('Ines #9', String(seq), 3)),
      ),
    },
    {
      title: 'The shards are merged, and old events come from the new shard, ten days late.',
      startsAtMs: BEFORE.midnight,
      parameters: { Parallel: '1' },
      rounds: [
        ...apart(SECOND_MS, deposit('a-7', 5), deposit('a-3', 5), withdrawal('a-7', 6)),
        { afterMs: 10 * DAY_MS, through: 'stream', shards: 1, told: [deposit('a-7', 5)] },
        ...apart(SECOND_MS, deposit('a-3', 5), withdrawal('a-3', 6)),
      ],
    },
    {
      title: 'Accounts whose names look alike get the same number one after the other, and the first of them again.',
      rounds: apart(
        SECOND_MS,
        ...['a-1', 'a-11', 'A-1', 'a-1 ', '1', '01', 'é', 'e\u0301', 'a-1/1', 'a-1'].map((account) =>
          deposit(account, 0),
        ),
      ),
    },
  ],
  run: tell,
};
