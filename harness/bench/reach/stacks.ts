/**
 * Small stacks of the shapes that later labs have: two queues with consumers that share one, batches, asynchronous events with a
 * reservation. Each with its scenario, for the table of reach.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Lab, Scenario, ScenarioContext } from '../../course/lab.ts';
import { prepare, type Submission } from '../../grader/submission/submission.ts';
import { NODE } from '../../node/platform.ts';
import type { FaultCounts } from '../../simulator/contract/fault.ts';

/** A stack with its scenario. */
export interface ReachStack {
  readonly template: string;
  readonly code: string;
  readonly faults?: FaultCounts;
  run(context: ScenarioContext): Promise<void>;
}

const CLIENTS = `
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'items';
`;

/** Adds each message once to a total: a marker first, then the sum. */
const ADD_ONCE = `${CLIENTS}
export const handler = async (event: { Records: readonly { body: string }[] }) => {
  for (const { body } of event.Records) {
    try {
      const Item = { id: 'done-' + body };
      await documents.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(id)' }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      continue;
    }
    const add = { UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': 1 } };
    await documents.send(new UpdateCommand({ TableName, Key: { id: 'total' }, ...add }));
  }
};`;

/** Reads the configuration and writes a row of its own. */
const WRITE_OWN = `${CLIENTS}
export const handler = async ({ id }: { id: number }) => {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id: 'config' } }));
  await documents.send(new PutCommand({ TableName, Item: { id: 'row-' + id, by: Item?.by ?? 'nobody' } }));
};`;

const TABLE = `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Items:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: items
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH`;

const functionNamed = (logicalId: string, more = ''): string => `
  ${logicalId}:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: ${logicalId.toLowerCase()}
      Runtime: nodejs24.x
      Handler: work.handler
      Code: src/
      Role: arn:aws:iam::123456789012:role/work
      Timeout: 10${more}`;

const queueNamed = (logicalId: string): string => `
  ${logicalId}:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60`;

const mappingOf = (queue: string, consumer: string, batchSize: number): string => `
  ${queue}To${consumer}:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt ${queue}.Arn
      FunctionName: !Ref ${consumer}
      BatchSize: ${batchSize}`;

const outputsOf = (...queues: readonly string[]): string =>
  `\nOutputs:${queues.map((queue) => `\n  ${queue}Url:\n    Value: !Ref ${queue}`).join('')}\n`;

const bodies = (prefix: string, many: number): readonly string[] =>
  Array.from({ length: many }, (_, at) => prefix + at);

async function send(
  { clients }: ScenarioContext,
  QueueUrl: string | undefined,
  messages: readonly string[],
): Promise<void> {
  const Entries = messages.map((MessageBody, at) => ({ Id: `m${at}`, MessageBody }));
  await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
}

/** A queue that two functions read, beside one with a function of its own. */
export const twoQueues = (messages: number, faults: FaultCounts): ReachStack => ({
  code: ADD_ONCE,
  faults,
  template: [
    ...[
      TABLE,
      queueNamed('Busy'),
      queueNamed('Quiet'),
      functionNamed('One'),
      functionNamed('Two'),
      functionNamed('Three'),
    ],
    ...[
      mappingOf('Busy', 'One', 1),
      mappingOf('Busy', 'Two', 1),
      mappingOf('Quiet', 'Three', 1),
      outputsOf('Busy', 'Quiet'),
    ],
  ].join(''),
  async run(context) {
    await send(context, context.outputs.BusyUrl, bodies('a', messages));
    await send(context, context.outputs.QuietUrl, bodies('b', 1));
  },
});

/** Messages in batches of two. */
export const batches = (messages: number, faults: FaultCounts): ReachStack => ({
  code: ADD_ONCE,
  faults,
  template: [TABLE, queueNamed('Busy'), functionNamed('One'), mappingOf('Busy', 'One', 2), outputsOf('Busy')].join(''),
  run: (context) => send(context, context.outputs.BusyUrl, bodies('a', messages)),
});

/** Asynchronous events, with at most `reserved` of them at once. */
export const events = (many: number, reserved?: number): ReachStack => ({
  code: WRITE_OWN,
  template: `${TABLE}${functionNamed('One', reserved === undefined ? '' : `\n      ReservedConcurrentExecutions: ${reserved}`)}\n`,
  async run({ clients }) {
    for (let id = 0; id < many; id += 1) {
      const Payload = JSON.stringify({ id });
      await clients.lambda.send(new InvokeCommand({ FunctionName: 'one', InvocationType: 'Event', Payload }));
    }
  },
});

/** Deploys a shape. Its scenario observes what the table holds in the end. */
export async function deployedForReach(
  shape: ReachStack,
): Promise<{ readonly submission: Submission; readonly scenario: Scenario }> {
  const scenario: Scenario = {
    name: 'shape',
    title: 'shape',
    ...(shape.faults === undefined ? {} : { faults: shape.faults }),
    plan: { mode: 'exhaustive', maxSchedules: 1, sampleInstead: { schedules: 1, seed: 1 } },
    async run(context) {
      await shape.run(context);
      await context.waitUntil('nothing is left to do', async () => true);
      const { Items } = await context.clients.documents.send(new ScanCommand({ TableName: 'items' }));
      return { items: Items?.map((item) => JSON.stringify(item)).sort() };
    },
  };
  const files = new Map([
    ['template.yaml', shape.template],
    ['src/work.ts', shape.code],
  ]);
  const nothing = { tasks: [], checks: [], hints: [], mutants: [] };
  const lab: Lab = {
    slug: 'shape',
    version: 1,
    title: 'ReachStack',
    editable: [...files.keys()],
    scenarios: [scenario],
    ...nothing,
  };
  const prepared = await prepare(NODE, lab, files);
  if (!prepared.ok) throw new Error(prepared.findings.map(({ message }) => message).join('; '));
  return { submission: prepared.submission, scenario };
}
