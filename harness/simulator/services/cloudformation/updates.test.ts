/**
 * Updates of a stack that stands: what each changes, in which order, by which calls, and what the stack tells of it.
 */

import { describe, expect, it } from 'vitest';
import {
  answeredWith,
  callsOfStack,
  errorOf,
  eventsOfUpdate,
  listIn,
  runOnStack,
  stackCall,
  updateTo,
} from './run-for-tests.ts';

/** A queue and a function that reads it. */
const template = ({ batch = 5, timeout = 10, reserved = '', more = '', queue = '' } = {}) => `Parameters:
  Seconds: { Type: Number, Default: 60 }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: !Ref Seconds${queue} }
  Pack:
    Type: AWS::Lambda::Function
    Properties:
      { Runtime: nodejs24.x, Handler: pack.handler, Code: src/, Role: 'arn:aws:iam::123456789012:role/any', Timeout: ${timeout}${reserved} }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Pack, BatchSize: ${batch} }
${more}Outputs:
  Url: { Value: !Ref Orders }
`;

const operations = (calls: readonly { readonly operation: string }[]) => calls.map(({ operation }) => operation);

describe('UpdateStack', () => {
  it('CF-01 refuses a stack that is not there, one that is busy, and one that can’t be updated', async () => {
    const other = await runOnStack(template(), [stackCall('UpdateStack', { StackName: 'other', TemplateBody: 'x' })]);
    expect(errorOf(other.answers[0])).toMatchObject({
      code: 'ValidationError',
      message: 'Stack [other] does not exist',
    });
    const twice = await runOnStack(template(), [
      updateTo(template({ batch: 1 })),
      stackCall('UpdateStack', { TemplateBody: template({ batch: 2 }) }, true),
    ]);
    expect(errorOf(twice.answers[1])).toMatchObject({
      status: 400,
      message: expect.stringMatching(
        /^Stack:arn:aws:cloudformation:us-east-1:123456789012:stack\/shop\/[0-9a-f-]{36} is in UPDATE_IN_PROGRESS state and can not be updated\.$/,
      ),
    });
  });

  it('CF-01 answers with the stack’s id, and the stack goes on by itself', async () => {
    const { answers } = await runOnStack(template(), [
      updateTo(template({ batch: 1 })),
      stackCall('DescribeStacks', {}, true),
      stackCall('DescribeStacks'),
    ]);
    const [before, after] = answers.slice(1).map((answer) => listIn(answeredWith(answer), 'Stacks')[0]);
    expect(answeredWith(answers[0])).toEqual({ StackId: before?.StackId });
    expect([before?.StackStatus, after?.StackStatus]).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
  });

  it('CF-02 refuses an update that changes nothing', async () => {
    const same = await runOnStack(template(), [updateTo(`# the same\n${template()}`)]);
    expect(errorOf(same.answers[0])).toMatchObject({
      code: 'ValidationError',
      message: 'No updates are to be performed.',
    });
    const outputAlone = await runOnStack(template(), [updateTo(template().replace('Url:', 'Link:'))]);
    expect(errorOf(outputAlone.answers[0]).message).toBe('No updates are to be performed.');
    const policyAlone = template().replace('AWS::SQS::Queue\n', 'AWS::SQS::Queue\n    DeletionPolicy: Retain\n');
    expect(errorOf((await runOnStack(template(), [updateTo(policyAlone)])).answers[0]).message).toBe(
      'No updates are to be performed.',
    );
  });

  it('CF-02 takes the template before, and values before or others; a parameter that is not named has its default', async () => {
    const named = (Parameters: readonly object[]) =>
      stackCall('UpdateStack', { UsePreviousTemplate: true, Parameters });
    const seconds = async (...calls: Parameters<typeof runOnStack>[1]) => {
      const { answers } = await runOnStack(template(), [...calls, stackCall('DescribeStacks')], {
        parameters: { Seconds: '90' },
      });
      const [stack] = listIn(answeredWith(answers.at(-1)), 'Stacks');
      return [listIn(stack ?? {}, 'Parameters')[0]?.ParameterValue, answers[0]];
    };
    const [kept, refused] = await seconds(named([{ ParameterKey: 'Seconds', UsePreviousValue: true }]));
    expect(kept).toBe('90');
    expect(errorOf(refused as never).message).toBe('No updates are to be performed.');
    expect((await seconds(named([{ ParameterKey: 'Seconds', ParameterValue: '120' }])))[0]).toBe('120');
    expect((await seconds(named([])))[0]).toBe('60');
  });

  it.each([
    [{}, 'Either Template URL or Template Body must be specified.'],
    [
      { TemplateBody: template(), UsePreviousTemplate: true },
      'You cannot specify both usePreviousTemplate and Template Body/Template URL.',
    ],
    [
      { UsePreviousTemplate: true, Parameters: [{ ParameterKey: 'Hours', ParameterValue: '1' }] },
      'Parameters: [Hours] do not exist in the template',
    ],
    [
      { UsePreviousTemplate: true, Parameters: [{ ParameterKey: 'Hours', UsePreviousValue: true }] },
      'Invalid input for parameter key Hours. Cannot specify usePreviousValue as true for a parameter key not in the previous template',
    ],
    [
      {
        UsePreviousTemplate: true,
        Parameters: [{ ParameterKey: 'Seconds', UsePreviousValue: true, ParameterValue: '1' }],
      },
      'Invalid input for parameter key Seconds. Cannot specify usePreviousValue as true and non empty value for a parameter',
    ],
    [{ TemplateBody: template().replace(', Default: 60', '') }, 'Parameters: [Seconds] must have values'],
  ])('CF-02 refuses a request that says too little or too much: %#', async (input, message) => {
    const { answers } = await runOnStack(template(), [stackCall('UpdateStack', input)]);
    expect(errorOf(answers[0])).toMatchObject({ code: 'ValidationError', message });
  });

  it('CF-03 wants to be told that a template makes roles', async () => {
    const role = (name = '') => `  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: x, Action: y }] }${name}
`;
    const asked = async (more: string, Capabilities: readonly string[]) =>
      (await runOnStack(template(), [updateTo(template({ more }), { Capabilities })])).answers[0];
    expect(errorOf(await asked(role(), []))).toMatchObject({
      code: 'InsufficientCapabilitiesException',
      message: 'Requires capabilities : [CAPABILITY_IAM]',
    });
    expect(errorOf(await asked(role('\n      RoleName: packer'), ['CAPABILITY_IAM'])).message).toBe(
      'Requires capabilities : [CAPABILITY_NAMED_IAM]',
    );
    expect(answeredWith(await asked(role(), ['CAPABILITY_IAM']))).toHaveProperty('StackId');
    expect(answeredWith(await asked(role(), ['CAPABILITY_NAMED_IAM']))).toHaveProperty('StackId');
  });
});

