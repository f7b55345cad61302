/**
 * Equal choices give byte-equal traces: twice in one host, in another host, in a child process, and in both SDK modes. The
 * lab's shortest failure is stored as a file, so that other machines can be compared with it. When the starter or the trace
 * changes on purpose, replace the file by the first check's counterexample from `grade`. Runs are compared without lines of
 * code: the full stack sends later, when the learner's line is no longer on the stack.
 */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scenario } from '../course/lab.ts';
import { lostUpdate } from '../course/lost-update/lab.ts';
import { invokeFunction, look, smallLab } from '../grader/fixtures/small-lab.ts';
import { replayRun } from '../grader/replay/replay.ts';
import { prepare, type Submission } from '../grader/submission/submission.ts';
import type { SdkMode } from '../host/sdk/realm-port.ts';
import { NODE } from '../node/platform.ts';
import type { HostKind } from '../platform/platform.ts';
import { startHost } from '../platform/start-host.ts';
import type { Host } from '../simulator/host.ts';
import { replay as replayChoices, seeded } from '../simulator/kernel/choices.ts';
import { ScenarioSdk } from './clients.ts';
import { runScenario } from './run-scenario.ts';

const SEEDS = [1, 2, 3, 4];
const LIMITS = { stepLimitMs: 5_000, locate: false } as const;

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const filesIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(lostUpdate.editable.map((path) => [path, read(`${folder}/${path}`)]));

const STARTER = filesIn('../course/lost-update/starter');

/** Two concurrent invocations, with a lost answer and a crash among the possible faults. */
const small = (code: string, resources = '') => {
  const { lab, files } = smallLab({
    functions: { f: code },
    resources,
    faults: { 'answer-lost': 1, 'crash-after': 1 },
    run: async (context) => {
      await Promise.all([1, 2].map((visitor) => invokeFunction(context, 'f', { visitor })));
      return { n: await look(context, 'a') };
    },
  });
  return { lab, files };
};

const SUBJECTS = {
  'the starter of lost-update': { lab: lostUpdate, files: STARTER },
  'the solution of lost-update': { lab: lostUpdate, files: filesIn('../../solutions/lost-update') },
  'the document client': small(
    'export const handler = async ({ visitor }) => { const n = await get("a"); await Promise.all([put("a", (n ?? 0) + 1), put("v" + visitor, visitor)]); return n; };',
  ),
  'the plain client, with bytes and a random sleep': small(
    `import { PutItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
    const plain = new DynamoDBClient({ region: 'eu-west-1' });
    export const handler = async ({ visitor }) => {
      await sleep(Math.random() * 50);
      await plain.send(new PutItemCommand({ TableName, Item: { id: { S: 'b' }, bytes: { B: new Uint8Array([1, visitor, 255]) } } }));
      const { Item, $metadata } = await plain.send(new GetItemCommand({ TableName, Key: { id: { S: 'b' } } }));
      return { bytes: [...Item.bytes.B], status: $metadata.httpStatusCode, id: $metadata.requestId };
    };`,
  ),
  'a failed condition and its retry': small(
    `export const handler = async () => {
      for (let attempt = 1; ; attempt += 1) {
        const n = (await get('a')) ?? 0;
        try {
          await documents.send(new ddb.PutCommand({ TableName, Item: { id: 'a', n: n + 1 },
            ConditionExpression: 'attribute_not_exists(n) OR n = :n', ExpressionAttributeValues: { ':n': n },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
          return attempt;
        } catch (error) {
          console.log(error.name, error.message, error.$fault, JSON.stringify(error.Item ?? null));
          if (attempt === 3) throw error;
        }
      }
    };`,
  ),
  'a paginator': small(
    `export const handler = async ({ visitor }) => {
      for (const id of ['x', 'y', 'z']) await put(id + visitor, visitor);
      const seen = [];
      for await (const page of ddb.paginateScan({ client: documents, pageSize: 2 }, { TableName })) seen.push(page.Items.length);
      return seen;
    };`,
  ),
  'a queue, with attributes, batches, long polls and errors': small(
    `import * as sqs from '@aws-sdk/client-sqs';
    const client = new sqs.SQSClient({});
    const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
    export const handler = async ({ visitor }) => {
      await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'from ' + visitor, DelaySeconds: visitor,
        MessageAttributes: { who: { DataType: 'Number', StringValue: String(visitor) }, raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, visitor]) } } }));
      const { Failed } = await client.send(new sqs.SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'x' }, { Id: 'b', MessageBody: 'y', DelaySeconds: 901 }] }));
      const { Messages = [], $metadata } = await client.send(new sqs.ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5,
        MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] }));
      for (const { ReceiptHandle } of Messages) await client.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      const error = await client.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'none' })).catch((caught) => caught);
      console.log(error.name, error.message, error.$fault, error.Code, error.Type, error instanceof sqs.ReceiptHandleIsInvalid);
      return { Failed, bodies: Messages.map(({ Body, Attributes, MessageAttributes }) => [Body, Attributes.ApproximateReceiveCount, [...(MessageAttributes?.raw?.BinaryValue ?? [])]]), id: $metadata.requestId };
    };`,
    '  Orders: { Type: AWS::SQS::Queue, Properties: { QueueName: orders } }\n',
  ),
  'middleware of the learner': small(
    `const watched = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
    watched.middlewareStack.add((next, context) => async (args) => { console.log('before', context.commandName); const result = await next(args); console.log('after', context.commandName); return result; }, { step: 'initialize', name: 'watch' });
    export const handler = async () => { const { Attributes } = await watched.send(new ddb.UpdateCommand({ TableName, Key: { id: 'a' }, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': 1 }, ReturnValues: 'ALL_NEW' })); return Attributes; };`,
  ),
} as const;

