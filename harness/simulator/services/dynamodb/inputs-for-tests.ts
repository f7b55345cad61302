/**
 * For tests: inputs for DynamoDB's operations, with two tables and a few items.
 */

import fc from 'fast-check';
import type { Input } from '../../contract/answer.ts';
import {
  always,
  type Look,
  merged,
  type OperationInputs,
  type ServiceInputs,
} from '../../contract/inputs-for-tests.ts';
import { SECOND, TABLE } from '../../programs/names-for-tests.ts';

const id = fc.constantFrom('a', 'a', 'b');
const n = fc.constantFrom('1', '2');
/** The second table has an index; some calls create it, delete it, or do not find it. */
const TABLE_ARN = `arn:aws:dynamodb:us-east-1:123456789012:table/${TABLE}`;
const TableName = fc.constantFrom(TABLE, TABLE, TABLE_ARN, SECOND);
const named = fc.constantFrom(TABLE, TABLE_ARN);
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
const setting = {
  UpdateExpression: 'SET n = if_not_exists(n, :zero) + :one',
  ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' } },
};
const update = merged(keyed, always(setting));
const putOrCheck = fc.oneof(
  merged(whole, condition).map((Put) => ({ Put })),
  update.map((Update) => ({ Update })),
  merged(keyed, condition).map((Delete) => ({ Delete })),
  merged(keyed, always({ ConditionExpression: 'attribute_exists(id)' })).map((ConditionCheck) => ({ ConditionCheck })),
);
const index = {
  IndexName: 'byN',
  KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
};

const STREAMED = { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } };

const inputs: OperationInputs = {
  BatchGetItem: fc
    .record({ id, named })
    .map(({ id: S, named: name }) => ({ RequestItems: { [name]: { Keys: [{ id: { S } }] } } })),
  BatchWriteItem: fc.record({ id, n, named }).map(({ id: S, n: N, named: name }) => ({
    RequestItems: { [name]: [{ PutRequest: { Item: { id: { S }, n: { N } } } }] },
  })),
  CreateTable: merged(
    always({
      ...{ TableName: SECOND, BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'n', AttributeType: 'N' },
      ],
      GlobalSecondaryIndexes: [index],
    }),
    fc.constantFrom<Input>({}, STREAMED),
  ),
  DeleteItem: merged(merged(keyed, condition), always({ ReturnValues: 'ALL_OLD' })),
  DeleteTable: always({ TableName: SECOND }),
  DescribeTable: TableName.map((name) => ({ TableName: name })),
  DescribeTimeToLive: TableName.map((name) => ({ TableName: name })),
  GetItem: merged(keyed, fc.constantFrom({}, { ConsistentRead: true })),
  ListTables: always({}),
  PutItem: merged(whole, condition),
  Query: fc.oneof(
    fc.record({ TableName, id }).map(({ TableName: name, id: S }) => ({
      ...{ TableName: name, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S } } },
    })),
    n.map((N) => ({
      ...{ TableName: SECOND, IndexName: 'byN', KeyConditionExpression: 'n = :n' },
      ExpressionAttributeValues: { ':n': { N } },
    })),
  ),
  Scan: merged(
    TableName.map((name) => ({ TableName: name })),
    fc.constantFrom({}, { Limit: 1 }),
  ),
  TransactGetItems: fc
    .array(
      keyed.map((Get) => ({ Get })),
      { minLength: 1, maxLength: 2 },
    )
    .map(transacting),
  TransactWriteItems: merged(
    fc.array(putOrCheck, { minLength: 1, maxLength: 2 }).map(transacting),
    fc.constantFrom({}, {}, { ClientRequestToken: 'once' }),
  ),
  UpdateItem: merged(update, fc.constantFrom({}, { ReturnValues: 'ALL_NEW' })),
  UpdateTimeToLive: fc.boolean().map((Enabled) => ({
    ...{ TableName: TABLE, TimeToLiveSpecification: { AttributeName: 'expires', Enabled } },
  })),
};

function transacting(items: readonly Input[]): Input {
  return { TransactItems: items };
}

const looks: readonly Look[] = [
  { operation: 'ListTables', input: {} },
  ...[TABLE, SECOND].map((name) => ({ operation: 'Scan', input: { TableName: name } })),
];

const serviceInputs: ServiceInputs = { inputs, looks };
export default serviceInputs;
