/** Which accounts share a shard, or a part of one: the stories of the scenarios rely on it. */

import { expect, it } from 'vitest';
import { situationsOf } from '../../../scenario/situations.ts';
import { placeOfKey } from '../../../simulator/contract/event-source.ts';
import { seeded } from '../../../simulator/kernel/choices.ts';
import { hashKeyOf } from '../../../simulator/services/kinesis/hash-key.ts';
import { kinesisOrdering } from '../lab.ts';

/** «1/0»: the second of two shards, and the first of its two parts. */
function laneOf(account: string): string {
  return `${(hashKeyOf(account) * 2n) >> 128n}/${placeOfKey(account, 2)}`;
}

it('a-8 and a-9 share a lane, and so do a-3 and a-4', () => {
  expect([laneOf('a-8'), laneOf('a-9')]).toEqual(['1/0', '1/0']);
  expect([laneOf('a-3'), laneOf('a-4')]).toEqual(['0/0', '0/0']);
});

it('a-7 is in another part of the shard of a-8, and a-3 in the other shard', () => {
  expect([laneOf('a-7'), laneOf('a-8')]).toEqual(['1/1', '1/0']);
  expect([laneOf('7'), laneOf('é')]).toEqual(['1/1', '0/1']);
  expect([laneOf('account é x'), laneOf('account ö x')]).toEqual(['1/1', '0/1']);
  expect([laneOf('a-81'), laneOf('a-51')]).toEqual(['1/0', '0/0']);
});

it('accounts with a broken record and without are in different shards, where the clock runs', () => {
  const shardOf = (account: string) => laneOf(account).slice(0, 1);
  expect(['a-1', 'a-3', 'a-5'].map(shardOf)).toEqual(['0', '0', '0']);
  expect(['a-7', 'a-8', 'a-10'].map(shardOf)).toEqual(['1', '1', '1']);
});

it('the seeds of each scenario by the clock begin in each of its situations', () => {
  for (const scenario of kinesisOrdering.scenarios) {
    if (scenario.plan.mode !== 'timed') continue;
    const { length } = situationsOf(scenario);
    const chosen = scenario.plan.seeds.map((seed) => seeded(seed).pick({ kind: 'situation' } as never, length));
    expect(new Set(chosen).size).toBe(length);
  }
});
