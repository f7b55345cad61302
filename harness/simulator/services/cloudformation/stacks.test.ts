/**
 * Stacks that are made and deleted in a run, and the calls that look at them.
 */

import { describe, expect, it } from 'vitest';
import { answeredWith, callsOfStack, errorOf, listIn, runOnStack, stackCall, updateTo } from './run-for-tests.ts';

const QUEUE = `Description: A queue.
Parameters:
  Key: { Type: String, Default: hidden, NoEcho: true }
  Seconds: { Type: Number, Default: 60 }
Resources:
  Orders: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: !Ref Seconds } }
  Dead: { Type: AWS::SQS::Queue, DependsOn: Orders, Properties: { DelaySeconds: 1 } }
Outputs:
  Url: { Value: !Ref Orders }
`;
const OTHER = { StackName: 'other' };
const make = (more: object = {}) => stackCall('CreateStack', { ...OTHER, TemplateBody: QUEUE, ...more });

describe('CreateStack', () => {
  it('CF-10 makes all resources of a template, in a stack of its own', async () => {
    const { answers, trace } = await runOnStack(QUEUE, [
      make(),
      stackCall('DescribeStacks', OTHER, true),
      stackCall('DescribeStacks', OTHER),
      stackCall('DescribeStackEvents', OTHER),
    ]);
    const statuses = answers.slice(1, 3).map((answer) => listIn(answeredWith(answer), 'Stacks')[0]?.StackStatus);
    expect(statuses).toEqual(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
    const events = listIn(answeredWith(answers[3]), 'StackEvents').reverse();
    expect(events.map((one) => `${one.LogicalResourceId}: ${one.ResourceStatus}`)).toEqual([
      'other: CREATE_IN_PROGRESS',
      ...['Orders', 'Dead'].flatMap((id) => [
        ...[`${id}: CREATE_IN_PROGRESS`, `${id}: CREATE_IN_PROGRESS`, `${id}: CREATE_COMPLETE`],
      ]),
      'other: CREATE_COMPLETE',
    ]);
    const made = trace.flatMap(({ actor, event }) =>
      actor === 'stack other' && event.kind === 'call-sent' ? [event.operation] : [],
    );
    expect(made).toEqual(['CreateQueue', 'CreateQueue']);
  });

  it('CF-10 deletes all that it has made when a service refuses, and leaves a stack that can only be deleted', async () => {
    const refused = QUEUE.replace('DelaySeconds: 1', 'RedriveAllowPolicy: { redrivePermission: denyAll }').replace(
      'Outputs:',
      `  Last:
    Type: AWS::SQS::Queue
    Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 2 } }
Outputs:`,
    );
    const { answers, trace } = await runOnStack(QUEUE, [
      make({ TemplateBody: refused }),
      stackCall('DescribeStackEvents', OTHER),
      stackCall('UpdateStack', { ...OTHER, TemplateBody: QUEUE }),
      stackCall('DeleteStack', OTHER),
      stackCall('DescribeStacks', OTHER),
    ]);
    const stack = listIn(answeredWith(answers[1]), 'StackEvents')
      .reverse()
      .filter((one) => one.LogicalResourceId === 'other')
      .map((one) => [one.ResourceStatus, one.ResourceStatusReason]);
    expect(stack).toEqual([
      ['CREATE_IN_PROGRESS', 'User Initiated'],
      ['ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [Last]. Rollback requested by user.'],
      ['ROLLBACK_COMPLETE', undefined],
    ]);
    const gone = listIn(answeredWith(answers[1]), 'StackEvents').filter(
      (one) => one.ResourceStatus === 'DELETE_COMPLETE',
    );
    expect(gone.map((one) => one.LogicalResourceId).reverse()).toEqual(['Last', 'Dead', 'Orders']);
    const deleted = trace.filter(({ event }) => event.kind === 'call-sent' && event.operation === 'DeleteQueue');
    expect(deleted).toHaveLength(3);
    expect(errorOf(answers[2]).message).toMatch(/ is in ROLLBACK_COMPLETE state and can not be updated\.$/);
    expect(errorOf(answers[4]).message).toBe('Stack with id other does not exist');
  });

  it('CF-10 refuses a name that a stack has', async () => {
    const { answers } = await runOnStack(QUEUE, [make({ StackName: 'shop' })]);
    expect(errorOf(answers[0])).toMatchObject({
      code: 'AlreadyExistsException',
      message: 'Stack [shop] already exists',
    });
  });
});

describe('DeleteStack', () => {
  it('CF-11 deletes the resources, the last made first, and then the stack is found by its id alone', async () => {
    const { answers, trace } = await runOnStack(QUEUE, [
      stackCall('DescribeStackResources'),
      stackCall('DeleteStack'),
      stackCall('DeleteStack'),
      stackCall('DescribeStacks'),
      stackCall('DescribeStacks', { StackName: undefined }),
      make({ StackName: 'shop' }),
      stackCall('DescribeStackResources'),
    ]);
    const urls = callsOfStack({ answers, trace })
      .filter(({ operation }) => operation === 'DeleteQueue')
      .map(({ input }) => String(input.QueueUrl));
    expect(urls.map((url) => /shop-(\w+)-/.exec(url)?.[1])).toEqual(['Dead', 'Orders']);
    expect(errorOf(answers[3]).message).toBe('Stack with id shop does not exist');
    expect(answeredWith(answers[4])).toEqual({ Stacks: [] });
    const ids = [answers[0], answers[6]].map((answer) =>
      listIn(answeredWith(answer), 'StackResources').map(({ StackId, PhysicalResourceId }) => [
        StackId,
        PhysicalResourceId,
      ]),
    );
    // The next stack of the name is another one, and so are its resources.
    expect(new Set(ids.flat(2)).size).toBe(6);
    expect((await runOnStack(QUEUE, [stackCall('DeleteStack', { StackName: 'none' })])).answers[0]).toEqual({
      ok: true,
      output: {},
    });
  });

  it('CF-11 waits for no operation, and stops at a resource that can’t be deleted', async () => {
    const busy = await runOnStack(QUEUE, [
      updateTo(QUEUE.replace('Default: 60', 'Default: 90')),
      stackCall('DeleteStack', {}, true),
    ]);
    expect(errorOf(busy.answers[1]).message).toMatch(
      /^Stack \[arn:.*\] cannot be deleted while in status UPDATE_IN_PROGRESS$/,
    );
    const template = 'Resources:\n  Bus: { Type: AWS::Events::EventBus, Properties: { Name: orders } }\n';
    const rule = { Name: 'mine', EventBusName: 'orders', EventPattern: '{"source":["a"]}' };
    const { answers } = await runOnStack(template, [
      { service: 'EventBridge', operation: 'PutRule', input: rule },
      stackCall('DeleteStack'),
      stackCall('DescribeStacks'),
      { service: 'EventBridge', operation: 'DeleteRule', input: { Name: 'mine', EventBusName: 'orders' } },
      stackCall('DeleteStack'),
      stackCall('DescribeStacks'),
    ]);
    expect(listIn(answeredWith(answers[2]), 'Stacks')[0]).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: 'The following resource(s) failed to delete: [Bus]. ',
    });
    expect(errorOf(answers[5]).message).toBe('Stack with id shop does not exist');
  });

  it('CF-08 keeps a resource whose policy says so', async () => {
    const kept = QUEUE.replace('AWS::SQS::Queue, DependsOn', 'AWS::SQS::Queue, DeletionPolicy: Retain, DependsOn');
    const run = await runOnStack(kept, [stackCall('DeleteStack')]);
    expect(callsOfStack(run).map(({ operation }) => operation)).toEqual(['DeleteQueue']);
  });
});

