/** The checks on hand-written runs: when they hold, when they fail, with which words and which hint. */

import { describe, expect, it } from 'vitest';
import type { LabCheck } from '../kit/check.ts';
import { invocationReturns, invocationStarts, traceByHand } from '../kit/trace-for-tests.ts';
import { buyersOverlapped, everySeatSold, neverOversold } from './checks.ts';
import type { Answer, Sale } from './scenario.ts';

const judge = (check: LabCheck<Sale>, ...answers: readonly Answer[]) =>
  check.judge({ observation: { seats: 1, answers }, trace: [] });

const yes = (buyer: number): Answer => ({ buyer, sold: true });
const no = (buyer: number): Answer => ({ buyer, sold: false });

describe('never-oversold', () => {
  it('holds while no more buyers are told yes than there are seats', () => {
    expect(judge(neverOversold, yes(1), no(2))).toBeNull();
    expect(judge(neverOversold, no(1), no(2))).toBeNull();
  });

  it('says how many were told yes', () => {
    expect(judge(neverOversold, yes(1), yes(2))).toEqual({
      headline: '2 buyers were told yes, and there was 1 seat.',
      hintId: 'oversold',
    });
  });
});

describe('every-seat-sold', () => {
  it('holds when the seat is sold', () => {
    expect(judge(everySeatSold, no(1), yes(2))).toBeNull();
  });

  it('says that it was not, and what a buyer got instead', () => {
    expect(judge(everySeatSold, no(1), no(2))?.headline).toBe('2 buyers asked for 1 seat, and 0 got one.');
    const failed = judge(everySeatSold, no(1), { buyer: 2, error: 'no table' });
    expect(failed).toEqual({
      headline: '2 buyers asked for 1 seat, and 0 got one. Buyer 2: no table',
      hintId: 'unsold',
    });
  });
});

describe('buyers-overlapped', () => {
  const overlap = (trace: ReturnType<typeof traceByHand>, answers: readonly Answer[] = [yes(1), no(2)]) =>
    buyersOverlapped.judge({ observation: { seats: 1, answers }, trace });

  it('is shown by two buyers who are served at once, and not by two in sequence', () => {
    expect(overlap(traceByHand(invocationStarts('sell#1'), invocationStarts('sell#2')))).toBeNull();
    const oneByOne = [invocationStarts('sell#1'), invocationReturns('sell#1'), invocationStarts('sell#2')];
    expect(overlap(traceByHand(...oneByOne))?.hintId).toBe('no-overlap');
  });

  it('is not shown where no seat is sold', () => {
    const atOnce = traceByHand(invocationStarts('sell#1'), invocationStarts('sell#2'));
    expect(overlap(atOnce, [no(1), no(2)])?.hintId).toBe('no-overlap');
  });
});
