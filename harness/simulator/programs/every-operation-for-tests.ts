/**
 * Random calls of every operation of every service, all about the same few things, so that they meet.
 */

import fc from 'fast-check';
import type { AwsCall } from '../contract/answer.ts';
import { toUtf8 } from '../contract/utf8.ts';
import type { ServiceName } from '../services/service.ts';
import { queueUrl, TABLE } from './account-for-tests.ts';
import { functionName, QUEUES } from './program-for-tests.ts';

type Input = Readonly<Record<string, unknown>>;
type Inputs = Readonly<Record<string, fc.Arbitrary<Input>>>;

const one = (input: Input): fc.Arbitrary<Input> => fc.constant(input);

const id = fc.constantFrom('a', 'a', 'b');
const n = fc.constantFrom('1', '2');
/** The second table has an index; some calls make it, delete it, or find it missing. */
const TableName = fc.constantFrom(TABLE, TABLE, TABLE, 'more');
const keyed = fc
  .record({ TableName, id })
  .map(({ TableName: name, id: S }) => ({ TableName: name, Key: { id: { S } } }));
const whole = fc
  .record({ TableName, id, n })
  .map(({ TableName: name, id: S, n: N }) => ({ TableName: name, Item: { id: { S }, n: { N } } }));
const condition = fc.constantFrom<Input>(
  {},
  { ConditionExpression: 'attribute_not_exists(id)' },
  { ConditionExpression: 'attribute_exists(id)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
);
const both = (a: fc.Arbitrary<Input>, b: fc.Arbitrary<Input>): fc.Arbitrary<Input> =>
  fc.tuple(a, b).map(([left, right]) => ({ ...left, ...right }));
const setting = {
  UpdateExpression: 'SET n = if_not_exists(n, :zero) + :one',
  ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' } },
};
const update = both(keyed, one(setting));
const putOrCheck = fc.oneof(
  both(whole, condition).map((Put) => ({ Put })),
  update.map((Update) => ({ Update })),
  both(keyed, condition).map((Delete) => ({ Delete })),
  both(keyed, one({ ConditionExpression: 'attribute_exists(id)' })).map((ConditionCheck) => ({ ConditionCheck })),
);
const index = {
  IndexName: 'byN',
  KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
};

const DYNAMODB: Inputs = {
  BatchGetItem: id.map((S) => ({ RequestItems: { [TABLE]: { Keys: [{ id: { S } }] } } })),
  BatchWriteItem: fc.record({ id, n }).map(({ id: S, n: N }) => ({
    RequestItems: { [TABLE]: [{ PutRequest: { Item: { id: { S }, n: { N } } } }] },
  })),
  CreateTable: one({
    ...{ TableName: 'more', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'n', AttributeType: 'N' },
    ],
    GlobalSecondaryIndexes: [index],
  }),
  DeleteItem: both(both(keyed, condition), one({ ReturnValues: 'ALL_OLD' })),
  DeleteTable: one({ TableName: 'more' }),
  DescribeTable: TableName.map((name) => ({ TableName: name })),
  DescribeTimeToLive: TableName.map((name) => ({ TableName: name })),
  GetItem: both(keyed, fc.constantFrom({}, { ConsistentRead: true })),
  ListTables: one({}),
  PutItem: both(whole, condition),
  Query: fc.oneof(
    fc.record({ TableName, id }).map(({ TableName: name, id: S }) => ({
      ...{ TableName: name, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S } } },
    })),
    n.map((N) => ({
      ...{ TableName: 'more', IndexName: 'byN', KeyConditionExpression: 'n = :n' },
      ExpressionAttributeValues: { ':n': { N } },
    })),
  ),
  Scan: both(
    TableName.map((name) => ({ TableName: name })),
    fc.constantFrom({}, { Limit: 1 }),
  ),
  TransactGetItems: fc
    .array(
      keyed.map((Get) => ({ Get })),
      { minLength: 1, maxLength: 2 },
    )
    .map(transacting),
  TransactWriteItems: both(
    fc.array(putOrCheck, { minLength: 1, maxLength: 2 }).map(transacting),
    fc.constantFrom({}, {}, { ClientRequestToken: 'once' }),
  ),
  UpdateItem: both(update, fc.constantFrom({}, { ReturnValues: 'ALL_NEW' })),
  UpdateTimeToLive: fc.boolean().map((Enabled) => ({
    ...{ TableName: TABLE, TimeToLiveSpecification: { AttributeName: 'expires', Enabled } },
  })),
};

function transacting(items: readonly Input[]): Input {
  return { TransactItems: items };
}

const QueueUrl = fc.constantFrom(...QUEUES, 'more').map((name) => ({ QueueUrl: queueUrl(name) }));
/** Of the first two messages of the first four queues. */
const receiptHandle = fc
  .record({ queue: fc.integer({ min: 1, max: 4 }), message: fc.constantFrom(1, 1, 2) })
  .map(({ queue, message }) => ({
    ReceiptHandle: `AQEBq${queue}m${message}r1`,
    QueueUrl: queueUrl(QUEUES[queue - 1] ?? 'more'),
  }));
