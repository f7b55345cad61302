/**
 * The stream of a table as a learner uses it: a table, a function that is told of its changes, and every order of what follows.
 */

import { DeleteCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Observation, ScenarioContext } from '../../../course/lab.ts';
import { rowsOf } from '../../../grader/draw/rows.ts';
import { left, rest, told } from '../../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  eventsOf,
  everyClass,
  everyRun,
  look,
  type SmallLabOptions,
} from '../../../grader/fixtures/small-lab.ts';
import type { WorldRun } from '../../world.ts';

/** Appends what each change says to an item, which shows in which order the changes came. */
const TELL = `
const seen = async (id) => (await documents.send(new ddb.GetCommand({ TableName, Key: { id }, ConsistentRead: true }))).Item?.n ?? '';
const words = ({ eventName, dynamodb: { Keys, OldImage, NewImage } }) => ({ id: Keys.id.S, text: eventName[0] + (OldImage?.n?.N ?? '') + (NewImage?.n?.N ?? '') + ' ' });
export const handler = async (event) => {
  for (const { id, text } of event.Records.map(words)) {
    FAILURE
    await put(id, (await seen(id)) + text);
  }
};`;
const telling = (failure = ''): string => TELL.replace('FAILURE', failure);
const FAILS_ONCE = telling("if (id === 'b' && (await add('attempts')) === 1) throw new Error('not now');");

const accounts = (mapping: string) => `  Accounts:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: Accounts
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
  Dead:
    Type: AWS::SQS::Queue
    Properties: { QueueName: dead }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Accounts.StreamArn, FunctionName: !Ref f, StartingPosition: TRIM_HORIZON${mapping} }
`;

const put = ({ clients: { documents } }: ScenarioContext, id: string, n: number) =>
  documents.send(new PutCommand({ TableName: 'Accounts', Item: { id, n } }));
const remove = ({ clients: { documents } }: ScenarioContext, id: string) =>
  documents.send(new DeleteCommand({ TableName: 'Accounts', Key: { id } }));

/** Two changes of b, one after the other, and one of a beside them. */
async function changeThree(context: ScenarioContext): Promise<Observation> {
  await Promise.all([put(context, 'b', 1).then(() => put(context, 'b', 2)), put(context, 'a', 7)]);
  await rest(context);
  return { b: await look(context, 'b'), a: await look(context, 'a') };
}

const accountsLab = (code: string, mapping = '', more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { f: code },
  resources: accounts(mapping),
  run: changeThree,
  ...more,
});

const resultsOf = (runs: readonly WorldRun<Observation>[]) => distinct(runs.map(({ result }) => result));
const IN_ORDER = { b: 'I1 M12 ', a: 'I7 ' };

/** The largest number of invocations at once. */
function mostAtOnce({ trace }: WorldRun<Observation>): number {
  let now = 0;
  return Math.max(
    ...trace.map(({ event }) => {
      if (event.kind === 'invocation-started') now += 1;
      if (event.kind === 'invocation-ended') now -= 1;
      return now;
    }),
  );
}

