/**
 * A stack that is updated while its functions work: the SDK's client in a scenario and in a handler, and every order of what follows.
 */

import {
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { Observation, ScenarioContext } from '../../../course/lab.ts';
import { rowsOf } from '../../../grader/draw/rows.ts';
import { left, rest, told } from '../../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  everyClass,
  everyRun,
  invokeFunction,
  look,
  type SmallLabOptions,
  withRunner,
} from '../../../grader/fixtures/small-lab.ts';
import { runScenario } from '../../../scenario/run-scenario.ts';
import { SourceDpor } from '../../kernel/source-dpor/source-dpor.ts';
import { ResumedRuns } from '../../resumed-runs.ts';
import type { WorldRun } from '../../world.ts';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
const ADD_EACH = 'export const handler = async (event) => { for (const { body } of event.Records) await add(body); };';
/** Before and after. */
const [SMALL, LARGE] = ['BatchSize: 1', 'BatchSize: 2'];

const QUEUE = `  Orders:
    Type: AWS::SQS::Queue
    Properties: { QueueName: orders, VisibilityTimeout: 60 }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref f, ${SMALL} }
`;

type Change = (template: string) => string;

async function send({ clients }: ScenarioContext, MessageBody: string): Promise<void> {
  await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}

/** Hands the stack another template: the one that it has, changed. */
async function update({ clients: { cloudformation } }: ScenarioContext, change: Change): Promise<void> {
  const { TemplateBody = '' } = await cloudformation.send(new GetTemplateCommand({ StackName: 'small' }));
  await cloudformation.send(new UpdateStackCommand({ StackName: 'small', TemplateBody: change(TemplateBody) }));
}

async function statusOf({ clients: { cloudformation } }: ScenarioContext): Promise<string> {
  const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'small' }));
  return stack?.StackStatus ?? 'none';
}

/** A function that reads a queue. Messages are sent, the stack is updated, and more messages are sent. */
const shop = (change: Change, more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { f: ADD_EACH },
  resources: QUEUE,
  run: async (context) => {
    await send(context, 'first');
    await update(context, change);
    await send(context, 'second');
    await rest(context);
    const done = [await look(context, 'first'), await look(context, 'second')];
    return { status: await statusOf(context), left: await left(context, 'orders'), done: done.join(' ') };
  },
  ...more,
});

const resultsOf = (runs: readonly WorldRun<Observation>[]) => distinct(runs.map(({ result }) => result));

describe('an update of a mapping while messages flow', () => {
  const larger: Change = (template) => template.replace(SMALL, LARGE);

  it('loses no message and doubles none, in whatever order its calls come', async () => {
    const runs = await everyClass(shop(larger));
    expect(resultsOf(runs)).toEqual([{ status: 'UPDATE_COMPLETE', left: 0, done: '1 1' }]);
    expect(runs.length).toBeGreaterThan(1);
  });

  it('has the same outcomes with and without reduction', async () => {
    const one = shop(larger, {
      run: async (context) => {
        await send(context, 'first');
        await update(context, larger);
        await rest(context);
        return { status: await statusOf(context), done: await look(context, 'first') };
      },
    });
    const [all, some] = [await everyRun(one), await everyClass(one)];
    expect(resultsOf(all)).toEqual(resultsOf(some));
    expect(all.length).toBeGreaterThan(some.length);
  });
});

