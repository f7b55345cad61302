/**
 * Tumbling windows as a learner uses them: a handler that counts records and writes down each window's number, in every schedule.
 */

import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { ScenarioContext } from '../../../course/lab.ts';
import { rowsOf } from '../../../grader/draw/rows.ts';
import { rest, told } from '../../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  eventsOf,
  everyClass,
  everyRun,
  look,
  type SmallLabOptions,
} from '../../../grader/fixtures/small-lab.ts';
import { toUtf8 } from '../../contract/utf8.ts';

/** Counts in the state, and writes the counts of windows one after the other. */
const COUNT = `export const handler = async ({ Records, state, isFinalInvokeForWindow }) => {
  const n = (state.n ?? 0) + Records.length;
  FAILURE
  if (isFinalInvokeForWindow) await put('counts', ((await get('counts')) ?? '') + n + ' ');
  return { state: { n } };
};`;
const counting = (failure = '') => COUNT.replace('FAILURE', failure);

const resources = (source: string, more = '') => `  Orders:
    Type: AWS::Kinesis::Stream
    Properties: { Name: orders, ShardCount: 1 }
  Accounts:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: Accounts
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: KEYS_ONLY }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt ${source}, FunctionName: !Ref f, StartingPosition: TRIM_HORIZON, TumblingWindowInSeconds: 60${more} }
`;

const order = ({ clients: { kinesis } }: ScenarioContext) =>
  kinesis.send(new PutRecordCommand({ StreamName: 'orders', PartitionKey: 'a', Data: toUtf8('x') }));
const change = ({ clients: { documents } }: ScenarioContext, id: string) =>
  documents.send(new PutCommand({ TableName: 'Accounts', Item: { id } }));

const lab = (code: string, more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { f: code },
  resources: resources('Orders.Arn'),
  run: async (context) => {
    await Promise.all([order(context), order(context)]);
    await rest(context);
    await context.sleep(120_000);
    await order(context);
    await rest(context);
    return { counts: await look(context, 'counts') };
  },
  ...more,
});

describe('a handler that counts in tumbling windows', () => {
  it('KE-16 counts each record once, in the window in which it arrived, in every schedule', async () => {
    const expected = [{ counts: '1 1 1 ' }, { counts: '2 1 ' }];
    const runs = await everyClass(lab(counting()));
    expect(distinct(runs.map(({ result }) => result))).toEqual(expected);
    for (const run of runs) expect(run.end).toBe('quiet');
    expect(distinct((await everyRun(lab(counting()))).map(({ result }) => result))).toEqual(expected);
  });

  it('KE-16 counts changes of a table as well', async () => {
    const run = async (context: ScenarioContext) => {
      await Promise.all([change(context, 'a'), change(context, 'b')]);
      await rest(context);
      return { counts: await look(context, 'counts') };
    };
    const runs = await everyClass(lab(counting(), { resources: resources('Accounts.StreamArn'), run }));
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ counts: '1 1 ' }, { counts: '2 ' }]);
  });

  it('UV-82 loses what it has counted if the end of the window is given up, and a reader is told', async () => {
    const code = counting("if (isFinalInvokeForWindow) throw new Error('no');");
    const run = async (context: ScenarioContext) => {
      await order(context);
      await rest(context);
      return { counts: await look(context, 'counts') };
    };
    const runs = await everyClass(lab(code, { resources: resources('Orders.Arn', ', MaximumRetryAttempts: 1'), run }));
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ counts: null }]);
    for (const each of runs) {
      expect(eventsOf(each, 'window-given-up')).toHaveLength(1);
      expect(told(each)).toMatch(/The mapping of f gave up the end of the window until .*: its state is lost\./);
      const rows = rowsOf(each.trace);
      expect(rows.map(({ text }) => text).join('\n')).toMatch(/starts: the end of the window until \d{4}-/);
      expect(rows.flatMap(({ notes }) => notes.map(({ text }) => text)).join('\n')).toContain('its state is lost');
    }
  });
});
