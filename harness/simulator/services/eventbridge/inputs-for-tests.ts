/**
 * For tests: what EventBridge's operations may be asked, about two rules on two buses, whose targets are of every kind but a topic.
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
import { functionName, queueArnFor, RECORDS_ARN, SECOND } from '../../programs/names-for-tests.ts';

const RULES = ['orders', SECOND];
const name = fc.constantFrom(...RULES);
/** The default bus and another one. */
const EventBusName = fc.constantFrom<Input>({}, { EventBusName: SECOND });
const Name = merged(
  name.map((text): Input => ({ Name: text })),
  EventBusName,
);
const Rule = merged(
  name.map((text): Input => ({ Rule: text })),
  EventBusName,
);
const aBus = fc.constantFrom<Input>({ Name: SECOND }, { Name: 'third' });

const TARGETS: readonly Input[] = [
  { Id: 'function', Arn: `arn:aws:lambda:us-east-1:123456789012:function:${functionName(0)}` },
  { Id: 'queue', Arn: queueArnFor('other'), InputPath: '$.detail' },
  {
    ...{ Id: 'transformed', Arn: queueArnFor('other') },
    InputTransformer: { InputPathsMap: { given: '$.detail.given' }, InputTemplate: '{"again": <given>}' },
  },
  { Id: 'bus', Arn: `arn:aws:events:us-east-1:123456789012:event-bus/${SECOND}` },
  { Id: 'stream', Arn: RECORDS_ARN, KinesisParameters: { PartitionKeyPath: '$.detail.given' } },
  { Id: 'groups', Arn: queueArnFor('groups.fifo'), SqsParameters: { MessageGroupId: 'g' } },
  { Id: 'nobody', Arn: queueArnFor('gone'), DeadLetterConfig: { Arn: queueArnFor('dead') } },
];
const entry = fc.constantFrom<Input>(
  { Source: 'shop', DetailType: 'order', Detail: '{"given":1}' },
  { Source: 'shop', DetailType: 'refund', Detail: '{"given":2}' },
  { Source: 'shop', Detail: '{}' },
);

const inputs: OperationInputs = {
  CreateEventBus: aBus,
  DeleteEventBus: aBus,
  DeleteRule: Name,
  DescribeEventBus: fc.oneof(aBus, always({})),
  DescribeRule: Name,
  DisableRule: Name,
  EnableRule: Name,
  ListEventBuses: fc.constantFrom<Input>({}, { NamePrefix: SECOND }),
  ListRuleNamesByTarget: merged(always({ TargetArn: queueArnFor('other') }), EventBusName),
  ListRules: EventBusName,
  ListTargetsByRule: Rule,
  PutEvents: fc.array(merged(entry, EventBusName), { minLength: 1, maxLength: 2 }).map((Entries) => ({ Entries })),
  PutRule: merged(
    Name,
    fc.constantFrom(
      { EventPattern: '{"source":["shop"]}' },
      { EventPattern: '{"detail-type":["order"]}', State: 'DISABLED' },
    ),
  ),
  PutTargets: merged(
    Rule,
    fc.subarray([...TARGETS], { minLength: 1, maxLength: 2 }).map((Targets) => ({ Targets })),
  ),
  TestEventPattern: fc.constantFrom('{"source":["shop"]}', '{"source":[]}').map((EventPattern) => ({
    ...{ EventPattern, Event: '{"id":"1","account":"1","source":"shop","time":"t","region":"r","detail-type":"d"}' },
  })),
  RemoveTargets: merged(
    Rule,
    fc.constantFrom('function', 'queue').map((id) => ({ Ids: [id] })),
  ),
};

const looks: readonly Look[] = [
  { operation: 'ListEventBuses', input: {} },
  ...[{}, { EventBusName: SECOND }].flatMap((of): readonly Look[] => [
    { operation: 'ListRules', input: of },
    ...RULES.map((rule): Look => ({ operation: 'ListTargetsByRule', input: { Rule: rule, ...of } })),
  ]),
];

const before: readonly Look[] = [
  { operation: 'CreateEventBus', input: { Name: SECOND } },
  { operation: 'PutRule', input: { Name: SECOND, EventPattern: '{"source":["till"]}' } },
  ...[{}, { EventBusName: SECOND }].flatMap((of): readonly Look[] => [
    { operation: 'PutRule', input: { Name: 'orders', EventPattern: '{"source":["shop"]}', ...of } },
    { operation: 'PutTargets', input: { Rule: 'orders', Targets: TARGETS.slice(0, 4), ...of } },
  ]),
];

const serviceInputs: ServiceInputs = { inputs, looks, before };
export default serviceInputs;
