/**
 * The checks of task 4: a record that can't be applied costs nothing but itself, and a person hears of it.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { strikesOf } from '../../kit/counters/faults.ts';
import {
  POISONED,
  poison,
  poisonByTheClock,
  poisonInTrouble,
  stillScreened,
  tableInTrouble,
} from '../scenarios/poison.ts';
import { mostGivenOfOne, takenForDone, waitsForFunction } from './counters.ts';
import { brokenIn, toldWithoutNeed, unheardOf, wrongAccount } from './wrong-accounts.ts';

/** The most attempts at one record: enough to find it by halves, and few enough that its lane goes on soon. */
const MOST_ATTEMPTS = 12;
/** How long a record in a shard without broken records may wait. The longest way to the function is a second. */
const SOON_MS = 10_000;

const neighboursApplied = check(poison, {
  id: 'neighbours-applied',
  task: 4,
  title: 'all healthy records are applied, before and behind a broken one',
  kind: 'invariant',
  points: 3,
  guard: true,
  failures: ['lost-with-it'],
  judge: ({ observation }) => wrongAccount(observation, 'lost-with-it'),
});

const poisonIsTold = countingCheck(poison, takenForDone(), {
  id: 'poison-is-told',
  task: 4,
  title: 'a letter in the queue says which record can’t be read',
  kind: 'at-rest',
  points: 2,
  failures: ['nobody-hears', 'taken-for-done'],
  // What was no failure to Lambda no setting of the mapping tells of.
  judge: ({ observation, count: done }) =>
    unheardOf(observation, ({ sequenceNumber }) => (done.has(sequenceNumber) ? 'taken-for-done' : 'nobody-hears')),
});

const onlyPoisonIsTold = check(poison, {
  id: 'only-poison-is-told',
  task: 4,
  title: 'no letter tells of any other record',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['told-without-need'],
  judge: ({ observation }) => toldWithoutNeed(observation),
});

const fewAttempts = countingCheck(poison, mostGivenOfOne(), {
  id: 'few-attempts',
  task: 4,
  title: `the function gets no record more than ${MOST_ATTEMPTS} times`,
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['too-many-attempts'],
  judge: ({ count }) => {
    if (count <= MOST_ATTEMPTS) return null;
    const headline = `The function got one record ${count} times, and its lane waited each time.`;
    return { headline, hintId: 'too-many-attempts' };
  },
});

/** How many refusals of the table make a client give up a call. */
const GIVEN_UP = atLeast(4, {
  headline: 'In no schedule did the table refuse a call of the function four times.',
  hintId: 'nothing-refused',
});

const tableRefused = countingCheck(tableInTrouble, strikesOf('throttled'), {
  id: 'table-refused',
  task: 4,
  title: 'the table refused a call until the SDK gave up',
  kind: 'reach',
  points: 0,
  failures: ['nothing-refused'],
  judge: GIVEN_UP,
});

const troubleLosesNothing = check(tableInTrouble, {
  id: 'trouble-loses-nothing',
  task: 4,
  title: 'while the table refuses calls, no event is lost and no account gets out of order',
  kind: 'invariant',
  points: 2,
  guard: true,
  provokedBy: tableRefused,
  failures: ['lost-in-trouble', 'told-without-need'],
  judge: ({ observation }) => wrongAccount(observation, 'lost-in-trouble') ?? toldWithoutNeed(observation),
});

const nonePassedOver = check(stillScreened, {
  id: 'none-passed-over',
  task: 4,
  title: 'an event that is still being worked on is not taken for done when another record fails',
  kind: 'invariant',
  points: 1,
  guard: true,
  failures: ['passed-over', 'told-without-need'],
  judge: ({ observation }) => wrongAccount(observation, 'passed-over') ?? toldWithoutNeed(observation),
});

const besidePoison = countingCheck(poisonInTrouble, strikesOf('throttled'), {
  id: 'refused-beside-poison',
  task: 4,
  title: 'the table refused a call beside a broken record until the SDK gave up',
  kind: 'reach',
  points: 0,
  failures: ['nothing-refused'],
  judge: GIVEN_UP,
});

const toldInTrouble = check(poisonInTrouble, {
  id: 'told-in-trouble',
  task: 4,
  title: 'a letter tells of the broken record also where the table refuses the record beside it',
  kind: 'at-rest',
  points: 1,
  provokedBy: besidePoison,
  failures: ['untold-in-trouble', 'told-without-need', 'lost-in-trouble'],
  judge: ({ observation }) =>
    unheardOf(observation, () => 'untold-in-trouble') ??
    toldWithoutNeed(observation) ??
    wrongAccount(observation, 'lost-in-trouble'),
});

const othersNeverWait = countingCheck(poisonByTheClock, waitsForFunction(), {
  id: 'others-never-wait',
  task: 4,
  title: `a broken record holds up no other shard: there a record waits at most ${SOON_MS / 1_000} seconds`,
  kind: 'timed',
  points: 1,
  guard: true,
  failures: ['others-waited', 'lost-with-it'],
  judge: ({ observation, count: waits }) => {
    const shards = new Set(brokenIn(observation).map(({ shardId }) => shardId));
    const late = waits.find(({ shardId, ms }) => !shards.has(shardId) && ms > SOON_MS);
    if (late !== undefined) {
      const headline = `A record of account ${late.partitionKey} waited ${Math.round(late.ms / 1_000)} seconds, and the broken one is in another shard.`;
      return { headline, hintId: 'others-waited' };
    }
    if (waits.some(({ shardId }) => !shards.has(shardId))) return wrongAccount(observation, 'lost-with-it');
    return { headline: `All accounts waited for the broken record of ${POISONED}.`, hintId: 'others-waited' };
  },
});

export const poisonChecks: readonly LabCheck[] = [
  neighboursApplied,
  poisonIsTold,
  onlyPoisonIsTold,
  fewAttempts,
  troubleLosesNothing,
  nonePassedOver,
  toldInTrouble,
  othersNeverWait,
  tableRefused,
  besidePoison,
];
