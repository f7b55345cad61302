/**
 * AWS::Events::Rule on a bus: a pattern, and targets that are functions, queues, standard topics, streams, or buses.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
 */

import { list } from '../../../words/phrases.ts';
import {
  changedProperties,
  isSameValue,
  type PlannedCall,
  type Properties,
  pick,
  type ResourceChange,
  type ResourceType,
  records,
} from '../../contract/resource-type.ts';
import { accepted, type Members, refused, type Shape, simulated, TAGS } from '../../contract/shape.ts';
import { TEMPLATE_CHARACTERS, VARIABLE_NAME } from './input-transformer.ts';
import { JSON_PATH } from './json-path.ts';
import { DEFAULT_BUS, ruleArn } from './state.ts';
import { REFUSED_TARGETS } from './target-kinds.ts';
import { MOST_GROUP_CHARACTERS, MOST_PATH_CHARACTERS } from './target-parameters.ts';

const SCHEDULE = 'Schedules are not simulated yet: give the rule an EventPattern.';
const OTHER_TARGETS = 'Targets here are functions, queues, standard topics, streams and event buses: remove it.';

const STANDARD_QUEUE: Shape = {
  kind: 'text',
  pattern: /^arn:(aws[a-zA-Z-]*)?:sqs:[a-z0-9-]+:\d{12}:(?!.*\.fifo$).+$/,
  says: "a standard queue's ARN, such as !GetAtt DeadLetters.Arn",
};

const TARGET: Members = {
  Id: simulated({
    kind: 'text',
    pattern: /^[.\-_A-Za-z0-9]{1,64}$/,
    says: 'an id of 1 to 64 letters, digits, dots, hyphens and underscores',
  }),
  Arn: simulated({
    kind: 'text',
    pattern:
      /^arn:(aws[a-zA-Z-]*)?:((sqs|lambda):[a-z0-9-]+:\d{12}:|sns:[a-z0-9-]+:\d{12}:(?!.*\.fifo$)|kinesis:[a-z0-9-]+:\d{12}:stream\/|events:[a-z0-9-]+:\d{12}:event-bus\/).+$/,
    says: 'the ARN of a function, a queue, a standard topic, a stream or an event bus, such as !GetAtt Orders.Arn',
    refused: REFUSED_TARGETS,
  }),
  Input: simulated({ kind: 'text', max: 8_192 }),
  InputPath: simulated({
    kind: 'text',
    pattern: JSON_PATH,
    says: 'a path of names and indices, such as $.detail.items[0]',
  }),
  // EB-02.
  RetryPolicy: simulated({
    kind: 'record',
    members: {
      MaximumRetryAttempts: simulated({ kind: 'whole-number', min: 0, max: 185 }),
      MaximumEventAgeInSeconds: simulated({ kind: 'whole-number', min: 60, max: 86_400 }),
    },
    required: [],
  }),
  // EB-03.
  DeadLetterConfig: simulated({ kind: 'record', members: { Arn: simulated(STANDARD_QUEUE) }, required: [] }),
  RoleArn: accepted({ kind: 'text' }),
  // EB-22. What a template may have in it is said by PutTargets.
  InputTransformer: simulated({
    kind: 'record',
    members: {
      InputPathsMap: simulated({
        kind: 'texts',
        name: VARIABLE_NAME,
        says: 'it needs 1 to 256 letters, digits, hyphens and underscores',
        taken: [],
      }),
      InputTemplate: simulated({ kind: 'text', min: 1, max: TEMPLATE_CHARACTERS }),
    },
    required: ['InputTemplate'],
  }),
  AppSyncParameters: refused(OTHER_TARGETS),
  BatchParameters: refused(OTHER_TARGETS),
  EcsParameters: refused(OTHER_TARGETS),
  HttpParameters: refused(OTHER_TARGETS),
  // EB-28. What a path may have in it is said by PutTargets.
  KinesisParameters: simulated({
    kind: 'record',
    members: { PartitionKeyPath: simulated({ kind: 'text', max: MOST_PATH_CHARACTERS }) },
    required: ['PartitionKeyPath'],
  }),
  RedshiftDataParameters: refused(OTHER_TARGETS),
  RunCommandParameters: refused(OTHER_TARGETS),
  SageMakerPipelineParameters: refused(OTHER_TARGETS),
  // EB-27.
  SqsParameters: simulated({
    kind: 'record',
    members: { MessageGroupId: simulated({ kind: 'text', max: MOST_GROUP_CHARACTERS }) },
    required: ['MessageGroupId'],
  }),
};