describe('a function that is told of the changes of a table', () => {
  it('DD-12 hears each once and those of an item in order, also after a failure, in every schedule', async () => {
    const options = accountsLab(FAILS_ONCE, ', BatchSize: 1');
    const runs = await everyClass(options);
    expect(resultsOf(runs)).toEqual([IN_ORDER]);
    expect(runs.some((run) => eventsOf(run, 'records-tried-again').length === 1)).toBe(true);
    expect(resultsOf(await everyRun(options))).toEqual([IN_ORDER]);
  });

  it('DD-20 hears of different items at once if the mapping has a factor, and of each in order', async () => {
    const runs = await everyClass(accountsLab(FAILS_ONCE, ', BatchSize: 1, ParallelizationFactor: 5'));
    expect(resultsOf(runs)).toEqual([IN_ORDER]);
    expect(Math.max(...runs.map(mostAtOnce))).toBe(2);
  });

  it('hears of a deletion with the item that was there', async () => {
    const runs = await everyClass(
      accountsLab(telling(), '', {
        run: async (context) => {
          await put(context, 'a', 1);
          await remove(context, 'a');
          await rest(context);
          return { a: await look(context, 'a') };
        },
      }),
    );
    expect(resultsOf(runs)).toEqual([{ a: 'I1 R1 ' }]);
  });

  it('hears only what filters let through: they look at the record', async () => {
    const pattern = '{"eventName":["MODIFY"],"dynamodb":{"NewImage":{"n":{"N":["2"]}}}}';
    const runs = await everyClass(accountsLab(telling(), `, FilterCriteria: { Filters: [{ Pattern: '${pattern}' }] }`));
    expect(resultsOf(runs)).toEqual([{ b: 'M12 ', a: null }]);
  });

  it('loses what is given up, and the destination is told where it stood', async () => {
    const runs = await everyClass(
      accountsLab(
        telling("if (text === 'I1 ') throw new Error('poison');"),
        ', BatchSize: 1, MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: !GetAtt Dead.Arn } }',
        { run: async (context) => ({ ...(await changeThree(context)), dead: await left(context, 'dead') }) },
      ),
    );
    expect(resultsOf(runs)).toEqual([{ b: 'M12 ', a: 'I7 ', dead: 1 }]);
    const [body] = runs.flatMap((run) => eventsOf(run, 'message-sent').map((sent) => JSON.parse(sent.body)));
    expect(body).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { shardId: 'shardId-00000000000000000001-00000001', batchSize: 1 },
    });
    for (const run of runs) expect(told(run)).toContain('The mapping of f gave up 1 record');
  });

  it('may get a batch once more within a budget, as from any stream', async () => {
    const results = resultsOf(await everyClass(accountsLab(telling(), ', BatchSize: 1', { faults: { duplicate: 1 } })));
    expect(results).toContainEqual(IN_ORDER);
    expect(results).toContainEqual({ b: 'I1 I1 M12 ', a: 'I7 ' });
  });

  it('is drawn with the numbers of changes', async () => {
    const [run = expect.fail('no run')] = await everyClass(accountsLab(FAILS_ONCE, ', BatchSize: 1'));
    const texts = rowsOf(run.trace).map(({ actor, text, from }) => `${actor}: ${text} from ${from ?? 'nowhere'}`);
    expect(texts).toContain('f#1: starts: change 1 from changes of Accounts');
  });
});

describe('three changes in one batch', () => {
  /** One transaction, so that the three come together. */
  async function changeAtOnce(context: ScenarioContext): Promise<Observation> {
    const TransactItems = ['a', 'b', 'c'].map((id) => ({ Put: { TableName: 'Accounts', Item: { id, n: 1 } } }));
    await context.clients.documents.send(new TransactWriteCommand({ TransactItems }));
    await rest(context);
    const [a, b, c] = [await look(context, 'a'), await look(context, 'b'), await look(context, 'c')];
    return { a, b, c, dead: await left(context, 'dead') };
  }
  const togetherLab = (code: string, mapping: string) => accountsLab(code, mapping, { run: changeAtOnce });
  const DEAD = ', DestinationConfig: { OnFailure: { Destination: !GetAtt Dead.Arn } }';
  const POISON = telling("if (id === 'b') throw new Error('poison');");
  const letters = (runs: readonly WorldRun<Observation>[]) =>
    runs.flatMap((run) => eventsOf(run, 'message-sent').map((sent) => JSON.parse(sent.body)));

  it('DD-21 are split until the one that fails is alone, if the mapping bisects', async () => {
    const runs = await everyClass(
      togetherLab(POISON, `, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0${DEAD}`),
    );
    expect(resultsOf(runs)).toEqual([{ a: 'I1 I1 I1 ', b: null, c: 'I1 ', dead: 1 }]);
    expect(letters(runs)).toMatchObject([{ DDBStreamBatchInfo: { batchSize: 1 } }]);
  });

  it('DD-21 come again from the one whose sequence number the function names', async () => {
    const code = `${telling("if (id === 'b' && (await add('attempts')) === 1) throw new Error('not now');")}
const numberOf = ({ dynamodb: { SequenceNumber: itemIdentifier } }) => ({ itemIdentifier });
const each = async ({ Records }) => {
  for (const record of Records) {
    try { await handler({ Records: [record] }); } catch { return { batchItemFailures: [numberOf(record)] }; }
  }
  return { batchItemFailures: [] };
};
export { each as handler };`.replace('export const handler', 'const handler');
    const runs = await everyClass(togetherLab(code, ', FunctionResponseTypes: [ReportBatchItemFailures]'));
    expect(resultsOf(runs)).toEqual([{ a: 'I1 ', b: 'I1 ', c: 'I1 ', dead: 0 }]);
  });

  it('DD-21 are given up together when they are older than the mapping takes', async () => {
    const runs = await everyClass(togetherLab(POISON, `, MaximumRecordAgeInSeconds: 60${DEAD}`));
    expect(resultsOf(runs)).toEqual([{ a: 'I1 '.repeat(6), b: null, c: null, dead: 1 }]);
    expect(letters(runs)).toMatchObject([
      { requestContext: { condition: 'RecordAgeExceeded' }, DDBStreamBatchInfo: { batchSize: 3 } },
    ]);
  });
});
