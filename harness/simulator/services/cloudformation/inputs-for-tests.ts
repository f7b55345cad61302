/**
 * For tests: inputs for CloudFormation's operations, about the stack of the program and about a second one.
 *
 * An update takes away what its template does not have: functions, queues, a table, a mapping. Some templates are refused by a service, and
 * then the stack goes back to what it was.
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
import { queueArnFor, SECOND, TABLE } from '../../programs/names-for-tests.ts';

const [PROGRAM, OTHER] = ['program', 'second'];

/** The table as the program has it. */
const ITEMS = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  },
};

const queue = (more: object = {}, attributes: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  ...attributes,
  Properties: { VisibilityTimeout: 30, ...more },
});

function templateOf(Resources: object): string {
  return JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources });
}

/** Queues that change, come and go; two of these templates are refused when the first changes are made. */
const TEMPLATES = [
  templateOf({ Items: ITEMS, other: queue({ QueueName: 'other', VisibilityTimeout: 31 }) }),
  templateOf({ Items: ITEMS, other: queue({ QueueName: 'other', DelaySeconds: 1 }), Fresh: queue() }),
  templateOf({
    other: queue({ QueueName: 'other' }, { DeletionPolicy: 'Retain' }),
    Told: { Type: 'AWS::SNS::Topic', Properties: { TopicName: SECOND } },
  }),
  templateOf({
    Items: ITEMS,
    other: queue({ QueueName: 'other', VisibilityTimeout: 32 }),
    Lost: queue({ RedrivePolicy: { deadLetterTargetArn: queueArnFor('absent'), maxReceiveCount: 1 } }),
  }),
  templateOf({ Fresh: queue(), Named: queue({ QueueName: 'other' }) }),
];

const template = fc.constantFrom(...TEMPLATES).map((TemplateBody) => ({ TemplateBody }));
const stack = fc.constantFrom(PROGRAM, PROGRAM, OTHER, 'absent').map((StackName) => ({ StackName }));
const resource = fc.constantFrom('other', 'Items', 'Fresh').map((LogicalResourceId) => ({ LogicalResourceId }));

const inputs: OperationInputs = {
  CreateStack: merged(stack, template),
  DeleteStack: fc.oneof(stack, always({})),
  DescribeStackEvents: stack,
  DescribeStackResource: merged(stack, resource),
  DescribeStackResources: fc.oneof(stack, merged(stack, resource)),
  DescribeStacks: fc.oneof(stack, always({})),
  GetTemplate: stack,
  ListStackResources: stack,
  UpdateStack: merged(stack, fc.oneof(template, template, fc.constantFrom<Input>({}, { UsePreviousTemplate: true }))),
};

const looks: readonly Look[] = [
  { operation: 'DescribeStacks', input: {} },
  { operation: 'DescribeStackEvents', input: { StackName: PROGRAM } },
  { operation: 'DescribeStackEvents', input: { StackName: OTHER } },
];

const OF_STACKS: ServiceInputs = { inputs, looks };
export default OF_STACKS;