export const EVENTS_RULE: ResourceType = {
  name: 'AWS::Events::Rule',
  properties: {
    Name: simulated({
      kind: 'text',
      pattern: /^[.\-_A-Za-z0-9]{1,64}$/,
      says: 'a name of 1 to 64 letters, digits, dots, hyphens and underscores',
    }),
    Description: simulated({ kind: 'text', max: 512 }),
    EventBusName: simulated({
      kind: 'text',
      pattern: /^(arn:aws[a-zA-Z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/)?[.\-_A-Za-z0-9]{1,256}$/,
      says: 'the name or the ARN of an event bus, such as !Ref Orders',
    }),
    EventPattern: simulated({ kind: 'json' }),
    State: simulated({
      kind: 'choice',
      of: ['ENABLED', 'DISABLED'],
      refused: ['ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'],
    }),
    // EB-05.
    Targets: simulated({ kind: 'list', max: 5, of: { kind: 'record', members: TARGET, required: ['Arn', 'Id'] } }),
    RoleArn: accepted({ kind: 'text' }),
    Tags: accepted(TAGS),
    ScheduleExpression: refused(SCHEDULE),
  },
  required: ['EventPattern'],
  naming: { property: 'Name', maxLength: 64 },
  ref: (name, _account, properties) => (busOf(properties) === DEFAULT_BUS ? name : `${busOf(properties)}|${name}`),
  attributes: (name, account, properties) => ({ Arn: ruleArn(account, busOf(properties), name) }),
  refusedAttributes: {},
  check(properties, report) {
    const ids = records(properties.Targets).map(({ Id }) => String(Id));
    const repeated = ids.find((id, place) => ids.indexOf(id) !== place);
    if (repeated !== undefined) report('Targets', `Two targets of a rule cannot have the same Id «${repeated}».`);
    for (const target of records(properties.Targets)) {
      const ways = ['Input', 'InputPath', 'InputTransformer'].filter((way) => target[way] !== undefined);
      if (ways.length > 1) report('Targets', `The target «${String(target.Id)}» has ${list(ways)}. Leave one of them.`);
    }
  },
  calls: ruleCalls,
  life: { replacedBy: ['EventBusName'], refusedChanges: {}, updates: ruleUpdates, deletes: ruleDeletes },
};

/** The name of the rule's bus, which the template may name by its ARN. EB-21: Ref and Arn of the rule depend on it. */
function busOf({ EventBusName = DEFAULT_BUS }: Properties): string {
  const text = String(EventBusName);
  return text.slice(text.lastIndexOf('/') + 1);
}

/** The bus is asked for, and targets are a call of their own, so that AWS's «no» is said where they stand. */
function ruleCalls(name: string, properties: Properties): readonly PlannedCall[] {
  const bus = pick(properties, ['EventBusName']);
  const { Targets = [], EventBusName } = properties;
  const calls = [putting(name, properties)];
  if (EventBusName !== undefined) calls.unshift(planned('DescribeEventBus', { Name: EventBusName }, 'EventBusName'));
  if (records(Targets).length > 0) calls.push(planned('PutTargets', { Rule: name, ...bus, Targets }, 'Targets'));
  return calls;
}

/** The call says all of a rule but its targets. */
function putting(name: string, properties: Properties): PlannedCall {
  const rule = { Name: name, ...pick(properties, ['EventPattern', 'State', 'Description', 'EventBusName']) };
  return planned('PutRule', rule, 'EventPattern');
}

/** UV-76: targets that go are removed before others come, since a rule has few (EB-05). */
function ruleUpdates({ name, before, after }: ResourceChange): readonly PlannedCall[] {
  const changed = changedProperties(before, after);
  const [was, is] = [records(before.Targets), records(after.Targets)];
  const gone = was.filter(({ Id }) => !is.some((target) => target.Id === Id));
  const put = is.filter((target) => !was.some((old) => isSameValue(old, target)));
  const isPut = ['EventPattern', 'State', 'Description'].some((property) => changed.includes(property));
  const bus = pick(after, ['EventBusName']);
  return [
    ...(isPut ? [putting(name, after)] : []),
    ...(gone.length === 0 ? [] : [removing(name, bus, gone)]),
    ...(put.length === 0 ? [] : [planned('PutTargets', { Rule: name, ...bus, Targets: put }, 'Targets')]),
  ];
}

function removing(name: string, bus: Properties, targets: readonly Properties[]): PlannedCall {
  return planned('RemoveTargets', { Rule: name, ...bus, Ids: targets.map(({ Id }) => String(Id)) }, 'Targets');
}

function ruleDeletes(name: string, properties: Properties): readonly PlannedCall[] {
  const bus = pick(properties, ['EventBusName']);
  const targets = records(properties.Targets);
  const calls = [
    ...(targets.length === 0 ? [] : [removing(name, bus, targets)]),
    planned('DeleteRule', { Name: name, ...bus }, 'Name'),
  ];
  return calls.map((call) => ({ ...call, forgives: ['ResourceNotFoundException'] }));
}

function planned(operation: string, input: Properties, blame: string): PlannedCall {
  return { call: { service: 'EventBridge', operation, input }, blame };
}
