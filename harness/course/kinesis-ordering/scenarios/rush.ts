/**
 * The scenario of task 2 at the size of the story, by the clock: 20 events a second, each of which is screened for a second.
 *
 * How many shards there are, and how many batches at once, says the template.
 */

import { BEFORE } from '../../kit/instants.ts';
import { timed } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { AccountEvent } from '../bank.ts';
import { deposit, type LedgerRun, type Round, type Story, stream, withdrawal } from './story.ts';

/** What screening takes at once, and what the stack has to use of it. */
export const CALLERS = { most: 8, least: 4 } as const;
/** How long a record may wait until the function has it. */
export const MOST_AGE_MS = 30_000;

const SECONDS = 30;
const EVENTS_A_SECOND = 20;
const ACCOUNTS = 40;

/** The events of an account: two deposits, then a withdrawal of more than one of them. */
function eventOf(account: string, seq: number): AccountEvent {
  return seq % 3 === 0 ? withdrawal(account, seq, 1_500) : deposit(account, seq, 1_000);
}

/** Events of 40 accounts, 20 in each second. */
const evenly: readonly Round[] = seconds((second) =>
  Array.from({ length: EVENTS_A_SECOND }, (_, place) => {
    const number = second * EVENTS_A_SECOND + place;
    return eventOf(`a-${number % ACCOUNTS}`, 1 + Math.floor(number / ACCOUNTS));
  }),
);

/** How many events one account gets at one moment. */
const PAYDAY = 16;

/** The same for 30 accounts, and at 5 seconds one of them gets 16 at once. */
const payday: readonly Round[] = seconds((second) => [
  ...(second === 5 ? Array.from({ length: PAYDAY }, (_, place) => eventOf('payroll', place + 1)) : []),
  ...Array.from({ length: 15 }, (_, place) => {
    const number = second * 15 + place;
    return eventOf(`${number % 30}`, 7 * (1 + Math.floor(number / 30)));
  }),
]);

function seconds(toldIn: (second: number) => readonly AccountEvent[]): readonly Round[] {
  return Array.from({ length: SECONDS }, (_, second) => ({
    afterMs: second === 0 ? 0 : 1_000,
    through: 'stream',
    told: toldIn(second),
  }));
}

export const rush: LabScenario<LedgerRun, Story> = {
  name: 'rush',
  title: `at the size of the story (${EVENTS_A_SECOND} events a second, and each is screened for a second)`,
  plan: timed({ seeds: 2 }),
  situations: [
    { title: `${ACCOUNTS} accounts get ${EVENTS_A_SECOND} events in each second, for half a minute.`, rounds: evenly },
    {
      title: `It is payday before midnight: one account gets ${PAYDAY} events at once, and 30 others 15 a second.`,
      startsAtMs: BEFORE.midnight,
      rounds: payday,
    },
  ],
  run: stream,
};
