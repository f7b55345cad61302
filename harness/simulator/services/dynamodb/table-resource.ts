/**
 * AWS::DynamoDB::Table: a table with its keys, and its time to live.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */

import { oneOf } from '../../../words/names.ts';
import {
  changedProperties,
  deletion,
  type PlannedCall,
  type Properties,
  pick,
  type ResourceChange,
  type ResourceType,
  record,
  records,
} from '../../contract/resource-type.ts';
import {
  accepted,
  FLAG,
  type Members,
  refused,
  type Shape,
  simulated,
  TAGS,
  TEXT,
  type Value,
} from '../../contract/shape.ts';
import { tableArn } from './table-description.ts';
import { DEPLOYED_STREAM_LABEL, STREAM_VIEW_TYPES, streamArn } from './table-stream.ts';

const NAME: Shape = {
  kind: 'text',
  pattern: /^[a-zA-Z0-9_.-]{3,255}$/,
  says: 'a name of 3 to 255 letters, digits, _ . and -',
};
const ATTRIBUTE_NAME: Shape = { kind: 'text', min: 1, max: 255 };

const ATTRIBUTE_DEFINITION: Shape = {
  kind: 'record',
  members: {
    AttributeName: simulated(ATTRIBUTE_NAME),
    AttributeType: simulated({ kind: 'choice', of: ['S', 'N', 'B'] }),
  },
  required: ['AttributeName', 'AttributeType'],
};

const KEY: Shape = {
  kind: 'record',
  members: {
    AttributeName: simulated(ATTRIBUTE_NAME),
    KeyType: simulated({ kind: 'choice', of: ['HASH', 'RANGE'] }),
  },
  required: ['AttributeName', 'KeyType'],
};

const CAPACITY: Shape = { kind: 'whole-number', min: 1 };
const THROUGHPUT: Shape = {
  kind: 'record',
  members: { ReadCapacityUnits: simulated(CAPACITY), WriteCapacityUnits: simulated(CAPACITY) },
  required: ['ReadCapacityUnits', 'WriteCapacityUnits'],
};

const PROJECTION: Shape = {
  kind: 'record',
  members: {
    ProjectionType: simulated({ kind: 'choice', of: ['ALL', 'KEYS_ONLY', 'INCLUDE'] }),
    NonKeyAttributes: simulated({ kind: 'list', of: ATTRIBUTE_NAME, min: 1, max: 100 }),
  },
  required: ['ProjectionType'],
};
const INDEX_MEMBERS: Members = {
  IndexName: simulated(NAME),
  KeySchema: simulated({ kind: 'list', of: KEY, min: 1, max: 2 }),
  Projection: simulated(PROJECTION),
};
const INDEX_NEEDS = ['IndexName', 'KeySchema', 'Projection'];
const NO_THROTTLING = 'Tables are never throttled here: remove it.';

