/**
 * Where records go: ranges of hash keys, MD5 and explicit hash keys, splits and merges, in kinesis-local and in our Kinesis.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DescribedShard, StreamsForTests } from '../simulator/services/kinesis/kinesis-for-tests.ts';
import { type Oracle, type OracleAnswer, startKinesisLocal } from './running.ts';

let oracle: Oracle;
beforeAll(async () => {
  oracle = await startKinesisLocal();
});
afterAll(() => oracle.stop());

const KEYS = [
  '',
  'a',
  'b',
  'order',
  'ö',
  '日本',
  'x'.repeat(256),
  ...Array.from({ length: 33 }, (_, at) => `key-${at}`),
];
/** 2¹²⁸ − 1 */
const LAST = 2n ** 128n - 1n;
/** None of them is at an end of an equal part of all keys. */
const EXPLICIT = [0n, 1n, 7n ** 20n, 5n ** 50n, 3n ** 79n, 3n ** 80n, 2n * 3n ** 80n, LAST - 1n, LAST];

/** A stream on both sides. */
class Both {
  readonly own = new StreamsForTests({});
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  async ask(operation: string, input: object): Promise<{ readonly own: OracleAnswer; readonly theirs: OracleAnswer }> {
    this.own.nowMs += 60_000;
    const asked = { StreamName: this.#name, ...input };
    const answer = this.own.answerTo(operation, asked);
    const theirs = await oracle.call(operation, inJson(asked));
    return { own: answer.ok ? answer : { ok: false, code: answer.error.code }, theirs };
  }

  /** The shards of both, when both are done with what they were asked for. */
  async shards(): Promise<{ readonly own: readonly DescribedShard[]; readonly theirs: readonly DescribedShard[] }> {
    for (;;) {
      const { own, theirs } = await this.ask('ListShards', {});
      const status = await oracle.call('DescribeStreamSummary', { StreamName: this.#name });
      const isDone = JSON.stringify(status).includes('ACTIVE');
      if (isDone && own.ok && theirs.ok) {
        const sorted = ({ Shards }: Readonly<Record<string, unknown>>) =>
          [...(Shards as readonly DescribedShard[])].sort((one, other) => (one.ShardId < other.ShardId ? -1 : 1));
        return { own: sorted(own.output), theirs: sorted(theirs.output) };
      }
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  /**
   * Expects the same shards with the same parents and, but for a remainder, the same ranges: AWS gives no rule for what is left when hash keys
   * are divided. kinesis-local divides 2¹²⁸ − 1 by the number of shards, we 2¹²⁸.
   */
  async expectSameShards(): Promise<readonly DescribedShard[]> {
    const { own, theirs } = await this.shards();
    const family = (shards: readonly DescribedShard[]) =>
      shards.map(({ ShardId, ParentShardId, AdjacentParentShardId }) => ({
        ShardId,
        parents: [ParentShardId, AdjacentParentShardId].filter((each) => typeof each === 'string').sort(),
      }));
    expect(family(own)).toEqual(family(theirs));
    const remainder = BigInt(own.length);
    for (const [at, { ShardId, HashKeyRange }] of own.entries()) {
      const other = theirs[at]?.HashKeyRange ?? { StartingHashKey: '-1', EndingHashKey: '-1' };
      const differs = (key: 'StartingHashKey' | 'EndingHashKey') => abs(BigInt(HashKeyRange[key]) - BigInt(other[key]));
      expect({
        ShardId,
        isNear: differs('StartingHashKey') <= remainder && differs('EndingHashKey') <= remainder,
      }).toEqual({
        ShardId,
        isNear: true,
      });
    }
    return own;
  }

  async expectSamePlaces(): Promise<void> {
    const puts = [
      ...KEYS.map((PartitionKey) => ({ PartitionKey })),
      ...EXPLICIT.map((key) => ({ PartitionKey: 'k', ExplicitHashKey: String(key) })),
    ];
    for (const put of puts) {
      const { own, theirs } = await this.ask('PutRecord', { Data: new Uint8Array([1]), ...put });
      expect({ put, at: placeIn(own) }).toEqual({ put, at: placeIn(theirs) });
    }
  }
}

/** Bytes travel as Base64. */
function inJson(input: object): object {
  const written = Object.entries(input).map(([name, value]) => [
    name,
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  ]);
  return Object.fromEntries(written);
}

function placeIn(answer: OracleAnswer): unknown {
  return answer.ok ? answer.output.ShardId : 'refused';
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

async function aStream(shards: number, name: string): Promise<Both> {
  const both = new Both(name);
  const { own, theirs } = await both.ask('CreateStream', { ShardCount: shards });
  expect([own.ok, theirs.ok]).toEqual([true, true]);
  return both;
}

describe('records', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 16, 31])('KI-01 KI-04 go to the same of %i shards', async (shards) => {
    const both = await aStream(shards, `new-${shards}`);
    await both.expectSameShards();
    await both.expectSamePlaces();
  });

  it('KI-10 KI-11 go to the same children when shards are split, and to the same child when they are merged', async () => {
    const both = await aStream(1, 'changed');
    const cutAt = async (ShardToSplit: string, NewStartingHashKey: bigint) => {
      const { own, theirs } = await both.ask('SplitShard', {
        ShardToSplit,
        NewStartingHashKey: String(NewStartingHashKey),
      });
      expect([own.ok, theirs.ok]).toEqual([true, true]);
      await both.expectSameShards();
      await both.expectSamePlaces();
    };
    await both.expectSameShards();
    await cutAt('shardId-000000000000', 2n ** 127n);
    await cutAt('shardId-000000000002', 3n * 2n ** 126n);
    await cutAt('shardId-000000000001', 2n ** 100n);
    const { own, theirs } = await both.ask('MergeShards', {
      ShardToMerge: 'shardId-000000000006',
      AdjacentShardToMerge: 'shardId-000000000003',
    });
    expect([own.ok, theirs.ok]).toEqual([true, true]);
    await both.expectSameShards();
    await both.expectSamePlaces();
  });
});
