/**
 * The workloads of the reduction's table: lanes that get and put items through real SDK clients, against the real engine.
 *
 * Each is a small stack and a scenario of N lanes. A lane returns what it read, so that a lost update shows without another
 * call.
 */

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Lab, Observation, Scenario, ScenarioContext } from '../course/lab.ts';
import { prepare, type Submission } from '../grader/submission/submission.ts';
import { NODE } from '../node/platform.ts';

/** What a lane knows at its end: the item, and the number that it read there. */
interface Read {
  readonly id: string;
  readonly n: number;
}

type Lane = (context: ScenarioContext, lane: number) => Promise<Read>;

export interface Workload {
  readonly name: string;
  readonly lane: Lane;
  /**
   * The steps of one lane, and the item that it gets and puts with the last two, for schedulers over plain functions; null if
   * the number of steps depends on the order.
   */
  readonly plain: { readonly steps: number; itemOf(lane: number): string } | null;
  /** By number of lanes: the count of an independent prototype, which counts orders itself where no formula does. */
  readonly prototype: Readonly<Record<number, number>>;
  readonly naive?: Readonly<Record<number, number>>;
  /** Whether lanes send equal calls, which need not be distinguished. */
  readonly hasEqualCalls: boolean;
  /** With this many lanes or more it takes minutes. */
  readonly longFrom?: number;
  /** Whether some order breaks the rule that two lanes never read the same number. */
  readonly canFail: boolean;
}

const hot = (): string => 'hot';
const own = (lane: number): string => `own-${lane}`;
const half = (lane: number): string => `half-${lane % 2}`;

const getPut =
  (itemOf: (lane: number) => string): Lane =>
  async ({ clients }, lane) => {
    const id = itemOf(lane);
    const { Item } = await clients.documents.send(new GetCommand({ TableName: 'items', Key: { id } }));
    const n = Number(Item?.n ?? 0);
    await clients.documents.send(new PutCommand({ TableName: 'items', Item: { id, n: n + 1 } }));
    return { id, n };
  };