describe('an update that is refused while messages flow', () => {
  /** The account has no such reservation to give; the queue is changed before that is known. */
  const tooMuch: Change = (template) =>
    template
      .replace('VisibilityTimeout: 60', 'VisibilityTimeout: 90')
      .replace('Timeout: 10', 'Timeout: 10\n      ReservedConcurrentExecutions: 950')
      .replace('  f:\n', '  f:\n    DependsOn: Orders\n')
      .replace(SMALL, LARGE);

  it('is rolled back in every order, and nothing is lost', async () => {
    const runs = await everyClass(shop(tooMuch));
    expect(resultsOf(runs)).toEqual([{ status: 'UPDATE_ROLLBACK_COMPLETE', left: 0, done: '1 1' }]);
  });

  it('is told with its reason, and drawn with the stack’s own calls', async () => {
    const [run = expect.fail('no run')] = await everyClass(shop(tooMuch));
    expect(told(run)).toMatch(
      /The resource f of the stack small is UPDATE_FAILED at step \d+: Resource handler returned message: "Specified ReservedConcurrentExecutions/,
    );
    const drawn = rowsOf(run.trace).flatMap(({ actor, text, notes }) => [
      `${actor}: ${text}`,
      ...notes.map((note) => `${note.actor}: ${note.text}`),
    ]);
    expect(drawn).toContain('stack small: UPDATE_ROLLBACK_IN_PROGRESS');
    expect(drawn.filter((line) => line.startsWith('stack small: SetQueueAttributes'))).toHaveLength(2);
  });
});

describe('runs that go on from one another', () => {
  it('show of a stack what they show from their start', async () => {
    const slower: Change = (template) =>
      template.replace(SMALL, LARGE).replace('VisibilityTimeout: 60', 'VisibilityTimeout: 90');
    const shown = (resumed?: ResumedRuns<Observation>) =>
      withRunner(shop(slower), async (runner) => {
        const dpor = new SourceDpor();
        const runs: string[] = [];
        for (let choices = dpor.next(); choices !== null && runs.length < 40; choices = dpor.next()) {
          const asked = resumed === undefined ? runner : { ...runner, resumed };
          const { end, result, trace } = await runScenario(asked, choices, 'explore').done;
          runs.push(JSON.stringify([end, result, choices.record, trace]));
        }
        return runs;
      });
    const fromStart = await shown();
    expect(fromStart.length).toBeGreaterThan(1);
    expect(await shown(new ResumedRuns<Observation>())).toEqual(fromStart);
  });
});

describe('a queue that is replaced', () => {
  it('loses what is still in it: exploration finds the trap', async () => {
    const fifo: Change = (template) =>
      template.replace(
        'QueueName: orders, VisibilityTimeout: 60',
        'QueueName: orders.fifo, FifoQueue: true, VisibilityTimeout: 60',
      );
    const options = shop(fifo, {
      run: async (context) => {
        await send(context, 'first');
        await update(context, fifo);
        await rest(context);
        return { status: await statusOf(context), done: (await look(context, 'first')) ?? 0 };
      },
    });
    const results = resultsOf(await everyClass(options));
    expect(results).toContainEqual({ status: 'UPDATE_COMPLETE', done: 0 });
    expect(results).toContainEqual({ status: 'UPDATE_COMPLETE', done: 1 });
  });
});

describe('a handler', () => {
  it('updates its own stack with the SDK’s client, and gets AWS’s errors', async () => {
    const code = `
import { CloudFormationClient, DescribeStackEventsCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
const stacks = new CloudFormationClient({});
export const handler = async () => {
  const same = new UpdateStackCommand({ StackName: 'small', UsePreviousTemplate: true });
  const { name, message } = await stacks.send(same).catch((error) => error);
  const { StackEvents } = await stacks.send(new DescribeStackEventsCommand({ StackName: 'small' }));
  return { name, message, last: StackEvents[0].ResourceStatus, isDate: StackEvents[0].Timestamp instanceof Date };
};`;
    const runs = await everyClass({
      functions: { f: code },
      run: async (context) => {
        const answer = await invokeFunction(context, 'f', {});
        const { StackEvents = [] } = await context.clients.cloudformation.send(
          new DescribeStackEventsCommand({ StackName: 'small' }),
        );
        return { answer: JSON.stringify(answer), events: StackEvents.length };
      },
    });
    const [first = {}] = runs.map(({ result }) => result);
    expect(String(first.answer)).toContain('No updates are to be performed.');
    expect(String(first.answer)).toContain('ValidationError');
    expect(String(first.answer)).toContain('CREATE_COMPLETE');
    expect(first.events).toBe(8);
  });
});