export const DYNAMODB_TABLE: ResourceType = {
  name: 'AWS::DynamoDB::Table',
  properties: {
    TableName: simulated(NAME),
    AttributeDefinitions: simulated({ kind: 'list', of: ATTRIBUTE_DEFINITION }),
    KeySchema: simulated({ kind: 'list', of: KEY, min: 1, max: 2 }),
    BillingMode: simulated({ kind: 'choice', of: ['PAY_PER_REQUEST', 'PROVISIONED'] }),
    ProvisionedThroughput: simulated(THROUGHPUT),
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    LocalSecondaryIndexes: simulated({
      kind: 'list',
      max: 5,
      of: { kind: 'record', members: INDEX_MEMBERS, required: INDEX_NEEDS },
    }),
    GlobalSecondaryIndexes: simulated({
      kind: 'list',
      max: 20,
      of: {
        kind: 'record',
        members: {
          ...INDEX_MEMBERS,
          ProvisionedThroughput: accepted(THROUGHPUT),
          ContributorInsightsSpecification: refused(),
          OnDemandThroughput: refused(NO_THROTTLING),
          WarmThroughput: refused(NO_THROTTLING),
        },
        required: INDEX_NEEDS,
      },
    }),
    TimeToLiveSpecification: simulated({
      kind: 'record',
      members: { AttributeName: simulated(ATTRIBUTE_NAME), Enabled: simulated(FLAG) },
      required: ['Enabled'],
    }),
    DeletionProtectionEnabled: simulated(FLAG),
    PointInTimeRecoverySpecification: accepted({
      kind: 'record',
      members: {
        PointInTimeRecoveryEnabled: accepted(FLAG),
        RecoveryPeriodInDays: accepted({ kind: 'whole-number', min: 1, max: 35 }),
      },
      required: [],
    }),
    SSESpecification: accepted({
      kind: 'record',
      members: {
        SSEEnabled: accepted(FLAG),
        SSEType: accepted({ kind: 'choice', of: ['KMS'] }),
        KMSMasterKeyId: refused('There are no keys here: remove it.'),
      },
      required: ['SSEEnabled'],
    }),
    TableClass: accepted({ kind: 'choice', of: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] }),
    Tags: accepted(TAGS),
    ContributorInsightsSpecification: accepted({
      kind: 'record',
      members: { Enabled: accepted(FLAG), Mode: accepted(TEXT) },
      required: ['Enabled'],
    }),
    StreamSpecification: simulated({
      kind: 'record',
      members: {
        StreamViewType: simulated({ kind: 'choice', of: STREAM_VIEW_TYPES }),
        ResourcePolicy: refused('IAM is not enforced: remove it.'),
      },
      required: ['StreamViewType'],
    }),
    KinesisStreamSpecification: refused(),
    ImportSourceSpecification: refused('Write the items from the scenario.'),
    OnDemandThroughput: refused(NO_THROTTLING),
    WarmThroughput: refused(NO_THROTTLING),
    ResourcePolicy: refused('IAM is not enforced: remove it.'),
  },
  required: ['KeySchema', 'AttributeDefinitions'],
  naming: { property: 'TableName', maxLength: 255 },
  ref: (name) => name,
  attributes: (name, account, { StreamSpecification }) => ({
    Arn: tableArn(account, name),
    ...(StreamSpecification !== undefined && { StreamArn: streamArn(account, name, DEPLOYED_STREAM_LABEL) }),
  }),
  attributesOfProperties: { StreamArn: 'StreamSpecification' },
  refusedAttributes: {},
  check(properties, report) {
    checkKeys(properties, report);
    checkBilling(properties, report);
    const timeToLive = record(properties.TimeToLiveSpecification);
    if (timeToLive.Enabled === true && timeToLive.AttributeName === undefined) {
      report('TimeToLiveSpecification', 'TimeToLiveSpecification needs AttributeName when Enabled is true.');
    }
  },
  calls: tableCalls,
  life: {
    replacedBy: ['KeySchema', 'LocalSecondaryIndexes'],
    isReplaced: redefinesAttribute,
    refusedChanges: Object.fromEntries(
      [
        ...['AttributeDefinitions', 'BillingMode', 'ProvisionedThroughput', 'GlobalSecondaryIndexes'],
        ...['DeletionProtectionEnabled', 'StreamSpecification'],
      ].map((property) => [property, 'UpdateTable is not simulated: begin the run with a table that has it.']),
    ),
    updates: tableUpdates,
    deletes: (name) => deletion('DynamoDB', 'DeleteTable', { TableName: name }, 'ResourceNotFoundException'),
  },
};

type Report = (property: string, message: string) => void;