/** A failed condition leads to another attempt. */
const compareAndSwap: Lane = async ({ clients }) => {
  for (;;) {
    const { Item } = await clients.documents.send(new GetCommand({ TableName: 'items', Key: { id: 'hot' } }));
    const n = Number(Item?.n ?? 0);
    const unchanged =
      Item === undefined
        ? { ConditionExpression: 'attribute_not_exists(id)' }
        : { ConditionExpression: 'n = :n', ExpressionAttributeValues: { ':n': n } };
    try {
      await clients.documents.send(new PutCommand({ TableName: 'items', Item: { id: 'hot', n: n + 1 }, ...unchanged }));
      return { id: 'hot', n };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
};

const invoke =
  (functionOf: (lane: number) => string): Lane =>
  async ({ clients }, lane) => {
    const answer = await clients.lambda.send(new InvokeCommand({ FunctionName: functionOf(lane), Payload: '{}' }));
    return JSON.parse(new TextDecoder().decode(answer.Payload)) as Read;
  };

const HANDLER = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'items';
export const handler = async (_event: object, context: { awsRequestId: string }) => {
  const config = await documents.send(new GetCommand({ TableName, Key: { id: 'config' } }));
  const Item = { id: 'row-' + context.awsRequestId, by: config.Item?.by ?? 'nobody' };
  await documents.send(new PutCommand({ TableName, Item }));
  const counter = await documents.send(new GetCommand({ TableName, Key: { id: 'counter' } }));
  const n = Number(counter.Item?.n ?? 0);
  await documents.send(new PutCommand({ TableName, Item: { id: 'counter', n: n + 1 } }));
  return { id: 'counter', n };
};
`;

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'get and put of one item each',
    hasEqualCalls: true,
    lane: getPut(hot),
    plain: { steps: 2, itemOf: hot },
    prototype: { 3: 36, 4: 576, 5: 14_400 },
    canFail: true,
  },
  {
    name: 'each lane its own item',
    hasEqualCalls: false,
    lane: getPut(own),
    plain: { steps: 2, itemOf: own },
    prototype: { 3: 1, 4: 1, 5: 1 },
    canFail: false,
  },
  {
    name: 'half on one item',
    hasEqualCalls: true,
    lane: getPut(half),
    plain: { steps: 2, itemOf: half },
    prototype: { 3: 4, 4: 16, 5: 144 },
    canFail: true,
  },
  {
    name: 'handler: read config, write own row, get and put a counter; a function for each lane',
    hasEqualCalls: false,
    lane: invoke((lane) => `work-${lane}`),
    plain: { steps: 5, itemOf: hot },
    prototype: { 3: 36, 4: 576, 5: 14_400 },
    canFail: true,
  },
  {
    // An environment is reused when its invocation is over, so a later invocation may find it warm, and code can see that.
    name: 'the same, one function for all: its environments are used again',
    hasEqualCalls: true,
    lane: invoke(() => 'work-0'),
    plain: { steps: 5, itemOf: hot },
    prototype: { 3: 36, 4: 576, 5: 14_400 },
    longFrom: 5,
    canFail: true,
  },
  {
    name: 'compare-and-swap with retry',
    hasEqualCalls: true,
    lane: compareAndSwap,
    plain: null,
    prototype: { 3: 60, 4: 3_120, 5: 530_400 },
    longFrom: 5,
    naive: { 3: 498, 4: 1_033_272, 5: 88_000_000_000 },
    canFail: false,
  },
];

/** The number of orders of `lanes` lanes of `steps` steps each: (lanes · steps)! / steps!^lanes. */
export function ordersOfLanes(lanes: number, steps: number): number {
  let orders = 1;
  for (let lane = 2; lane <= lanes; lane += 1) {
    for (let step = 1; step <= steps; step += 1) orders *= ((lane - 1) * steps + step) / step;
  }
  return Math.round(orders);
}

/** Whether no two lanes read the same number of the same item. */
export function noneIsLost({ reads }: Observation): boolean {
  const seen = (reads as readonly Read[]).map(({ id, n }) => `${id} ${n}`);
  return new Set(seen).size === seen.length;
}

/** The stack of a workload, and its scenario with this many lanes. */
export async function stackFor(
  { lane }: Workload,
  lanes: number,
  equalCallsAreAlike = false,
): Promise<{ readonly submission: Submission; readonly scenario: Scenario }> {
  const scenario: Scenario = {
    name: 'lanes',
    title: 'lanes',
    equalCallsAreAlike,
    plan: { mode: 'exhaustive', maxSchedules: 1, sampleInstead: { schedules: 1, seed: 1 } },
    async run(context) {
      const reads = await context.together(
        Array.from({ length: lanes }, (_, at) => (part: ScenarioContext) => lane(part, at)),
      );
      return { reads };
    },
  };
  const files = new Map([
    ['template.yaml', templateFor(lanes)],
    ['src/work.ts', HANDLER],
  ]);
  const prepared = await prepare(NODE, labOf(scenario, [...files.keys()]), files);
  if (!prepared.ok) throw new Error(prepared.findings.map(({ message }) => message).join('; '));
  return { submission: prepared.submission, scenario };
}

function labOf(scenario: Scenario, editable: readonly string[]): Lab {
  const nothing = { checks: [], hints: [], mutants: [] };
  return { slug: 'lanes', version: 1, title: 'Lanes', editable, tasks: [], scenarios: [scenario], ...nothing };
}

function templateFor(lanes: number): string {
  const functions = Array.from(
    { length: lanes },
    (_, lane) => `
  Work${lane}:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: work-${lane}
      Runtime: nodejs24.x
      Handler: work.handler
      Code: src/
      Role: arn:aws:iam::123456789012:role/work
      Timeout: 10`,
  );
  return `AWSTemplateFormatVersion: '2010-09-09'
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
          KeyType: HASH${functions.join('')}
`;
}
