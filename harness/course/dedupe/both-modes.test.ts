/**
 * Handlers behave the same in both SDK modes, Powertools included: with calls taken over early, and through the SDK's whole
 * stack.
 */

import { describe, expect, it } from 'vitest';
import { inOrder, seeded } from '../../simulator/kernel/choices.ts';
import { filesOf, runsOf } from '../kit/runs-for-tests.ts';
import { dedupe } from './lab.ts';

const SEEDS = [1, 2, 3, 4, 5];

describe.each([
  ['the solution', undefined],
  ['Powertools', 'other-answers/powertools'],
])('%s', (_, instead) => {
  it.each(['debit-twice', 'gift-card-twice', 'card-crash'])(
    'leaves the same trace in %s, in both modes',
    async (scenario) => {
      const files = await filesOf(dedupe, 'solution', instead);
      const traces = async (sdkMode: 'direct' | 'wire') => {
        const runs = await runsOf(dedupe, files, scenario, [inOrder(), ...SEEDS.map(seeded)], { sdkMode });
        return runs.map(({ trace }) => JSON.stringify(trace));
      };
      const direct = await traces('direct');
      expect(direct.length).toBe(1 + SEEDS.length);
      expect(await traces('wire')).toEqual(direct);
    },
    60_000,
  );
});
