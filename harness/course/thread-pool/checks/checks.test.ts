/** The checks of lab 3 on hand-written runs: when they hold, when they fail, with which words and which hint. */

import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../simulator/trace.ts';
import { downstreamIsEntered, downstreamIsLeft, traceByHand } from '../../kit/trace-for-tests.ts';
import { threadPool } from '../lab.ts';
import type { Booking, OrderState } from '../legacy.ts';
import type { NeighbourRun, ServedRequests } from '../scenarios/neighbours.ts';
import { TEAMS } from '../scenarios/neighbours.ts';
import { type Plan, type Share, STORY, sureOf } from '../scenarios/plan.ts';
import { change, type OrderRun } from '../scenarios/shop.ts';

function judge(id: string, run: object, trace: Trace = []) {
  const check = threadPool.checks.find((candidate) => candidate.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check.judge({ observation: { ...run }, trace });
}

const booked = (one: OrderState, reference = `L-${one.orderId}-${one.version}`): Booking => ({
  ...one,
  key: 'k',
  reference,
});
const recorded = (one: OrderState, reference = `L-${one.orderId}-${one.version}`) => ({ ...one, reference });
const letter = (one: OrderState): string => JSON.stringify({ id: 'e', detail: one });

const one = change('o-17');
const two = change('o-18', 1, { amount: 5 });
const impossible = change('o-19', 1, { amount: 1_000_000 });

/** A run in which all went well. */
function well(...sent: readonly OrderState[]): OrderRun {
  return {
    sent,
    before: [],
    bookings: sent.map((it) => booked(it)),
    recorded: sent.map((it) => recorded(it)),
    dead: [],
  };
}

/** This many requests are in legacy at one moment. */
const atOnce = (count: number): Trace =>
  traceByHand(
    ...Array.from({ length: count }, (_, at) => downstreamIsEntered(`call-${at}`)),
    ...Array.from({ length: count }, (_, at) => downstreamIsLeft(`call-${at}`)),
  );

describe('task 1', () => {
  it('never-above-capacity says how many requests legacy had, and takes', () => {
    expect(judge('never-above-capacity', well(one), atOnce(2))).toBeNull();
    expect(judge('never-above-capacity', well(one), atOnce(3))).toEqual({
      headline: 'Legacy had 3 requests at once, and takes 2.',
      hintId: 'above-capacity',
      about: { names: [], crowd: { downstream: 'legacy', most: 2 } },
    });
  });

  it('all-places-used is shown by two at once', () => {
    expect(judge('all-places-used', well(one), atOnce(2))).toBeNull();
    expect(judge('all-places-used', well(one), atOnce(1))?.hintId).toBe('places-unused');
  });

  it('five-at-once wants five, not four and not six', () => {
    expect(judge('five-at-once', well(one), atOnce(5))).toBeNull();
    expect(judge('five-at-once', well(one), atOnce(4))?.headline).toBe(
      'Legacy takes 5 requests at once, and had 4 at most.',
    );
    expect(judge('five-at-once', well(one), atOnce(6))?.headline).toBe('Legacy had 6 requests at once, and takes 5.');
  });

  it('the danger is that more orders came than legacy takes, and all were booked', () => {
    expect(judge('three-wanted', well(one, two, change('o-20')))).toBeNull();
    expect(judge('three-wanted', well(one, two))?.hintId).toBe('nothing-booked');
    expect(judge('three-wanted', { ...well(one, two, change('o-20')), bookings: [] })?.hintId).toBe('nothing-booked');
  });

  it('every-order-booked names the order that is missing, and where its event is', () => {
    expect(judge('every-order-booked', well(one, two))).toBeNull();
    const all = well(one, two);
    const without = { ...all, bookings: [booked(two)], recorded: all.recorded.slice(1) };
    expect(judge('every-order-booked', without)?.headline).toBe(
      'Order o-17 was never booked in legacy: its event is gone, and in no dead-letter queue.',
    );
    expect(judge('every-order-booked', { ...without, bookings: [], dead: [letter(one)] })?.headline).toBe(
      'Order o-17 was never booked in legacy: its event is in the dead-letter queue. 2 states in all are missing in its journal.',
    );
  });

  it('every-order-booked compares all values of a line', () => {
    for (const other of [{ amount: 42 }, { customer: 'c-5' }, { version: 2 }, { orderId: 'o-1' }]) {
      const run = { ...well(one), bookings: [booked(one), booked({ ...one, ...other })] };
      expect(judge('every-order-booked', run)?.hintId).toBe('booked-otherwise');
    }
  });

  it.each([
    ['no item', [], 'Order o-17 is not in the table.'],
    [
      'another version',
      [recorded({ ...one, version: 2 })],
      'The table has version 2 of order o-17, and its newest is version 1.',
    ],
    ['a version as text', [{ ...recorded(one), version: '1' }], 'The table has version 1 of order o-17'],
    [
      'another reference',
      [recorded(one, 'L-9')],
      'The table has the reference L-9 for order o-17, and legacy’s is L-o-17-1.',
    ],
    [
      'another amount',
      [recorded({ ...one, amount: 42 }, 'L-o-17-1')],
      'The table has 42 of customer c-4 for order o-17: it is 4200 of customer c-4.',
    ],
    [
      'another customer',
      [recorded({ ...one, customer: 'c' }, 'L-o-17-1')],
      'The table has 4200 of customer c for order o-17',
    ],
    [
      'an item too many',
      [recorded(one), { orderId: 'seen' }],
      'The table of orders has an item «seen», which is no order of any customer.',
    ],
  ])('every-order-recorded sees %s', (_, items, headline) => {
    expect(judge('every-order-recorded', well(one))).toBeNull();
    expect(judge('every-order-recorded', { ...well(one), recorded: items })?.headline).toContain(headline);
  });
});

describe('task 2', () => {
  it('an order that could be booked and lies in the dead-letter queue is lost', () => {
    expect(judge('trouble-loses-no-order', well(one))).toBeNull();
    const dead = { ...well(one), bookings: [], recorded: [], dead: [letter(one)] };
    expect(judge('trouble-loses-no-order', dead)?.hintId).toBe('order-lost');
    expect(judge('trouble-loses-no-order', { ...well(one), recorded: [] })?.hintId).toBe('not-recorded');
    expect(judge('sale-loses-no-order', dead)?.hintId).toBe('order-lost');
  });

  it('an order that the table has and legacy has not was not lost: legacy took it for another one', () => {
    const said = judge('sale-loses-no-order', { ...well(one, two), bookings: [booked(two)] });
    expect(said?.headline).toBe('Order o-17 was never booked in legacy: the table has it all the same.');
    expect(said?.hintId).toBe('state-missing');
  });

  it('an order that can’t be booked must lie there, whole, in one of the forms that AWS gives it', () => {
    const run = { ...well(two), sent: [two, impossible] };
    expect(judge('impossible-is-kept', run)?.headline).toBe(
      'Legacy can’t book order o-19, and the dead-letter queue has no letter: no person will hear of it.',
    );
    for (const text of [
      letter(impossible),
      JSON.stringify({ requestPayload: { detail: impossible }, responsePayload: {} }),
      JSON.stringify(impossible),
      JSON.stringify({ Records: [{ EventSource: 'aws:sns', Sns: { Message: letter(impossible) } }] }),
      JSON.stringify({ Type: 'Notification', Message: letter(impossible) }),
      JSON.stringify({ requestPayload: { Records: [{ body: letter(impossible) }] } }),
    ])
      expect(judge('impossible-is-kept', { ...run, dead: [text] })).toBeNull();
    for (const text of ['o-19', 'null', letter({ ...impossible, amount: 1 }), JSON.stringify({ orderId: 'o-19' })])
      expect(judge('impossible-is-kept', { ...run, dead: [text] })?.hintId).toBe('impossible-gone');
  });

  it('only-impossible-is-dead says what else lies there', () => {
    const run = { ...well(two), sent: [two, impossible], dead: [letter(impossible), letter(impossible)] };
    expect(judge('only-impossible-is-dead', run)).toBeNull();
    expect(judge('only-impossible-is-dead', { ...run, dead: [letter(two)] })?.headline).toBe(
      'Order o-18 is in the dead-letter queue, and legacy has booked it.',
    );
    expect(judge('only-impossible-is-dead', { ...run, bookings: [], dead: [letter(two)] })?.headline).toBe(
      'Order o-18 is in the dead-letter queue, and legacy can book it.',
    );
    expect(judge('only-impossible-is-dead', { ...run, dead: ['{"what":1}'] })?.headline).toBe(
      'A letter in the dead-letter queue tells of no event that was sent: {"what":1}',
    );
  });
});

const served = (functionName: string, more: Partial<ServedRequests> = {}): ServedRequests => {
  return { functionName, asked: 2, served: 1, turnedAway: 1, isWrittenDown: true, ...more };
};
const rush = (checkout: Partial<ServedRequests> = {}, reports: Partial<ServedRequests> = {}): NeighbourRun => ({
  checkout: served('checkout', { asked: 1, served: 1, turnedAway: 0, ...checkout }),
  teams: TEAMS.map((team) => served(team, team === 'reports' ? reports : {})),
  teamNeeds: 1,
});

describe('task 3', () => {
  it('checkout-never-429 says what a customer got instead', () => {
    expect(judge('checkout-never-429', rush())).toBeNull();
    expect(judge('checkout-never-429', rush({ served: 0, turnedAway: 1 }))?.headline).toBe(
      'Checkout turned 1 customer away with a 429: all units were taken.',
    );
    expect(judge('checkout-in-the-rush', rush({ served: 0, otherwise: 'boom' }))?.headline).toContain(': boom.');
    expect(judge('checkout-in-the-rush', rush({ isWrittenDown: false }))?.headline).toContain('has not written down');
  });

  it('every-team-served names the team', () => {
    expect(judge('every-team-served', rush())).toBeNull();
    expect(judge('every-team-served', rush({}, { served: 0, turnedAway: 2 }))?.headline).toBe(
      'The function reports served 0 of 2 requests: others had all units.',
    );
    expect(judge('teams-in-the-rush', rush({}, { otherwise: 'boom' }))?.headline).toContain(': boom.');
    expect(judge('teams-in-the-rush', rush({}, { isWrittenDown: false }))?.headline).toContain('has not written down');
  });

  it('the danger is that four teams are at their own limits', () => {
    expect(judge('bursts-overflow', rush())).toBeNull();
    expect(judge('bursts-overflow', rush({}, { turnedAway: 0, served: 2 }))).toBeNull();
    const quiet = { ...rush(), teams: TEAMS.map((team) => served(team, { turnedAway: 0, served: 2 })) };
    expect(judge('bursts-overflow', quiet)?.hintId).toBe('no-burst');
  });
});

describe('the plan of the account', () => {
  const planOf = (checkout: number | null, teams: readonly (number | null)[], othersWant = 0): Plan => {
    const shares: Share[] = [
      { functionName: 'checkout', ...STORY.checkout, reserved: checkout },
      ...teams.map((reserved, at) => ({ functionName: TEAMS[at] ?? '', ...STORY.team, reserved })),
    ];
    const taken = shares.reduce((sum, { reserved }) => sum + (reserved ?? 0), 5);
    return { account: 1_000, unreserved: 1_000 - taken, shares, othersWant };
  };
  const sure = (plan: Plan): readonly number[] => plan.shares.map((share) => sureOf(share, plan));

  it('makes a function sure of its reservation, and of no more than it wants', () => {
    expect(sure(planOf(100, [150, 150, 150, 150, 250]))).toEqual([100, 150, 150, 150, 150, 200]);
  });

  it('makes one without a reservation sure of what its rivals leave', () => {
    expect(sure(planOf(null, [150, 150, 150, 150, 150]))[0]).toBe(100);
    expect(sure(planOf(null, [150, 150, 150, 150, 150], 200))[0]).toBe(45);
    expect(sure(planOf(null, [null, null, null, null, null]))).toEqual([0, 95, 95, 95, 95, 95]);
  });

  it('hundred-customers and hundred-and-fifty-each say who is not sure, and why', () => {
    const good = planOf(100, [150, 150, 150, 150, 150]);
    expect(judge('hundred-customers', good)).toBeNull();
    expect(judge('hundred-and-fifty-each', good)).toBeNull();
    expect(judge('hundred-customers', planOf(50, [150, 150, 150, 150, 150]))?.headline).toBe(
      'The function checkout needs 100 executions at once: 50 are reserved for it.',
    );
    expect(judge('hundred-and-fifty-each', planOf(100, [150, 150, 120, 150, 150]))?.headline).toContain(
      'mails needs 150',
    );
    expect(judge('hundred-and-fifty-each', planOf(100, [null, null, null, null, null]))?.headline).toBe(
      'The function search needs 150 executions at once: it has no reservation, and of the 895 unreserved units others may take all but 95.',
    );
    expect(judge('hundred-customers', planOf(null, [null, null, null, null, null]))?.headline).toContain(
      'may take all.',
    );
  });
});

describe('task 4', () => {
  const older = change('o-17', 1);
  const newer = change('o-17', 2, { amount: 5_100 });
  const both = { ...well(older, newer), recorded: [recorded(newer)] };

  it('newest-state-stays names both versions', () => {
    expect(judge('newest-state-stays', both)).toBeNull();
    expect(judge('newest-state-stays', { ...both, recorded: [recorded(older)] })).toEqual({
      headline: 'The table has version 1 of order o-17, and its newest is version 2.',
      hintId: 'older-state',
      about: { names: ['o-17'] },
    });
  });

  it('a state that was there before stays if it is newer than all that came', () => {
    const before = [recorded(change('o-17', 7), 'L-before')];
    expect(judge('newest-state-stays', { ...both, before, recorded: before })).toBeNull();
    expect(judge('newest-state-stays', { ...both, before })?.headline).toContain('its newest is version 7');
    const elsewhere = [recorded(change('o-17', 7), 'L-other')];
    expect(judge('newest-state-stays', { ...both, before, recorded: elsewhere })?.headline).toContain('L-before');
  });

  it('booked-once says which state, and how often', () => {
    expect(judge('booked-once', both)).toBeNull();
    const again = (times: number) => ({ ...both, bookings: [...both.bookings, ...Array(times).fill(booked(newer))] });
    expect(judge('booked-once', again(1))?.headline).toBe('Version 2 of order o-17 was booked twice in legacy.');
    expect(judge('booked-once', again(2))?.headline).toContain('3 times');
  });

  it('each-state-booked wants the older ones, too, and no letter of them', () => {
    expect(judge('each-state-booked', both)).toBeNull();
    expect(judge('each-state-booked', { ...both, bookings: [booked(newer)] })?.headline).toContain(
      'Version 1 of order',
    );
    expect(judge('each-state-booked', { ...both, dead: [letter(older)] })?.hintId).toBe('dead-without-need');
  });

  it('late-and-alike and crash-books-once compare journal, table and letters', () => {
    for (const id of ['late-and-alike', 'crash-books-once']) {
      expect(judge(id, both)).toBeNull();
      expect(judge(id, { ...both, bookings: [] })?.hintId).toBe('state-missing');
      expect(judge(id, { ...both, bookings: [...both.bookings, booked(newer)] })?.hintId).toBe('booked-twice');
      expect(judge(id, { ...both, recorded: [recorded(older)] })?.hintId).toBe('older-state');
    }
  });

  it('an order was overtaken when its older state came to legacy after a newer one', () => {
    const came = (...versions: readonly number[]): Trace =>
      traceByHand(
        ...versions.map(
          (version) => ({ ...downstreamIsEntered(`call-${version}`), request: change('o-17', version) }) as const,
        ),
      );
    expect(judge('an-order-overtaken', both, came(2, 1))).toBeNull();
    expect(judge('an-order-overtaken', both, came(1, 2, 2))?.hintId).toBe('nothing-overtaken');
  });
});
