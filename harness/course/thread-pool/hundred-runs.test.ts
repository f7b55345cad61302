/** Why lab 3 needs exploration: some wrong fixes hold in a hundred ordinary runs, each under another schedule. */

import { describe, expect, it } from 'vitest';
import { violationsInHundredRuns, violationsWhenExplored } from '../kit/hundred-runs-for-tests.ts';
import { threadPool } from './lab.ts';

describe.each([
  ['key-per-attempt', 'overtaken'],
  ['keys-in-module-memory', 'overtaken'],
])('the wrong fix %s', (mutant, scenario) => {
  const wrong = { lab: threadPool, mutant, scenario };

  it('holds in a hundred runs in which no event comes twice', async () => {
    expect(await violationsInHundredRuns(wrong)).toEqual([]);
  }, 60_000);

  it('is caught when second deliveries are explored', async () => {
    expect(await violationsWhenExplored(wrong)).not.toEqual([]);
  }, 60_000);
});
