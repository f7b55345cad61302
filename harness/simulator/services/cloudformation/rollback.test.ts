/**
 * Updates that fail: what was done is undone, and the stack tells why.
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

/** A queue, and a function with a reservation; the account has room for 900 in all. */
const template = ({ seconds = 60, reserved = 5, more = '', name = '' } = {}) => `Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: ${seconds}${name} }
${more}  Pack:
    Type: AWS::Lambda::Function
    DependsOn: Orders
    Properties:
      Runtime: nodejs24.x
      Handler: pack.handler
      Code: src/
      Role: arn:aws:iam::123456789012:role/any
      ReservedConcurrentExecutions: ${reserved}
`;
const TOO_MANY = `Pack: UPDATE_FAILED (Resource handler returned message: "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100]. (Service: Lambda, Status Code: 400, Request …)" (…, HandlerErrorCode: InvalidRequest))`;

describe('an update that a service refuses', () => {
  it('CF-06 is rolled back: what was changed is changed back, and what was made is deleted', async () => {
    const more = '  Dead: { Type: AWS::SQS::Queue }\n';
    const after = template({ seconds: 90, reserved: 950, more });
    expect(await eventsOfUpdate(template(), after)).toEqual([
      'shop: UPDATE_IN_PROGRESS (User Initiated)',
      'Orders: UPDATE_IN_PROGRESS',
      'Orders: UPDATE_COMPLETE',
      'Dead: CREATE_IN_PROGRESS',
      'Dead: CREATE_IN_PROGRESS (Resource creation Initiated)',
      'Dead: CREATE_COMPLETE',
      'Pack: UPDATE_IN_PROGRESS',
      TOO_MANY,
      'shop: UPDATE_ROLLBACK_IN_PROGRESS (The following resource(s) failed to update: [Pack]. )',
      'Orders: UPDATE_IN_PROGRESS',
      'Orders: UPDATE_COMPLETE',
      'Pack: UPDATE_IN_PROGRESS',
      'Pack: UPDATE_COMPLETE',
      'shop: UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'Dead: DELETE_IN_PROGRESS',
      'Dead: DELETE_COMPLETE',
      'shop: UPDATE_ROLLBACK_COMPLETE',
    ]);
    const run = await runOnStack(template(), [updateTo(after), stackCall('GetTemplate')]);
    expect(callsOfStack(run).map(({ operation, input }) => [operation, input.Attributes])).toEqual([
      ['SetQueueAttributes', { VisibilityTimeout: '90' }],
      ['CreateQueue', {}],
      ['PutFunctionConcurrency', undefined],
      ['SetQueueAttributes', { VisibilityTimeout: '60' }],
      ['DeleteQueue', undefined],
    ]);
    expect(answeredWith(run.answers[1]).TemplateBody).toBe(template());
  });

  it('CF-06 leaves a stack that takes another update', async () => {
    const { answers } = await runOnStack(template(), [
      updateTo(template({ reserved: 950 })),
      updateTo(template({ reserved: 6 })),
      stackCall('DescribeStacks'),
    ]);
    expect(listIn(answeredWith(answers[2]), 'Stacks')[0]?.StackStatus).toBe('UPDATE_COMPLETE');
  });

  it('UV-78 is undone in the order of the template before', async () => {
    const turned = `Resources:
  Late: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 1 } }
  Early: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 1 } }
`;
    const queues = (of: string) => of.replace('Resources:\n', '').replaceAll('DelaySeconds: 1', 'DelaySeconds: 2');
    const before = `${template()}${turned.replace('Resources:\n', '').split('\n').slice(0, 2).reverse().join('\n')}\n`;
    const after = template({ reserved: 950 }).replace('Resources:\n', `Resources:\n${queues(turned)}`);
    const events = await eventsOfUpdate(before, after);
    const changed = events.filter((event) => /^(Late|Early): UPDATE_IN_PROGRESS/.test(event));
    expect(changed.map((event) => event.split(':')[0])).toEqual(['Late', 'Early', 'Early', 'Late']);
  });

  it('CF-06 keeps the old half of what was replaced, and deletes the new one', async () => {
    const after = template({ reserved: 950, name: ', FifoQueue: true' });
    const run = await runOnStack(template(), [updateTo(after), stackCall('DescribeStackResources')]);
    expect(callsOfStack(run).map(({ operation }) => operation)).toEqual([
      ...['CreateQueue', 'PutFunctionConcurrency', 'DeleteQueue'],
    ]);
    expect(String(callsOfStack(run)[2]?.input.QueueUrl)).toContain('.fifo');
    const [orders] = listIn(answeredWith(run.answers[1]), 'StackResources');
    expect(orders).toMatchObject({ LogicalResourceId: 'Orders', ResourceStatus: 'UPDATE_COMPLETE' });
    expect(String(orders?.PhysicalResourceId)).not.toContain('.fifo');
  });

  it('CF-06 deletes a resource of which only a part could be made', async () => {
    const more = template({ reserved: 950 }).split('\n').slice(4, 13).join('\n').replace('Pack', 'New');
    const run = await runOnStack(template(), [updateTo(template({ more: `${more}\n` }))]);
    expect(callsOfStack(run).map(({ operation }) => operation)).toEqual([
      ...['CreateFunction', 'PutFunctionConcurrency', 'DeleteFunction'],
    ]);
    expect((await eventsOfUpdate(template(), template({ more: `${more}\n` }))).slice(-4)).toEqual([
      'shop: UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'New: DELETE_IN_PROGRESS',
      'New: DELETE_COMPLETE',
      'shop: UPDATE_ROLLBACK_COMPLETE',
    ]);
  });

  it('CF-08 keeps what was made if its policy says so, also when it is rolled back', async () => {
    const kept = (policy: string) =>
      template({ reserved: 950, more: `  Dead: { Type: AWS::SQS::Queue, DeletionPolicy: ${policy} }\n` });
    expect(await eventsOfUpdate(template(), kept('Retain'))).toContain('Dead: DELETE_SKIPPED');
    expect(await eventsOfUpdate(template(), kept('RetainExceptOnCreate'))).toContain('Dead: DELETE_COMPLETE');
  });

  it('CF-06 fails to roll back where undoing is refused, and then takes no update', async () => {
    const before = template({ more: '  Dead: { Type: AWS::SQS::Queue, Properties: { QueueName: dead } }\n' });
    const after = `${before.replace('QueueName: dead', 'QueueName: dead, DelaySeconds: 5').replace('VisibilityTimeout: 60', 'VisibilityTimeout: 90')}  Last:
    Type: AWS::SNS::Subscription
    DependsOn: Pack
    Properties: { TopicArn: arn:aws:sns:us-east-1:123456789012:none, Protocol: sqs, Endpoint: !GetAtt Dead.Arn }
`;
    const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/dead';
    const gone = { service: 'SQS', operation: 'DeleteQueue', input: { QueueUrl }, afterSteps: 3 } as const;
    const run = await runOnStack(before, [updateTo(after), gone, stackCall('DescribeStacks'), updateTo(before)]);
    const [stack] = listIn(answeredWith(run.answers[2]), 'Stacks');
    expect(stack).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_FAILED',
      StackStatusReason: 'The following resource(s) failed to update: [Dead]. ',
    });
    expect(errorOf(run.answers[3]).message).toMatch(/ is in UPDATE_ROLLBACK_FAILED state and can not be updated\.$/);
  });
});

