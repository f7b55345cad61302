/**
 * A stream that a mapping reads, as a learner uses it: handlers, a template, and every order of what follows, explored to the end.
 */

import { PutRecordCommand, UpdateShardCountCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import type { Observation, ScenarioContext } from '../../../course/lab.ts';
import { rowsOf } from '../../../grader/draw/rows.ts';
import { left, rest, told } from '../../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  eventsOf,
  everyRun,
  look,
  type SmallLabOptions,
  withRunner,
} from '../../../grader/fixtures/small-lab.ts';
import { runScenario } from '../../../scenario/run-scenario.ts';
import { SourceDpor } from '../../kernel/source-dpor/source-dpor.ts';
import type { WorldRun } from '../../world.ts';

/** Appends each record's text to the item of its key, which shows in which order they were applied. */
const APPLY = `
const seen = async (id) => (await documents.send(new ddb.GetCommand({ TableName, Key: { id }, ConsistentRead: true }))).Item?.n ?? '';
const texts = (event) => event.Records.map(({ kinesis }) => ({ key: kinesis.partitionKey, text: Buffer.from(kinesis.data, 'base64').toString() }));
export const handler = async (event) => {
  for (const { key, text } of texts(event)) {
    FAILURE
    await put(key, (await seen(key)) + text);
  }
};`;

const failing = (code: string): string => APPLY.replace('FAILURE', code);
const FAILS_ONCE = failing("if (key === 'b' && (await add('attempts')) === 1) throw new Error('not now');");

const stream = (mapping: string, shards = 1) => `  Orders:
    Type: AWS::Kinesis::Stream
    Properties: { Name: orders, ShardCount: ${shards} }
  Dead:
    Type: AWS::SQS::Queue
    Properties: { QueueName: dead }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref f, StartingPosition: TRIM_HORIZON${mapping} }
`;

const putRecord = ({ clients: { kinesis } }: ScenarioContext, PartitionKey: string, text: string) =>
  kinesis.send(new PutRecordCommand({ StreamName: 'orders', PartitionKey, Data: new TextEncoder().encode(text) }));

/** Two records of the key b, and one of the key a, which is in another shard if there are two. */
async function putThree(context: ScenarioContext): Promise<Observation> {
  await Promise.all([
    putRecord(context, 'b', '1').then(() => putRecord(context, 'b', '2')),
    putRecord(context, 'a', 'x'),
  ]);
  await rest(context);
  return { b: await look(context, 'b'), a: await look(context, 'a') };
}

