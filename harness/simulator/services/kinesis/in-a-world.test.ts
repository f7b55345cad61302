/**
 * A stream as a learner uses it: the SDK's client in handlers and in a scenario, a stream in the template, and every order of what follows.
 */

import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  PutRecordCommand,
  ResourceNotFoundException,
  type ShardIteratorType,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import type { Observation, ScenarioContext } from '../../../course/lab.ts';
import { rowsOf } from '../../../grader/draw/rows.ts';
import { rest, told } from '../../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  everyRun,
  invokeFunction,
  type SmallLabOptions,
  withRunner,
} from '../../../grader/fixtures/small-lab.ts';
import { runScenario } from '../../../scenario/run-scenario.ts';
import { SourceDpor } from '../../kernel/source-dpor/source-dpor.ts';
import type { WorldRun } from '../../world.ts';

/** Puts texts one after the other, each behind the one before. */
const ONE_BY_ONE = `
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
const kinesis = new KinesisClient({});
export const handler = async ({ key, texts }) => {
  let SequenceNumberForOrdering;
  for (const text of texts) {
    const Data = new TextEncoder().encode(text);
    const input = { StreamName: 'orders', PartitionKey: key, Data, SequenceNumberForOrdering };
    ({ SequenceNumber: SequenceNumberForOrdering } = await kinesis.send(new PutRecordCommand(input)));
  }
};`;

/** Puts texts in one call, and those that failed once more. */
const AT_ONCE = `
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
const kinesis = new KinesisClient({});
export const handler = async ({ key, texts }) => {
  let Records = texts.map((text) => ({ PartitionKey: key, Data: new TextEncoder().encode(text) }));
  while (Records.length > 0) {
    const answer = await kinesis.send(new PutRecordsCommand({ StreamName: 'orders', Records }));
    Records = Records.filter((_, place) => answer.Records[place].ErrorCode !== undefined);
  }
};`;

const STREAM = `  Orders:
    Type: AWS::Kinesis::Stream
    Properties: { Name: orders, ShardCount: 2 }
`;

const StreamName = 'orders';
const [LOW, HIGH] = ['a', 'b'];

/** The texts in one shard, as a client reads them. */
async function textsIn({ clients: { kinesis } }: ScenarioContext, shard: number): Promise<readonly string[]> {
  const ShardId = `shardId-${String(shard).padStart(12, '0')}`;
  const ShardIteratorType: ShardIteratorType = 'TRIM_HORIZON';
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType }));
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records.map(({ Data }) => new TextDecoder().decode(Data));
}

const streamLab = (code: string, more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { put: code },
  resources: STREAM,
  run: async () => ({}),
  ...more,
});

/** One run of each equivalence class. */
function everyClass(options: SmallLabOptions): Promise<readonly WorldRun<Observation>[]> {
  return withRunner(options, async (runner) => {
    const dpor = new SourceDpor();
    const runs: WorldRun<Observation>[] = [];
    for (let choices = dpor.next(); choices !== null; choices = dpor.next()) {
      const run = await runScenario(runner, choices, 'explore').done;
      if (run.end !== 'cut') runs.push(run);
    }
    return runs;
  });
}

const resultsOf = (runs: readonly WorldRun<Observation>[]) => distinct(runs.map(({ result }) => result));

describe('two handlers that put', () => {
  const both = (one: string, other: string) =>
    streamLab(ONE_BY_ONE, {
      run: async (context) => {
        await Promise.all([
          invokeFunction(context, 'put', { key: one, texts: ['1', '2'] }),
          invokeFunction(context, 'put', { key: other, texts: ['x'] }),
        ]);
        await rest(context);
        return { low: await textsIn(context, 0), high: await textsIn(context, 1) };
      },
    });

  it('into one shard come in every order, each in its own', async () => {
    const orders = [
      ['1', '2', 'x'],
      ['1', 'x', '2'],
      ['x', '1', '2'],
    ];
    expect(resultsOf(await everyRun(both(HIGH, HIGH)))).toEqual(distinct(orders.map((high) => ({ high, low: [] }))));
    expect(resultsOf(await everyClass(both(HIGH, HIGH)))).toHaveLength(3);
  });

  it('into two shards don’t meet: one order stands for all', async () => {
    const results = resultsOf(await everyRun(both(HIGH, LOW)));
    expect(results).toEqual([{ high: ['1', '2'], low: ['x'] }]);
    const classes = await everyClass(both(HIGH, LOW));
    const meeting = await everyClass(both(HIGH, HIGH));
    expect(classes.length).toBeLessThan(meeting.length);
    expect(resultsOf(classes)).toEqual(results);
  });

  it('are drawn with the names of records', async () => {
    const [run = expect.fail('no run')] = await everyClass(both(HIGH, LOW));
    const rows = rowsOf(run.trace).map(({ actor, text }) => `${actor}: ${text}`);
    expect(rows).toContain('put#1: record 1 → orders');
  });
});

