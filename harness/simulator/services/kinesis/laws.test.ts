/**
 * Laws of streams and the mappings that read them, under random schedules: the records of a key one after the other, and no shard read by more batches
 * at once than its mapping allows.
 */

import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import type { Observation, ScenarioContext } from '../../../course/lab.ts';
import { rest } from '../../../grader/fixtures/queue-lab.ts';
import { type SmallLabOptions, withRunner } from '../../../grader/fixtures/small-lab.ts';
import { runScenario } from '../../../scenario/run-scenario.ts';
import { seeded } from '../../kernel/choices.ts';
import type { WorldRun } from '../../world.ts';

/** The records of each key in the order in which they are put. The keys are in both shards, if there are two, and in all parts of one. */
const PUT: Readonly<Record<string, readonly string[]>> = {
  a: ['a1', 'a2-shy', 'a3'],
  d: ['d1-shy', 'd2'],
  e: ['e1', 'e2-bad', 'e3'],
  f: ['f1', 'f2'],
};
const RECORDS = Object.values(PUT).flat();

/** Fails at bad records, and at shy ones the first time; says at which record, if the mapping listens. */
const HANDLER = `export const handler = async (event) => {
  for (const { kinesis } of event.Records) {
    const text = Buffer.from(kinesis.data, 'base64').toString();
    const n = await add(text);
    if (!text.endsWith('bad') && !(text.endsWith('shy') && n === 1)) continue;
    if (LISTENS) return { batchItemFailures: [{ itemIdentifier: kinesis.sequenceNumber }] };
    throw new Error(text);
  }
};`;

interface MappingOfLaw {
  readonly shards: number;
  readonly factor: number;
  readonly batchSize: number;
  readonly listens: boolean;
  readonly bisects: boolean;
  /** The factor that it gets while records come and go; absent: it keeps its own. */
  readonly factorLater?: number;
}

const MAPPINGS: readonly MappingOfLaw[] = [
  { shards: 1, factor: 1, batchSize: 1, listens: false, bisects: false },
  { shards: 1, factor: 2, batchSize: 2, listens: false, bisects: true },
  { shards: 1, factor: 3, batchSize: 10, listens: true, bisects: false },
  { shards: 2, factor: 1, batchSize: 10, listens: true, bisects: true },
  { shards: 2, factor: 2, batchSize: 2, listens: false, bisects: false },
  { shards: 1, factor: 1, batchSize: 2, listens: true, bisects: false, factorLater: 3 },
  { shards: 2, factor: 3, batchSize: 1, listens: false, bisects: true, factorLater: 2 },
];
const SEEDS = 60;

function labOf({ shards, factor, batchSize, listens, bisects, factorLater = factor }: MappingOfLaw): SmallLabOptions {
  const types = listens ? ', FunctionResponseTypes: [ReportBatchItemFailures]' : '';
  const settings = `ParallelizationFactor: ${factor}, BatchSize: ${batchSize}, BisectBatchOnFunctionError: ${bisects}`;
  return {
    functions: { f: HANDLER.replace('LISTENS', String(listens)) },
    resources: `  Records:
    Type: AWS::Kinesis::Stream
    Properties: { Name: records, ShardCount: ${shards} }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Records.Arn, FunctionName: !Ref f, StartingPosition: TRIM_HORIZON, MaximumRetryAttempts: 2, ${settings}${types} }
`,
    faults: { 'crash-after': 1, split: 1 },
    run: async (context) => {
      const puts = Object.entries(PUT).map(([key, texts]) => putAll(context, key, texts));
      await Promise.all(factorLater === factor ? puts : [...puts, changeFactor(context, factorLater)]);
      await rest(context);
      return {};
    },
  };
}

async function putAll({ clients }: ScenarioContext, PartitionKey: string, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const Data = new TextEncoder().encode(text);
    await clients.kinesis.send(new PutRecordCommand({ StreamName: 'records', PartitionKey, Data }));
  }
}

async function changeFactor({ clients }: ScenarioContext, ParallelizationFactor: number): Promise<void> {
  const { EventSourceMappings: [mapping] = [] } = await clients.lambda.send(new ListEventSourceMappingsCommand({}));
  await clients.lambda.send(new UpdateEventSourceMappingCommand({ UUID: mapping?.UUID, ParallelizationFactor }));
}

interface BatchSeen {
  readonly shard: string;
  readonly records: readonly { readonly key: string; readonly text: string; readonly number: string }[];
}

