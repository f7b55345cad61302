/**
 * The scenarios of task 4: records that can't be applied, with healthy ones beside them, and a table that refuses calls.
 *
 * AWS does not say whether a part of a shard that fails holds up the other parts (UV-11), so both are run.
 */

import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { BEFORE } from '../../kit/instants.ts';
import { exhaustive, timed } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import { SMALL } from './small.ts';
import { type BrokenRecord, deposit, type LedgerRun, onStream, type Story, stream, tell, withdrawal } from './story.ts';

/** A record that the core system cut off. */
const broken = (key: string, text = '{"account":"a-8","seq":"2","ki'): BrokenRecord => ({ key, text });

export const poison: LabScenario<LedgerRun, Story> = {
  name: 'poison',
  title: 'a record that can’t be read, between the events of two accounts',
  parameters: SMALL,
  plan: exhaustive(),
  situations: [
    {
      title: 'The second record of an account is cut off; another account shares its lane.',
      rounds: onStream(deposit('a-8', 1), broken('a-8'), deposit('a-9', 1), withdrawal('a-8', 3)),
    },
    {
      title: 'The first and the last record of a lane are broken, and two in the middle, all in other ways.',
      startsAtMs: BEFORE.anHour,
      rounds: onStream(
        broken('a-3', ''),
        deposit('a-4', 1, 5),
        broken('a-4', 'null'),
        broken('a-3', '{"account":"a-3","seq":2,"kind":"loan","amount":1}'),
        deposit('a-3', 2, 5),
        broken('a-4', '{"account":"a-4","seq":"9","kind":"deposit","amount":"12"}'),
      ),
    },
    {
      title: 'The account that comes first in a batch is not the one whose record breaks first.',
      startsAtMs: BEFORE.midnight,
      rounds: onStream(
        deposit('a-4', 1, 5),
        broken('a-3', '{"account":"a-3","seq":"-1","kind":"deposit","amount":7}'),
        broken('a-4', '"a-4"'),
        deposit('a-3', 1, 5),
        deposit('a-4', 2, 5),
      ),
    },
    {
      title: 'A record of an account in another part of the shard is broken, and the whole shard waits for it.',
      policies: { failedPartHoldsUp: 'its-shard' },
      rounds: onStream(broken('a-7'), deposit('a-8', 1), deposit('a-7', 3), withdrawal('a-8', 2)),
    },
  ],
  run: tell,
};

/** Longer than the SDK's own attempts: the handler sees the error. */
export const tableInTrouble: LabScenario<LedgerRun, Story> = {
  name: 'table-in-trouble',
  title: 'two events of an account in one batch, and the table refuses calls for a while',
  parameters: SMALL,
  faults: { throttled: CLIENT_ATTEMPTS, cancelled: 1 },
  faultsAt: ['DynamoDB'],
  plan: exhaustive(),
  situations: [
    {
      title: 'A customer pays in and takes out while the table refuses calls.',
      rounds: onStream(deposit('a-8', 1), withdrawal('a-8', 2)),
    },
    {
      title: 'A single event comes before midnight while the table refuses calls.',
      startsAtMs: BEFORE.midnight,
      rounds: onStream(deposit('é', 3, 1)),
    },
  ],
  run: tell,
};

/** The letter about a broken record must not depend on what becomes of the record beside it. */
export const poisonInTrouble: LabScenario<LedgerRun, Story> = {
  name: 'poison-in-trouble',
  title: 'a broken record and a healthy one in one batch, and the table refuses calls for a while',
  parameters: SMALL,
  faults: { throttled: CLIENT_ATTEMPTS },
  faultsAt: ['DynamoDB'],
  // A design that calls the table for both accounts has many more schedules than one that calls it for one.
  plan: exhaustive({ maxWork: 60_000, samples: 200 }),
  situations: [
    {
      title: 'A broken record stands before the event of another account.',
      rounds: onStream(broken('a-8'), deposit('a-9', 1)),
    },
  ],
  run: tell,
};

/** Screening takes a second, and a broken record fails at once. */
export const stillScreened: LabScenario<LedgerRun, Story> = {
  name: 'still-screened',
  title:
    'an event is still being screened when the broken record behind it has failed, and another environment goes on',
  parameters: { ...SMALL, ScreeningMs: '1000' },
  faults: { recycle: 1 },
  plan: exhaustive(),
  situations: [
    { title: 'The two are of two accounts of one lane.', rounds: onStream(deposit('a-9', 1), broken('a-8')) },
    {
      title: 'The account has a second event behind the broken record of the other one.',
      startsAtMs: BEFORE.midnight,
      rounds: onStream(deposit('a-4', 1), broken('a-3', ''), withdrawal('a-4', 2)),
    },
  ],
  run: tell,
};

/** Each seed draws other latencies. */
const SEEDS = 2;
const SECONDS = 10;
/** Accounts in both shards. */
const ACCOUNTS = ['a-1', 'a-3', 'a-5', 'a-7', 'a-8', 'a-10'];
/** One of them, whose shard may wait. */
export const POISONED = 'a-1';

/** A record of one account is broken, and events of six come every second. */
const everySecond: Story['rounds'] = Array.from({ length: SECONDS }, (_, second) => ({
  afterMs: second === 0 ? 0 : 1_000,
  through: 'stream' as const,
  told: [
    ...(second === 1 ? [broken(POISONED)] : []),
    ...ACCOUNTS.map((account) => deposit(account, second + 1, second)),
  ],
}));

export const poisonByTheClock: LabScenario<LedgerRun, Story> = {
  name: 'poison-by-the-clock',
  title: 'by the clock: a broken record in one shard, and events in both',
  parameters: { ...SMALL, ScreeningMs: '10' },
  plan: timed({ seeds: SEEDS }),
  situations: [
    { title: 'Six accounts get an event every second, and one of them a broken record.', rounds: everySecond },
    {
      title: 'The same, and a part of a shard that fails holds up the whole shard.',
      policies: { failedPartHoldsUp: 'its-shard' },
      rounds: everySecond,
    },
  ],
  run: stream,
};