describe('a replacement of something that has a name of its own', () => {
  it('CF-07 is refused by CloudFormation itself', async () => {
    const after = template({ name: ', QueueName: orders, SqsManagedSseEnabled: false' });
    const table = (type: string) => `Resources:
  Items:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: items
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: ${type} }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
`;
    expect(await eventsOfUpdate(table('S'), table('N'))).toEqual([
      'shop: UPDATE_IN_PROGRESS (User Initiated)',
      'Items: UPDATE_IN_PROGRESS (Requested update requires the creation of a new physical resource; hence creating one.)',
      'Items: UPDATE_FAILED (CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename items and update the stack again.)',
      'shop: UPDATE_ROLLBACK_IN_PROGRESS (The following resource(s) failed to update: [Items]. )',
      'Items: UPDATE_IN_PROGRESS',
      'Items: UPDATE_COMPLETE',
      'shop: UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'shop: UPDATE_ROLLBACK_COMPLETE',
    ]);
    expect(await eventsOfUpdate(template(), after)).toContain('shop: UPDATE_COMPLETE');
  });

  it('CF-07 is refused also where the name is that of another resource of a stack', async () => {
    const before = template({ name: ', QueueName: orders' });
    const moved = before.replace('  Orders:', '  Moved:').replace('DependsOn: Orders', 'DependsOn: Moved');
    expect(await eventsOfUpdate(before, moved)).toContainEqual(
      expect.stringMatching(/^Moved: CREATE_FAILED \(orders already exists in stack arn:aws:cloudformation:.*\)$/),
    );
  });
});
