/**
 * A check knows its scenario, its failures and what it watches. Anything else is a type error, which `npm run types` verifies.
 */

import { describe, expect, it } from 'vitest';
import { atLeast, check, countingCheck } from './check.ts';
import { mostInFlight } from './counters/in-flight.ts';
import { mostOfferedAtOnce } from './counters/messages.ts';
import type { LabScenario } from './scenario.ts';
import { type SmallRun, smallCheck, smallDanger, smallScenario } from './small-definition-for-tests.ts';
import { invocationStarts, traceByHand } from './trace-for-tests.ts';

interface Refund {
  readonly paidBack: number;
}

const refunds: LabScenario<Refund> = { ...smallScenario, name: 'refunds', run: async () => ({ paidBack: 0 }) };

const about = { id: 'a', task: 1, title: 'a', points: 1, kind: 'at-rest', failures: ['lost'] } as const;

describe('a check', () => {
  it('is judged in its scenario, and says so to the grader', () => {
    expect(smallCheck).toMatchObject({ scenario: 'two-buyers', provokedBy: 'buyers-overlapped' });
    expect(smallCheck).not.toHaveProperty('sees');
    expect(check(refunds, { ...about, judge: () => null })).not.toHaveProperty('provokedBy');
  });

  it('gets what its scenario returned, with that scenario’s type', () => {
    expect(smallCheck.judge({ observation: { sold: 1 }, trace: [] })).toBeNull();
    expect(smallCheck.judge({ observation: { sold: 2 }, trace: [] })?.headline).toBe('1 seat was sold 2 times.');
  });

  it('can’t read what another scenario returned', () => {
    // @ts-expect-error: a refund has no `sold`.
    check(refunds, { ...about, judge: ({ observation: { sold } }) => sold });
    const judge = ({ observation }: { readonly observation: SmallRun }) =>
      observation.sold === 0 ? null : ({ headline: '', hintId: 'lost' } as const);
    // @ts-expect-error: this judge is for a sale.
    check(refunds, { ...about, judge });
    // @ts-expect-error: a test can't pass another scenario's run either.
    smallCheck.judge({ observation: { paidBack: 1 }, trace: [] });
  });

  it('can’t name a failure that it doesn’t list', () => {
    check(refunds, {
      ...about,
      // @ts-expect-error: «list» is not «lost».
      judge: () => ({ headline: '', hintId: 'list' }),
    });
    // @ts-expect-error: a judge from elsewhere must keep to the list, too.
    countingCheck(smallScenario, mostInFlight(), { ...about, judge: atLeast(2, { headline: '', hintId: 'list' }) });
  });

  it('can’t look at the trace without a counter', () => {
    // @ts-expect-error: there is no trace in it.
    check(refunds, { ...about, judge: ({ trace }) => trace });
  });

  it('can be provoked only by a reach check of a run of the same type', () => {
    // @ts-expect-error: this one is an invariant.
    check(smallScenario, { ...about, provokedBy: smallCheck, judge: () => null });
    // @ts-expect-error: this one is about a sale.
    check(refunds, { ...about, provokedBy: smallDanger, judge: () => null });
  });
});

describe('a check that counts', () => {
  it('watches what its counter watches', () => {
    const watches = ['invocation-started', 'invocation-ended'];
    expect(smallDanger).toMatchObject({ sees: 'invocations', watches, commuting: watches.map((kind) => [kind]) });
    const offered = countingCheck(smallScenario, mostOfferedAtOnce(String), { ...about, judge: () => null });
    expect(offered).toMatchObject({ sees: 'trace', watches: ['message-sent', 'message-deleted'] });
  });

  it('gets the count, together with the observation', () => {
    const both = countingCheck(smallScenario, mostInFlight(), {
      ...about,
      judge: ({ count, observation: { sold } }) => ({ headline: `${count} in flight, ${sold} sold`, hintId: 'lost' }),
    });
    const trace = traceByHand(invocationStarts('sell#1'));
    expect(both.judge({ observation: { sold: 3 }, trace })?.headline).toBe('1 in flight, 3 sold');
  });

  it('is shown by a run that reaches the required number', () => {
    const at = (many: number) =>
      smallDanger.judge({
        observation: { sold: 0 },
        trace: traceByHand(...['sell#1', 'sell#2'].slice(0, many).map((name) => invocationStarts(name))),
      });
    expect(at(2)).toBeNull();
    expect(at(1)).toEqual({ headline: 'In no order were 2 buyers served at once.', hintId: 'no-overlap' });
  });
});