/** DynamoDB requires that each key is defined and each definition used. */
function checkKeys(properties: Properties, report: Report): void {
  const { KeySchema, AttributeDefinitions } = properties;
  if (KeySchema === undefined || AttributeDefinitions === undefined) return;
  const keys = records(KeySchema);
  if (keys[0]?.KeyType !== 'HASH' || (keys.length === 2 && keys[1]?.KeyType !== 'RANGE')) {
    report('KeySchema', 'KeySchema must name the HASH key first and may name a RANGE key second.');
  }
  const indexes = [...records(properties.LocalSecondaryIndexes), ...records(properties.GlobalSecondaryIndexes)];
  const used = [keys, ...indexes.map((index) => records(index.KeySchema))]
    .flat()
    .map((key) => String(key.AttributeName));
  const defined = records(AttributeDefinitions).map((definition) => String(definition.AttributeName));
  for (const name of used.filter((key) => !defined.includes(key))) {
    report('KeySchema', `The key ${name} is not in AttributeDefinitions. Define it there with its type.`);
  }
  for (const name of defined.filter((definition) => !used.includes(definition))) {
    report(
      'AttributeDefinitions',
      `AttributeDefinitions defines ${name}, which is no key. Only key attributes are defined (${oneOf(used)}); remove it.`,
    );
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html: provisioned by default. */
function checkBilling(properties: Properties, report: Report): void {
  const onDemand = properties.BillingMode === 'PAY_PER_REQUEST';
  const throughput = properties.ProvisionedThroughput !== undefined;
  if (onDemand && throughput) {
    report(
      'ProvisionedThroughput',
      'ProvisionedThroughput cannot stand beside BillingMode PAY_PER_REQUEST. Remove one of them.',
    );
  }
  if (!onDemand && !throughput) {
    report('BillingMode', 'A table without ProvisionedThroughput needs BillingMode: PAY_PER_REQUEST.');
  }
}

const CREATE_MEMBERS = [
  'AttributeDefinitions',
  'KeySchema',
  'BillingMode',
  'ProvisionedThroughput',
  'LocalSecondaryIndexes',
  'GlobalSecondaryIndexes',
  'DeletionProtectionEnabled',
];

function streamOf({ StreamSpecification }: Properties): Record<string, Value> {
  if (StreamSpecification === undefined) return {};
  const { StreamViewType = '' } = record(StreamSpecification);
  return { StreamSpecification: { StreamEnabled: true, StreamViewType }, DeployedStreamLabel: DEPLOYED_STREAM_LABEL };
}

function tableCalls(name: string, properties: Properties): readonly PlannedCall[] {
  const input = { TableName: name, ...pick(properties, CREATE_MEMBERS), ...streamOf(properties) };
  const create: PlannedCall = { call: { service: 'DynamoDB', operation: 'CreateTable', input }, blame: null };
  const timeToLive = record(properties.TimeToLiveSpecification);
  if (timeToLive.Enabled !== true) return [create];
  return [create, timing(name, timeToLive, true)];
}

function timing(name: string, { AttributeName = '' }: Properties, Enabled: boolean): PlannedCall {
  const input = { TableName: name, TimeToLiveSpecification: { AttributeName, Enabled } };
  return { call: { service: 'DynamoDB', operation: 'UpdateTimeToLive', input }, blame: 'TimeToLiveSpecification' };
}

/** The attribute by which items expire changes by turning the old one off first. One that is off already is no reason to stop. */
function tableUpdates({ name, before, after }: ResourceChange): readonly PlannedCall[] {
  if (!changedProperties(before, after).includes('TimeToLiveSpecification')) return [];
  const [was, is] = [record(before.TimeToLiveSpecification), record(after.TimeToLiveSpecification)];
  return [
    ...(was.Enabled === true ? [{ ...timing(name, was, false), forgives: ['ValidationException'] }] : []),
    ...(is.Enabled === true ? [timing(name, is, true)] : []),
  ];
}

/** A key attribute that gets another type makes a new table; one more attribute, for an index, does not. */
function redefinesAttribute(before: Properties, after: Properties): boolean {
  const types = new Map(records(before.AttributeDefinitions).map((one) => [one.AttributeName, one.AttributeType]));
  return records(after.AttributeDefinitions).some(
    ({ AttributeName, AttributeType }) => types.has(AttributeName) && types.get(AttributeName) !== AttributeType,
  );
}
