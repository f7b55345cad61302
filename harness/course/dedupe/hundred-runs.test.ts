/** Why lab 4 needs exploration: some wrong fixes hold in a hundred ordinary runs, each in another order of events. */

import { describe, expect, it } from 'vitest';
import { violationsInHundredRuns, violationsWhenExplored } from '../kit/hundred-runs-for-tests.ts';
import { dedupe } from './lab.ts';

describe.each(['key-per-attempt', 'lease-never-over', 'ttl-as-lease'])('the wrong fix %s', (mutant) => {
  const wrong = { lab: dedupe, mutant, scenario: 'card-crash' };

  it('holds in a hundred runs without a crash, each in another order', async () => {
    expect(await violationsInHundredRuns(wrong)).toEqual([]);
  }, 60_000);

  it('is caught when crashes are explored', async () => {
    expect(await violationsWhenExplored(wrong)).not.toEqual([]);
  }, 60_000);
});
