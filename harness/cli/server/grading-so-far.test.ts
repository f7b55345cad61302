/** How far a grading has come. */

import { describe, expect, it } from 'vitest';
import { GradingTally } from './grading-so-far.ts';

describe('a grading so far', () => {
  it('adds up the schedules of all scenarios, and counts those that have ended', () => {
    const tally = new GradingTally(3);
    tally.add({ scenario: 'three at once', explored: 200 }, 'verdict');
    tally.add({ scenario: 'three at once', explored: 400, ended: true }, 'verdict');
    const soFar = tally.add({ scenario: 'a table in trouble', explored: 12 }, 'verdict');
    expect(soFar).toEqual({ phase: 'verdict', schedules: 412, scenarios: { ended: 1, of: 3 }, broken: [] });
  });

  it('keeps what has broken beside the scenario in which it did', () => {
    const tally = new GradingTally(2);
    tally.add({ scenario: 'three at once', explored: 3, broken: '1 bump is lost.' }, 'verdict');
    expect(tally.add({ scenario: 'a table in trouble', explored: 1 }, 'verdict').broken).toEqual([
      { scenario: 'three at once', says: '1 bump is lost.' },
    ]);
  });

  it('begins again with the verdict: the first look proves nothing', () => {
    const tally = new GradingTally(2);
    tally.add({ scenario: 'three at once', explored: 40, ended: true }, 'look');
    const soFar = tally.add({ scenario: 'three at once', explored: 1 }, 'verdict');
    expect(soFar.schedules).toBe(1);
    expect(soFar.scenarios.ended).toBe(0);
  });
});