function batchOf(payload: unknown): BatchSeen {
  const { Records } = payload as {
    readonly Records: readonly {
      readonly eventID: string;
      readonly kinesis: { readonly partitionKey: string; readonly data: string; readonly sequenceNumber: string };
    }[];
  };
  const [first] = Records;
  return {
    shard: first?.eventID.split(':')[0] ?? '',
    records: Records.map(({ kinesis }) => ({
      ...{ key: kinesis.partitionKey, number: kinesis.sequenceNumber },
      text: Buffer.from(kinesis.data, 'base64').toString(),
    })),
  };
}

/** Follows one run, and holds each batch that begins to the law. */
class Followed {
  readonly running = new Map<string, BatchSeen>();
  /** How many records of each key are done or given up. */
  readonly settled = new Map<string, number>();
  readonly numbers = new Map<string, { readonly key: string; readonly place: number }>();
  mostOfShard = 0;
  retried = 0;

  begins(invocation: string, batch: BatchSeen, factor: number): void {
    const keys = new Set(batch.records.map(({ key }) => key));
    const others = [...this.running.values()];
    for (const { records } of others) for (const { key } of records) expect(keys).not.toContain(key);
    const ofShard = others.filter(({ shard }) => shard === batch.shard).length + 1;
    expect(ofShard).toBeLessThanOrEqual(factor);
    this.mostOfShard = Math.max(this.mostOfShard, ofShard);
    for (const key of keys) {
      const of = batch.records.filter((one) => one.key === key);
      const from = this.settled.get(key) ?? 0;
      expect(of.map(({ text }) => text)).toEqual(PUT[key]?.slice(from, from + of.length));
      for (const [at, { number }] of of.entries()) {
        if (this.numbers.has(number)) this.retried += 1;
        this.numbers.set(number, { key, place: from + at });
      }
    }
    this.running.set(invocation, batch);
  }

  /** The records up to the first that failed are done; `failed`: its number, null if none did, undefined if all did. */
  ends(invocation: string, failed: string | null | undefined): void {
    const { records = [] } = this.running.get(invocation) ?? {};
    this.running.delete(invocation);
    const end = failed === null ? records.length : records.findIndex(({ number }) => number === failed);
    for (const { number } of records.slice(0, Math.max(0, end))) this.settle(number);
  }

  settle(number: string): void {
    const { key, place } = this.numbers.get(number) ?? expect.fail(`${number} was never given to the function`);
    expect(place).toBe(this.settled.get(key) ?? 0);
    this.settled.set(key, place + 1);
  }
}

function followed({ trace }: WorldRun<Observation>, { listens, ...mapping }: MappingOfLaw): Followed {
  const run = new Followed();
  const factor = mostPartsOf(mapping);
  for (const { event } of trace) {
    if (event.kind === 'invocation-started') run.begins(event.invocation, batchOf(event.payload), factor);
    if (event.kind === 'invocation-ended') {
      const { outcome } = event;
      const answer = (outcome.kind === 'returned' ? outcome.payload : null) as Failures | null;
      const failed = listens ? (answer?.batchItemFailures?.[0]?.itemIdentifier ?? null) : null;
      run.ends(event.invocation, outcome.kind === 'returned' ? failed : undefined);
    }
    if (event.kind === 'records-given-up') for (const id of event.itemIds) run.settle(id);
  }
  return run;
}

function mostPartsOf({ factor, factorLater = factor }: Omit<MappingOfLaw, 'listens'>): number {
  return Math.max(factor, factorLater);
}

interface Failures {
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
}

describe('a stream, its mapping and a function that fails, under random schedules', () => {
  // Seen to fail under the mutations «a part of a shard has all of its keys» (KE-03) of this service and «a batch that fails is passed over»
  // (KE-05) of services/event-source-mapping.
  it.each(MAPPINGS)(
    'P4 give the records of a key one after the other, and a shard in few enough batches: %o',
    async (mapping) => {
      let [most, retried] = [0, 0];
      await withRunner(labOf(mapping), async (runner) => {
        for (let seed = 1; seed <= SEEDS; seed += 1) {
          const run = await runScenario(runner, seeded(seed), 'explore').done;
          expect(run.end).toBe('quiet');
          const { settled, mostOfShard, retried: again } = followed(run, mapping);
          expect([...settled.values()].reduce((sum, one) => sum + one, 0)).toBe(RECORDS.length);
          most = Math.max(most, mostOfShard);
          retried += again;
        }
      });
      expect(most).toBe(mostPartsOf(mapping));
      expect(retried).toBeGreaterThan(SEEDS);
    },
    60_000,
  );
});