/** Where two texts differ, with their surroundings, since whole traces are too long to print. */
function firstDifference(a: string, b: string): readonly [string, string] | null {
  if (a === b) return null;
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return [a.slice(Math.max(0, at - 150), at + 80), b.slice(Math.max(0, at - 150), at + 80)];
}

async function submissionOf({ lab, files }: (typeof SUBJECTS)[keyof typeof SUBJECTS], mode?: SdkMode) {
  const prepared = await prepare(NODE, lab, files, mode);
  if (!prepared.ok) throw new Error(prepared.findings.map(({ message }) => message).join('; '));
  return prepared.submission;
}

describe.each(Object.entries(SUBJECTS))('%s', (_name, subject) => {
  const [scenario] = subject.lab.scenarios as readonly [Scenario];
  const opened: { close(): void }[] = [];
  /** The trace of one run, as text. */
  type Run = (chosen: readonly number[] | number) => Promise<{ text: string; chosen: readonly number[] }>;
  const on = async (kind: HostKind, submission: Submission): Promise<Run> => {
    const host: Host & { close(): void } = await startHost(NODE, kind, submission.sources, LIMITS);
    opened.push(host);
    const sdk = new ScenarioSdk();
    return async (given) => {
      const choices = typeof given === 'number' ? seeded(given) : replayChoices(given);
      const { trace, end } = await runScenario({ platform: NODE, submission, scenario, host, sdk }, choices, 'verify')
        .done;
      expect(end).toBe('quiet');
      return { text: JSON.stringify(trace), chosen: choices.record.map(({ chosen }) => chosen) };
    };
  };
  let here: Run;
  let elsewhere: Readonly<Record<string, Run>>;

  beforeAll(async () => {
    const [direct, wire] = await Promise.all([submissionOf(subject), submissionOf(subject, 'wire')]);
    here = await on('in-realm', direct);
    elsewhere = {
      'the same host': here,
      'a fresh host': await on('in-realm', direct),
      'a child process': await on('isolated', direct),
      'the SDK’s full stack': await on('in-realm', wire),
    };
  });

  afterAll(() => {
    for (const host of opened) host.close();
  });

  it.each(SEEDS)('runs the same everywhere under the choices of seed %i', async (seed) => {
    const { text, chosen } = await here(seed);
    for (const [where, run] of Object.entries(elsewhere)) {
      const again = await run(chosen);
      expect(firstDifference(again.text, text), where).toBeNull();
    }
  });
});

describe('the shortest failure of lost-update', () => {
  const fixture = JSON.parse(read('../course/lost-update/shortest-failure.trace.json')) as {
    token: string;
    trace: unknown;
  };

  it.each(['in-realm', 'isolated'] as const)('is the same on every machine, replayed %s', async (host) => {
    const result = await replayRun({ platform: NODE, lab: lostUpdate, files: STARTER, token: fixture.token, host });
    if (result.kind !== 'replayed') throw new Error(result.message);
    expect(result.sameCode).toBe(true);
    expect(JSON.stringify(result.trace, null, 1)).toBe(JSON.stringify(fixture.trace, null, 1));
    expect(result.violations).toEqual([
      { check: 'every-bump-counts', headline: '3 bumps were answered, but the counter says 2: 1 bump is lost.' },
      { check: 'number-of-ones-own', headline: 'Visitors 2 and 3 both got the number 2.' },
    ]);
  });
});