const visibility = fc.constantFrom({ VisibilityTimeout: 0 }, { VisibilityTimeout: 40 });
const message = fc.record({ MessageBody: n });
const delay = fc.constantFrom<Input>({}, {}, { DelaySeconds: 1 }, { MessageGroupId: 'one' }, { MessageGroupId: 'two' });
const batched = ({ QueueUrl: url, ...entry }: Input): Input => ({ QueueUrl: url, Entries: [{ Id: 'x', ...entry }] });

const SQS: Inputs = {
  ChangeMessageVisibility: both(receiptHandle, visibility),
  ChangeMessageVisibilityBatch: both(receiptHandle, visibility).map(batched),
  CreateQueue: fc.constantFrom({ QueueName: 'more' }, { QueueName: 'more', Attributes: { VisibilityTimeout: '5' } }),
  DeleteMessage: receiptHandle,
  DeleteMessageBatch: receiptHandle.map(batched),
  GetQueueAttributes: both(QueueUrl, one({ AttributeNames: ['All'] })),
  GetQueueUrl: fc.constantFrom(...QUEUES, 'more').map((QueueName) => ({ QueueName })),
  ListDeadLetterSourceQueues: QueueUrl,
  ListQueues: one({}),
  PurgeQueue: QueueUrl,
  ReceiveMessage: both(
    QueueUrl,
    fc.constantFrom<Input>({}, {}, { MaxNumberOfMessages: 2 }, { WaitTimeSeconds: 1 }, { VisibilityTimeout: 0 }),
  ),
  SendMessage: both(both(QueueUrl, message), delay),
  SendMessageBatch: both(both(QueueUrl, message), delay).map(batched),
  SetQueueAttributes: both(
    QueueUrl,
    fc.constantFrom(
      { Attributes: { VisibilityTimeout: '31' } },
      { Attributes: { DelaySeconds: '1' } },
      {
        Attributes: {
          RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":1}',
        },
      },
    ),
  ),
};

/** The second one is there if somebody makes it. */
const FunctionName = fc.constantFrom(0, 0, 0, 9).map((place) => ({ FunctionName: functionName(place) }));
const retries = fc.nat({ max: 1 }).map((MaximumRetryAttempts) => ({ MaximumRetryAttempts }));
const inputQueue = { EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:input' };

/** @param uuid that of the mapping which the account has, or of none */
function lambda(uuid: string): Inputs {
  const UUID = one({ UUID: uuid });
  return {
    CreateEventSourceMapping: both(FunctionName, one({ ...inputQueue, BatchSize: 1 })),
    CreateFunction: one({
      ...{ FunctionName: functionName(9), Runtime: 'nodejs24.x', Handler: 'f0.handler', Code: { LocalFolder: 'src/' } },
      Role: 'arn:aws:iam::123456789012:role/any',
    }),
    DeleteEventSourceMapping: UUID,
    DeleteFunctionConcurrency: FunctionName,
    DeleteFunctionEventInvokeConfig: FunctionName,
    GetAccountSettings: one({}),
    GetEventSourceMapping: UUID,
    GetFunction: FunctionName,
    GetFunctionConcurrency: FunctionName,
    GetFunctionConfiguration: FunctionName,
    GetFunctionEventInvokeConfig: FunctionName,
    Invoke: both(
      both(FunctionName, one({ Payload: toUtf8('{"given":3}') })),
      fc.constantFrom({}, { InvocationType: 'Event' }, { InvocationType: 'DryRun' }),
    ),
    ListEventSourceMappings: fc.constantFrom({}, inputQueue),
    PutFunctionConcurrency: both(
      FunctionName,
      fc.constantFrom(0, 1, 2).map((units) => ({ ReservedConcurrentExecutions: units })),
    ),
    PutFunctionEventInvokeConfig: both(FunctionName, retries),
    UpdateEventSourceMapping: both(
      UUID,
      fc.constantFrom<Input>(
        { BatchSize: 2 },
        { Enabled: false },
        { Enabled: true },
        { ScalingConfig: { MaximumConcurrency: 2 } },
      ),
    ),
    UpdateFunctionEventInvokeConfig: both(FunctionName, retries),
  };
}

/** Every operation that a scenario or a handler may call, by service. */
export function everyOperation(uuid: string): Readonly<Partial<Record<ServiceName, Inputs>>> {
  return { DynamoDB: DYNAMODB, SQS, Lambda: lambda(uuid) };
}

/** One call of any operation; those of one service meet more often if `service` says which. */
export function anyCall(uuid: string, services: readonly ServiceName[]): fc.Arbitrary<AwsCall> {
  const all = Object.entries(everyOperation(uuid)) as [ServiceName, Inputs][];
  const calls = all
    .filter(([service]) => services.includes(service))
    .flatMap(([service, inputs]) =>
      Object.entries(inputs).map(([operation, inputOf]) =>
        inputOf.map((input): AwsCall => ({ service, operation, input })),
      ),
    );
  return fc.oneof(...calls);
}