describe('the calls that look at a stack', () => {
  it('CF-12 show its parameters, outputs and template, and no value of a secret parameter', async () => {
    const { answers } = await runOnStack(QUEUE, [stackCall('DescribeStacks'), stackCall('GetTemplate')]);
    const [stack] = listIn(answeredWith(answers[0]), 'Stacks');
    expect(stack).toMatchObject({
      StackName: 'shop',
      Description: 'A queue.',
      StackStatus: 'CREATE_COMPLETE',
      Parameters: [
        { ParameterKey: 'Key', ParameterValue: '****' },
        { ParameterKey: 'Seconds', ParameterValue: '60' },
      ],
      Outputs: [{ OutputKey: 'Url', OutputValue: expect.stringContaining('/shop-Orders-') }],
    });
    expect(answeredWith(answers[1]).TemplateBody).toBe(QUEUE);
  });

  it('CF-12 show its resources by their logical ids, all or one', async () => {
    const one = { LogicalResourceId: 'Orders' };
    const { answers } = await runOnStack(QUEUE, [
      stackCall('DescribeStackResources'),
      stackCall('ListStackResources'),
      stackCall('DescribeStackResources', one),
      stackCall('DescribeStackResource', one),
      stackCall('DescribeStackResource', { LogicalResourceId: 'Other' }),
      stackCall('DescribeStackResources', { StackName: 'other' }),
    ]);
    const ids = (place: number, list: string) =>
      listIn(answeredWith(answers[place]), list).map(({ LogicalResourceId }) => LogicalResourceId);
    expect(ids(0, 'StackResources')).toEqual(['Dead', 'Orders']);
    expect(ids(1, 'StackResourceSummaries')).toEqual(['Dead', 'Orders']);
    expect(ids(2, 'StackResources')).toEqual(['Orders']);
    expect(answeredWith(answers[3]).StackResourceDetail).toMatchObject({
      ResourceType: 'AWS::SQS::Queue',
      ResourceStatus: 'CREATE_COMPLETE',
      PhysicalResourceId: expect.stringContaining('https://sqs.'),
    });
    expect(errorOf(answers[4]).message).toBe('Resource Other does not exist for stack shop');
    expect(errorOf(answers[5]).message).toBe('Stack with id other does not exist');
  });

  it('CF-09 tell what happened, the newest first, with ids and properties', async () => {
    const { answers } = await runOnStack(QUEUE, [stackCall('DescribeStackEvents')]);
    const events = listIn(answeredWith(answers[0]), 'StackEvents');
    expect(events[0]).toMatchObject({ LogicalResourceId: 'shop', ResourceStatus: 'CREATE_COMPLETE' });
    expect(events.at(-1)).toMatchObject({
      ResourceStatus: 'CREATE_IN_PROGRESS',
      ResourceStatusReason: 'User Initiated',
    });
    expect(events.find((one) => one.LogicalResourceId === 'Orders')).toMatchObject({
      ResourceProperties: '{"VisibilityTimeout":60}',
    });
    expect(new Set(events.map(({ EventId }) => EventId)).size).toBe(events.length);
  });

  it('UV-76 a stack makes one call after another: in a run by the clock, time passes between them', async () => {
    const after = QUEUE.replace('Default: 60', 'Default: 90').replace('DelaySeconds: 1', 'DelaySeconds: 2');
    const { trace } = await runOnStack(QUEUE, [updateTo(after)], { isTimed: true });
    const times = trace.flatMap(({ atMs, event }) =>
      event.kind === 'call-sent' && event.operation === 'SetQueueAttributes' ? [atMs] : [],
    );
    expect(times).toHaveLength(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });
});
