/**
 * A FIFO queue as a learner uses it: a producer, a mapping, a handler, and every order of what follows.
 */

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { Observation, ScenarioContext } from '../../../course/lab.ts';
import { rowsOf } from '../../../grader/draw/rows.ts';
import { left, mostInvocationsAtOnce, rest, told } from '../../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  everyClass,
  invokeFunction,
  type SmallFunction,
  type SmallLabOptions,
} from '../../../grader/fixtures/small-lab.ts';
import type { WorldRun } from '../../world.ts';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders.fifo';

interface FifoOptions extends Partial<SmallLabOptions> {
  /** Further properties of the mapping, each after a comma. */
  readonly mapping?: string;
  readonly maxReceiveCount?: number;
  readonly visibilityS?: number;
  readonly f?: SmallFunction | string;
}

/** A handler that makes one call for each message. */
const ADD_EACH = 'export const handler = async (event) => { for (const { body } of event.Records) await add(body); };';

/** A lab of one FIFO queue, whose messages go to `f`: `send` sends them, one after the other. */
function fifoLab(
  sent: readonly string[],
  { mapping = '', maxReceiveCount = 3, visibilityS = 60, f = ADD_EACH, ...more }: FifoOptions = {},
): SmallLabOptions {
  const options: SmallLabOptions = {
    functions: { f },
    resources: `  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders.fifo
      FifoQueue: true
      ContentBasedDeduplication: true
      VisibilityTimeout: ${visibilityS}
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: ${maxReceiveCount} }
  Dead:
    Type: AWS::SQS::Queue
    Properties: { QueueName: dead.fifo, FifoQueue: true }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref f, BatchSize: 1${mapping} }
`,
    run: async (context) => {
      for (const body of sent) await send(context, body);
      await rest(context);
      return { left: await left(context, 'orders.fifo'), dead: await left(context, 'dead.fifo') };
    },
    ...more,
  };
  return options;
}

/** Sends `blue-1` to the group `blue`. */
async function send({ clients }: ScenarioContext, MessageBody: string): Promise<void> {
  await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: MessageBody.split('-')[0] }));
}

const AT_MOST_TWO = ', ScalingConfig: { MaximumConcurrency: 2 }';
const resultsOf = (runs: readonly WorldRun<Observation>[]) => distinct(runs.map(({ result }) => result));

/** What the function did of each group: `blue-1 begins`, `blue-1 ends`, in order. */
function workByGroup({ trace }: WorldRun<Observation>): ReadonlyMap<string, readonly string[]> {
  const bodies = new Map<string, string>();
  const inHand = new Map<string, readonly string[]>();
  const work = new Map<string, string[]>();
  let taken: string[] = [];
  const note = (what: readonly string[], word: string) => {
    for (const body of what) {
      const group = body.split('-')[0] ?? '';
      work.set(group, [...(work.get(group) ?? []), `${body} ${word}`]);
    }
  };
  for (const { actor, event } of trace) {
    if (event.kind === 'message-sent') bodies.set(event.messageId, event.body);
    if (event.kind === 'message-received' && event.by !== 'scenario') taken.push(bodies.get(event.messageId) ?? '?');
    if (event.kind === 'invocation-started') {
      inHand.set(actor, taken);
      note(taken, 'begins');
      taken = [];
    }
    if (event.kind === 'invocation-ended') note(inHand.get(actor) ?? [], 'ends');
  }
  return work;
}

describe('three groups and a MaximumConcurrency of 2', () => {
  it('are each processed in order, never one twice at once, under every schedule', async () => {
    const sent = ['blue-1', 'green-1', 'blue-2', 'red-1'];
    const runs = await everyClass(fifoLab(sent, { mapping: AT_MOST_TWO }));
    expect(resultsOf(runs)).toEqual([{ dead: 0, left: 0 }]);
    for (const run of runs) {
      const work = workByGroup(run);
      expect(work.get('blue')).toEqual(['blue-1 begins', 'blue-1 ends', 'blue-2 begins', 'blue-2 ends']);
      expect(work.get('red')).toEqual(['red-1 begins', 'red-1 ends']);
      expect(mostInvocationsAtOnce(run.trace)).toBeLessThanOrEqual(2);
    }
    expect(Math.max(...runs.map(({ trace }) => mostInvocationsAtOnce(trace)))).toBe(2);
  });
});

describe('a reservation, and no MaximumConcurrency', () => {
  const two = ['blue-1', 'green-1'];
  /** As short as AWS allows: the function's own timeout. A mapping gives up after 1, 2 and 4 seconds. */
  const tight = { visibilityS: 10, maxReceiveCount: 1 };
  const slow = { code: ADD_EACH, reserved: 1 };

  it('sends a message to the dead-letter queue that never ran, in some schedules: exploration finds the trap', async () => {
    const runs = await everyClass(fifoLab(two, { ...tight, f: slow }));
    expect(resultsOf(runs)).toEqual([
      { dead: 0, left: 0 },
      { dead: 1, left: 0 },
    ]);
    for (const run of runs.filter(({ result }) => result?.dead === 1)) {
      const begun = [...workByGroup(run).values()].flat().filter((word) => word.endsWith('begins'));
      expect(begun).toHaveLength(1);
    }
    const [trapped = expect.fail('no trap')] = runs.filter(({ result }) => result?.dead === 1);
    expect(told(trapped)).toMatch(
      /moved message \d to dead\.fifo at step \d+, after 1 receive without a delete\. The group \w+ goes on without it\./,
    );
  });

  it('is the trap: with a MaximumConcurrency within the reservation no message goes there', async () => {
    const within = { f: { code: ADD_EACH, reserved: 2 }, mapping: AT_MOST_TWO, ...tight };
    const runs = await everyClass(fifoLab([...two, 'red-1'], within));
    expect(resultsOf(runs)).toEqual([{ dead: 0, left: 0 }]);
  });
});