const streamLab = (code: string, mapping = '', more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { f: code },
  resources: stream(mapping),
  run: putThree,
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
/** The largest number of invocations at once. */
function mostAtOnce({ trace }: WorldRun<Observation>): number {
  let now = 0;
  let most = 0;
  for (const { event } of trace) {
    if (event.kind === 'invocation-started') now += 1;
    if (event.kind === 'invocation-ended') now -= 1;
    most = Math.max(most, now);
  }
  return most;
}

const IN_ORDER = { b: '12', a: 'x' };

describe('two records of one key and one of another, with a handler that fails once', () => {
  it('are applied in order and once, in every schedule: one shard, one record at a time', async () => {
    const options = streamLab(FAILS_ONCE, ', BatchSize: 1');
    const runs = await everyClass(options);
    expect(resultsOf(runs)).toEqual([IN_ORDER]);
    for (const run of runs) expect(run.end).toBe('quiet');
    expect(runs.some((run) => eventsOf(run, 'records-tried-again').length === 1)).toBe(true);
    expect(resultsOf(await everyRun(options))).toEqual([IN_ORDER]);
  });

  it('are applied by two lanes at once if they are in two shards, and one does not hold up the other', async () => {
    const runs = await everyClass(streamLab(FAILS_ONCE, ', BatchSize: 1', { resources: stream(', BatchSize: 1', 2) }));
    expect(resultsOf(runs)).toEqual([IN_ORDER]);
    expect(Math.max(...runs.map(mostAtOnce))).toBe(2);
  });

  it('are applied in order and at once by two parts of one shard', async () => {
    const runs = await everyClass(streamLab(FAILS_ONCE, ', BatchSize: 1, ParallelizationFactor: 5'));
    expect(resultsOf(runs)).toEqual([IN_ORDER]);
    expect(Math.max(...runs.map(mostAtOnce))).toBe(2);
  });

  it('in one batch, come again together: what was applied before the failure is applied twice', async () => {
    const runs = await everyClass(
      streamLab(
        failing("if (text === '2' && (await add('attempts')) === 1) throw new Error('not now');"),
        ', MaximumBatchingWindowInSeconds: 1',
      ),
    );
    expect(resultsOf(runs)).toContainEqual({ b: '112', a: 'xx' });
  });
});

describe('a batch that fails', () => {
  it('is told to the destination by its numbers, and its lane goes on', async () => {
    const runs = await everyClass(
      streamLab(
        failing("if (text === '1') throw new Error('poison');"),
        ', BatchSize: 1, MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: !GetAtt Dead.Arn } }',
        { run: async (context) => ({ ...(await putThree(context)), dead: await left(context, 'dead') }) },
      ),
    );
    expect(resultsOf(runs)).toEqual([{ b: '2', a: 'x', dead: 1 }]);
    const [body] = runs.flatMap((run) => eventsOf(run, 'message-sent').map((sent) => JSON.parse(sent.body)));
    expect(body).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      KinesisBatchInfo: { shardId: 'shardId-000000000000', batchSize: 1 },
    });
    for (const run of runs) expect(told(run)).toContain('The mapping of f gave up 1 record');
  });

  it('is told to have been passed over if the function reports it to a mapping that reads no reports', async () => {
    const code = failing(
      "if (key === 'b') return { batchItemFailures: [{ itemIdentifier: event.Records[0].kinesis.sequenceNumber }] };",
    );
    const heard = 'it reads such reports only if its FunctionResponseTypes has ReportBatchItemFailures';
    const unread = await everyClass(streamLab(code, ', BatchSize: 1'));
    expect(resultsOf(unread)).toEqual([{ b: null, a: 'x' }]);
    for (const run of unread)
      expect(told(run)).toContain(`behind 1 record that the function had reported as failed: ${heard}.`);
    const read = await everyClass(
      streamLab(code, ', BatchSize: 1, MaximumRetryAttempts: 1, FunctionResponseTypes: [ReportBatchItemFailures]'),
    );
    for (const run of read) expect(told(run)).not.toContain(heard);
  });

  it('is drawn with the names of records', async () => {
    const [run = expect.fail('no run')] = await everyClass(streamLab(FAILS_ONCE, ', BatchSize: 1'));
    const rows = rowsOf(run.trace);
    const texts = rows.map(({ actor, text, from }) => `${actor}: ${text}${from === undefined ? '' : ` from ${from}`}`);
    expect(texts).toEqual(
      expect.arrayContaining([expect.stringMatching(/^f#1: starts: record 1 from stream orders$/)]),
    );
    expect(texts.join('\n')).toContain('starts: 1 record again');
  });
});

describe('a batch that is done, within a budget', () => {
  it('may come once more: a handler that counts on once is caught', async () => {
    const runs = await everyClass(streamLab(failing(''), ', BatchSize: 1', { faults: { duplicate: 1 } }));
    const results = resultsOf(runs);
    expect(results).toContainEqual({ b: '112', a: 'x' });
    expect(results).toContainEqual({ b: '122', a: 'x' });
    expect(results).toContainEqual(IN_ORDER);
    for (const result of results) expect((result as Observation).b).not.toBe('121');
  });
});

describe('a stream that is resharded while it is read', () => {
  it('keeps the order of each key', async () => {
    const reshard = ({ clients: { kinesis } }: ScenarioContext) =>
      kinesis.send(
        new UpdateShardCountCommand({ StreamName: 'orders', TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }),
      );
    const runs = await everyClass(
      streamLab(FAILS_ONCE, ', BatchSize: 1', {
        run: async (context) => {
          await putRecord(context, 'b', '1');
          await reshard(context);
          await putRecord(context, 'b', '2');
          await rest(context);
          return { b: await look(context, 'b') };
        },
      }),
    );
    expect(resultsOf(runs)).toEqual([{ b: '12' }]);
  });
});

describe('filters', () => {
  it('look into what records say, and at their keys', async () => {
    for (const [pattern, expected] of [
      ['{"data":{"n":[1]}}', { b: '{"n":1}' }],
      ['{"partitionKey":["b"]}', { b: '{"n":1}{"n":2}' }],
      ['{"partitionKey":["a"]}', { b: null }],
    ] as const) {
      const [run] = await everyClass(
        streamLab(failing(''), `, FilterCriteria: { Filters: [{ Pattern: '${pattern}' }] }`, {
          run: async (context) => {
            for (const n of [1, 2]) await putRecord(context, 'b', JSON.stringify({ n }));
            await rest(context);
            return { b: await look(context, 'b') };
          },
        }),
      );
      expect(run?.result).toEqual(expected);
    }
  });
});