describe('a PutRecords, within a budget of faults', () => {
  const batch = (faults: SmallLabOptions['faults']) =>
    streamLab(AT_ONCE, {
      ...(faults === undefined ? {} : { faults }),
      run: async (context) => {
        await invokeFunction(context, 'put', { key: HIGH, texts: ['1', '2'] });
        return { texts: await textsIn(context, 1) };
      },
    });

  it('keeps its order without faults', async () => {
    expect(resultsOf(await everyClass(batch({})))).toEqual([{ texts: ['1', '2'] }]);
  });

  it('loses its order when its first record fails, and not when its last does', async () => {
    const runs = await everyClass(batch({ partial: 1 }));
    expect(resultsOf(runs)).toEqual(distinct([{ texts: ['1', '2'] }, { texts: ['2', '1'] }]));
    const swapped = runs.filter(({ result }) => JSON.stringify(result?.texts) === '["2","1"]');
    expect(swapped.map(told)).toEqual([
      expect.stringContaining("Kinesis did not put every record of put#1's PutRecords"),
    ]);
  });

  it('may be stored in another order, as AWS promises none', async () => {
    const runs = await everyClass(batch({ reorder: 1 }));
    expect(resultsOf(runs)).toHaveLength(2);
    expect(runs.map(told).join()).toContain('in another order than they were given, as it may');
  });

  it('is put twice by a client that learns of no answer', async () => {
    const runs = await everyClass(batch({ 'answer-lost': 1 }));
    expect(resultsOf(runs)).toContainEqual({ texts: ['1', '2', '1', '2'] });
  });
});

describe('a scenario', () => {
  it('uses the SDK: reshards, follows children, and meets AWS’s errors as their classes', async () => {
    const [run = expect.fail('no run')] = await everyClass(
      streamLab(ONE_BY_ONE, {
        run: async (context) => {
          const { kinesis } = context.clients;
          const put = (text: string) =>
            kinesis.send(
              new PutRecordCommand({ StreamName, PartitionKey: HIGH, Data: new TextEncoder().encode(text) }),
            );
          await put('1');
          await kinesis.send(
            new UpdateShardCountCommand({ StreamName, TargetShardCount: 4, ScalingType: 'UNIFORM_SCALING' }),
          );
          const { ShardId } = await put('2');
          const { Shards = [] } = await kinesis.send(
            new ListShardsCommand({
              StreamName,
              ShardFilter: { Type: 'AFTER_SHARD_ID', ShardId: 'shardId-000000000003' },
            }),
          );
          const problem = await kinesis
            .send(new ListShardsCommand({ StreamName: 'gone' }))
            .catch((error: unknown) => error);
          return {
            ...{ before: await textsIn(context, 1), after: await textsIn(context, Number(ShardId?.slice(-3))) },
            ...{ left: Shards.length, isKnown: problem instanceof ResourceNotFoundException },
          };
        },
      }),
    );
    expect(run.result).toEqual({ before: ['1'], after: ['2'], left: 2, isKnown: true });
  });

  it('meets an iterator that has expired', async () => {
    const [run = expect.fail('no run')] = await everyClass(
      streamLab(ONE_BY_ONE, {
        run: async (context) => {
          const { kinesis } = context.clients;
          const { ShardIterator } = await kinesis.send(
            new GetShardIteratorCommand({
              ...{ StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'AT_TIMESTAMP' },
              Timestamp: new Date('2020-01-01T00:00:00Z'),
            }),
          );
          await context.sleep(301_000);
          const problem = await kinesis.send(new GetRecordsCommand({ ShardIterator })).catch((error: unknown) => error);
          return { isExpired: problem instanceof ExpiredIteratorException };
        },
      }),
    );
    expect(run.result).toEqual({ isExpired: true });
  });

  it('KI-05 is throttled as a fault, which a handler meets as the SDK’s exception', async () => {
    const code = `
import { KinesisClient, ProvisionedThroughputExceededException, PutRecordCommand } from '@aws-sdk/client-kinesis';
const kinesis = new KinesisClient({ maxAttempts: 1 });
export const handler = async () => {
  const input = { StreamName: 'orders', PartitionKey: 'b', Data: new TextEncoder().encode('1') };
  return kinesis.send(new PutRecordCommand(input)).then(() => 'put', (error) => error instanceof ProvisionedThroughputExceededException);
};`;
    const runs = await everyClass(
      streamLab(code, {
        faults: { throttled: 1 },
        run: async (context) => {
          const answer = await invokeFunction(context, 'put', {});
          return { answer, texts: await textsIn(context, 1) };
        },
      }),
    );
    expect(resultsOf(runs)).toEqual(
      distinct([
        { answer: 'put', texts: ['1'] },
        { answer: true, texts: [] },
      ]),
    );
  });
});