describe('a mapping whose delete is lost', () => {
  it('runs the function twice with a message, and the next one of its group only after that', async () => {
    const runs = await everyClass(fifoLab(['blue-1', 'blue-2'], { faults: { duplicate: 1 } }));
    const twice = runs.filter(({ trace }) => trace.some(({ event }) => event.kind === 'message-not-deleted'));
    expect(twice.length).toBeGreaterThan(0);
    for (const run of twice) {
      const begun = workByGroup(run)
        .get('blue')
        ?.filter((word) => word.endsWith('begins'));
      expect([
        ['blue-1 begins', 'blue-1 begins', 'blue-2 begins'],
        ['blue-1 begins', 'blue-2 begins', 'blue-2 begins'],
      ]).toContainEqual(begun);
    }
    expect(twice.map(told).join()).toMatch(
      /was done, and its delete was lost at step \d+: orders.fifo gives it out again/,
    );
    expect(resultsOf(runs)).toEqual([{ dead: 0, left: 0 }]);
  });
});

describe('a producer that sends again', () => {
  const PUT = `
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
const sqs = new SQSClient({});
export const handler = async () => {
  const input = { MessageBody: 'blue-1', MessageGroupId: 'blue', MessageDeduplicationId: 'order-1' };
  await sqs.send(new SendMessageCommand({ QueueUrl: '${QueueUrl}', ...input }));
};`;

  it('stores its message once, although an answer was lost', async () => {
    const runs = await everyClass(
      fifoLab([], {
        functions: { f: 'export const handler = async () => {};', put: PUT },
        faults: { 'answer-lost': 1 },
        run: async (context) => {
          await invokeFunction(context, 'put');
          await rest(context);
          return {};
        },
      }),
    );
    const sent = runs.map(({ trace }) => trace.filter(({ event }) => event.kind === 'message-sent').length);
    expect(distinct(sent)).toEqual([1]);
    const again = runs.filter(({ trace }) => trace.some(({ event }) => event.kind === 'message-deduplicated'));
    expect(again.length).toBeGreaterThan(0);
    expect(again.map(told).join()).toContain('Message 1 was sent to orders.fifo again at step');
    const rows = again.flatMap(({ trace }) => rowsOf(trace).map(({ text }) => text));
    expect(rows).toContain('message 1 again: a duplicate, not stored');
  });
});

describe('two producers', () => {
  const put = (group: string) => `
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
const sqs = new SQSClient({});
export const handler = async () => {
  for (const n of [1, 2]) {
    const input = { MessageBody: '${group}-' + n, MessageGroupId: '${group}', MessageDeduplicationId: process.env.AWS_LAMBDA_FUNCTION_NAME + n };
    await sqs.send(new SendMessageCommand({ QueueUrl: '${QueueUrl}', ...input }));
  }
};`;
  const both = (one: string, other: string) =>
    everyClass(
      fifoLab([], {
        functions: { one: put(one), other: put(other), f: 'export const handler = async () => {};' },
        mapping: ', Enabled: false',
        run: async (context) => {
          await Promise.all(['one', 'other'].map((name) => invokeFunction(context, name)));
          return { left: await left(context, 'orders.fifo') };
        },
      }),
    );

  it('of two groups do not meet: an order of their sends stands for all; those of one group come in every order', async () => {
    const [apart, together] = [await both('blue', 'green'), await both('blue', 'blue')];
    const orders = (runs: readonly WorldRun<Observation>[]) =>
      distinct(
        runs.map(({ trace }) =>
          trace.flatMap(({ actor, event }) => (event.kind === 'message-sent' ? [`${actor} ${event.body}`] : [])),
        ),
      );
    expect(orders(together)).toHaveLength(6);
    expect(apart.length * 3).toBeLessThanOrEqual(together.length);
  });
});

describe('a drawing of a FIFO queue', () => {
  it('names groups, and says which messages wait behind which', async () => {
    const runs = await everyClass(fifoLab(['blue-1', 'blue-2']));
    const rows = runs.flatMap(({ trace }) => rowsOf(trace).map(({ text }) => text));
    expect(rows).toContain('message 1 (blue) sent');
    expect(rows).toContain('starts: message 1 (blue)');
    const notes = runs.flatMap(({ trace }) => rowsOf(trace).flatMap((row) => row.notes.map(({ text }) => text)));
    expect(notes).toContain('blue: 1 message behind message 1');
  });
});