describe('an update', () => {
  it('CF-04 changes a resource in place, and leaves alone what its template has as before', async () => {
    const run = await runOnStack(template(), [updateTo(template({ batch: 1, timeout: 20 }))]);
    expect(operations(callsOfStack(run))).toEqual(['UpdateFunctionConfiguration', 'UpdateEventSourceMapping']);
    expect(callsOfStack(run)[1]?.input).toMatchObject({ BatchSize: 1 });
    expect(await eventsOfUpdate(template(), template({ batch: 1 }))).toEqual([
      'shop: UPDATE_IN_PROGRESS (User Initiated)',
      'Mapping: UPDATE_IN_PROGRESS',
      'Mapping: UPDATE_COMPLETE',
      'shop: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'shop: UPDATE_COMPLETE',
    ]);
  });

  it('CF-04 makes a new resource where AWS says so, moves to it what depends on it, and deletes the old one last', async () => {
    const fifo = template({ queue: ', FifoQueue: true' });
    const run = await runOnStack(template(), [updateTo(fifo), stackCall('DescribeStacks')]);
    expect(operations(callsOfStack(run))).toEqual([
      ...['CreateQueue', 'CreateEventSourceMapping', 'DeleteEventSourceMapping', 'DeleteQueue'],
    ]);
    const [created, , , deleted] = callsOfStack(run);
    expect(created?.input.QueueName).toMatch(/^shop-Orders-[0-9A-Z]{12}\.fifo$/);
    expect(deleted?.input.QueueUrl).not.toContain('.fifo');
    const [stack] = listIn(answeredWith(run.answers.at(-1)), 'Stacks');
    expect(listIn(stack ?? {}, 'Outputs')).toEqual([
      { OutputKey: 'Url', OutputValue: expect.stringMatching(/shop-Orders-[0-9A-Z]{12}\.fifo$/) },
    ]);
    expect(await eventsOfUpdate(template(), fifo)).toEqual([
      'shop: UPDATE_IN_PROGRESS (User Initiated)',
      'Orders: UPDATE_IN_PROGRESS (Requested update requires the creation of a new physical resource; hence creating one.)',
      'Orders: UPDATE_IN_PROGRESS (Resource creation Initiated)',
      'Orders: UPDATE_COMPLETE',
      'Mapping: UPDATE_IN_PROGRESS (Requested update requires the creation of a new physical resource; hence creating one.)',
      'Mapping: UPDATE_IN_PROGRESS (Resource creation Initiated)',
      'Mapping: UPDATE_COMPLETE',
      'shop: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Mapping: DELETE_IN_PROGRESS',
      'Mapping: DELETE_COMPLETE',
      'Orders: DELETE_IN_PROGRESS',
      'Orders: DELETE_COMPLETE',
      'shop: UPDATE_COMPLETE',
    ]);
  });

  it('CF-04 gives each resource that it makes anew another name', async () => {
    const names = async (...templates: readonly string[]) => {
      const calls = templates.map((one) => updateTo(one));
      const run = await runOnStack(template(), calls);
      return callsOfStack(run)
        .filter(({ operation }) => operation === 'CreateQueue')
        .map(({ input }) => String(input.QueueName));
    };
    const twice = await names(template({ queue: ', FifoQueue: true' }), template());
    expect(twice).toHaveLength(2);
    const first = answeredWith((await runOnStack(template(), [stackCall('DescribeStackResources')])).answers[0]);
    const [, orders] = listIn(first, 'StackResources');
    expect(String(orders?.PhysicalResourceId)).not.toContain(twice[1]);
  });

  it('CF-04 refuses to make another type of resource out of one', async () => {
    const topic = template().replace(
      'AWS::SQS::Queue\n    Properties: { VisibilityTimeout: !Ref Seconds }',
      'AWS::SNS::Topic',
    );
    const { answers } = await runOnStack(template({ more: '' }), [
      updateTo(topic.replace('!GetAtt Orders.Arn', 'arn:aws:sqs:us-east-1:123456789012:any')),
    ]);
    expect(errorOf(answers[0]).message).toBe(
      'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Orders]',
    );
  });

  it('CF-05 makes what is new, and at the end deletes what the template does not have any more, the last made first', async () => {
    const more = '  Dead: { Type: AWS::SQS::Queue }\n  Topic: { Type: AWS::SNS::Topic }\n';
    expect(await eventsOfUpdate(template(), template({ more }))).toEqual([
      'shop: UPDATE_IN_PROGRESS (User Initiated)',
      ...['Dead', 'Topic'].flatMap((id) => [
        `${id}: CREATE_IN_PROGRESS`,
        `${id}: CREATE_IN_PROGRESS (Resource creation Initiated)`,
        `${id}: CREATE_COMPLETE`,
      ]),
      'shop: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'shop: UPDATE_COMPLETE',
    ]);
    const removed = await runOnStack(template({ more }), [
      updateTo(template({ batch: 1 })),
      stackCall('DescribeStackResources'),
    ]);
    expect(operations(callsOfStack(removed))).toEqual(['UpdateEventSourceMapping', 'DeleteTopic', 'DeleteQueue']);
    const left = listIn(answeredWith(removed.answers[1]), 'StackResources').map((one) => one.LogicalResourceId);
    expect(left).toEqual(['Mapping', 'Orders', 'Pack']);
  });

  it('CF-08 keeps a resource whose policy says so', async () => {
    const more = '  Dead: { Type: AWS::SQS::Queue, DeletionPolicy: Retain }\n';
    expect((await eventsOfUpdate(template({ more }), template())).slice(1)).toEqual([
      'shop: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Dead: DELETE_SKIPPED',
      'shop: UPDATE_COMPLETE',
    ]);
    const replaced = template({ queue: ', FifoQueue: true' }).replace(
      'AWS::SQS::Queue\n',
      'AWS::SQS::Queue\n    UpdateReplacePolicy: Retain\n',
    );
    expect(await eventsOfUpdate(template(), replaced)).toContain('Orders: DELETE_SKIPPED');
    expect(operations(callsOfStack(await runOnStack(template(), [updateTo(replaced)])))).not.toContain('DeleteQueue');
  });

  it('UV-79 asks the new template what becomes of the old half of a replacement', async () => {
    const kept = 'AWS::SQS::Queue\n    UpdateReplacePolicy: Retain\n';
    const fifo = template({ queue: ', FifoQueue: true' });
    const before = template().replace('AWS::SQS::Queue\n', kept);
    expect(await eventsOfUpdate(before, fifo)).toContain('Orders: DELETE_COMPLETE');
    expect(await eventsOfUpdate(template(), fifo.replace('AWS::SQS::Queue\n', kept))).toContain(
      'Orders: DELETE_SKIPPED',
    );
  });

  it('UV-77 a property that the template does not have any more goes back to its default', async () => {
    const before = template({ reserved: ', MemorySize: 512, ReservedConcurrentExecutions: 3' });
    const run = await runOnStack(before, [updateTo(template())]);
    expect(callsOfStack(run).map(({ operation, input }) => [operation, input.MemorySize])).toEqual([
      ['UpdateFunctionConfiguration', 128],
      ['DeleteFunctionConcurrency', undefined],
    ]);
  });

  it('CF-06 stays when something old can’t be deleted, and says so', async () => {
    const more = '  Bus: { Type: AWS::Events::EventBus, Properties: { Name: orders } }\n';
    const rule = { Name: 'mine', EventBusName: 'orders', EventPattern: '{"source":["a"]}' };
    const before = [{ service: 'EventBridge', operation: 'PutRule', input: rule }];
    const events = await eventsOfUpdate(template({ more }), template(), { before });
    expect(events.slice(1)).toEqual([
      'shop: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Bus: DELETE_IN_PROGRESS',
      expect.stringMatching(
        /^Bus: DELETE_FAILED \(Resource handler returned message: "EventBus can't be deleted since it has rules\./,
      ),
      'shop: UPDATE_COMPLETE (Update successful. One or more resources could not be deleted.)',
    ]);
  });

  it('CF-06 takes what is not there any more as deleted', async () => {
    const more = '  Dead: { Type: AWS::SQS::Queue, Properties: { QueueName: dead } }\n';
    const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/dead';
    const before = [{ service: 'SQS', operation: 'DeleteQueue', input: { QueueUrl } }];
    expect(await eventsOfUpdate(template({ more }), template(), { before })).toContain('Dead: DELETE_COMPLETE');
  });
});

describe('what a run can’t change', () => {
  it.each([
    [
      template().replace('pack.handler', 'pack.other'),
      /^A change of Handler of Pack is not simulated in a run \(line 10 of the template\)\. Code is bundled before a run begins: /,
    ],
    [
      template({
        more: "  New:\n    Type: AWS::Lambda::Function\n    Properties: { Runtime: nodejs24.x, Handler: new.handler, Code: src/, Role: 'arn:aws:iam::123456789012:role/any' }\n",
      }),
      /^The code of New is not bundled \(line 16 of the template\)\. Handlers are bundled before a run begins: /,
    ],
    [
      template({ queue: ', Colour: blue' }),
      /^The template for the stack shop, line 6: AWS::SQS::Queue has no property «Colour»/,
    ],
  ])('is refused by name, with its line: %#', async (after, message) => {
    const { answers } = await runOnStack(template(), [updateTo(after)]);
    expect(errorOf(answers[0])).toMatchObject({
      code: 'RaceproofNotSimulated',
      message: expect.stringMatching(message),
    });
  });

  it('but a function with code that is bundled is made', async () => {
    const more = template().split('\n').slice(6, 10).join('\n').replace('Pack', 'Again');
    const run = await runOnStack(template(), [updateTo(template({ more: `${more}\n` }))]);
    expect(operations(callsOfStack(run))).toEqual(['CreateFunction']);
  });

  it.each(['DisableRollback', 'TemplateURL', 'StackPolicyBody', 'Tags'])('as %s is', async (member) => {
    const given = member === 'DisableRollback' ? true : 'x';
    const { answers } = await runOnStack(template(), [updateTo(template(), { [member]: given })]);
    expect(errorOf(answers[0])).toMatchObject({
      code: 'RaceproofNotSimulated',
      message: expect.stringContaining(member),
    });
  });
});
