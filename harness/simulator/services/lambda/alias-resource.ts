/**
 * AWS::Lambda::Alias: a name for a version, with environments that are provisioned for it (LS-42).
 *
 * A new stack has one version of a function, so an alias that shares requests out between two begins with a change of the alias in a run.
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html
 */

import { type AccountPlace, functionArn } from '../../contract/arn.ts';
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
import { type Shape, simulated } from '../../contract/shape.ts';
import { PROVISIONED, provisionedCalls, provisionedUpdates, UNQUALIFIED_FUNCTION } from './version-resource.ts';

const VERSION: Shape = {
  kind: 'text',
  pattern: /^(\$LATEST|[0-9]{1,1024})$/,
  says: 'a version, such as !GetAtt BumpVersion.Version',
};

export const LAMBDA_ALIAS: ResourceType = {
  name: 'AWS::Lambda::Alias',
  properties: {
    Name: simulated({
      kind: 'text',
      pattern: /^(?![0-9]+$)[a-zA-Z0-9-_]{1,128}$/,
      says: 'a name of 1 to 128 letters, digits, - and _ that is not a number',
    }),
    FunctionName: simulated(UNQUALIFIED_FUNCTION),
    FunctionVersion: simulated(VERSION),
    Description: simulated({ kind: 'text', max: 256 }),
    ProvisionedConcurrencyConfig: simulated(PROVISIONED),
    RoutingConfig: simulated({
      kind: 'record',
      members: {
        AdditionalVersionWeights: simulated({
          kind: 'list',
          of: {
            kind: 'record',
            members: {
              FunctionVersion: simulated(VERSION),
              FunctionWeight: simulated({ kind: 'number', min: 0, max: 1 }),
            },
            required: ['FunctionVersion', 'FunctionWeight'],
          },
        }),
      },
      required: [],
    }),
  },
  required: ['FunctionName', 'FunctionVersion', 'Name'],
  naming: { property: null, maxLength: 128 },
  ref: (_name, account, properties) => aliasArn(properties, account),
  attributes: (_name, account, properties) => ({ AliasArn: aliasArn(properties, account) }),
  refusedAttributes: {},
  calls: aliasCalls,
  life: {
    replacedBy: ['FunctionName', 'Name'],
    refusedChanges: {},
    updates: aliasUpdates,
    deletes: (_name, properties) =>
      deletion('Lambda', 'DeleteAlias', pick(properties, ['FunctionName', 'Name']), 'ResourceNotFoundException'),
  },
};

function aliasArn({ FunctionName, Name }: Properties, account: AccountPlace): string {
  return `${functionArn(String(FunctionName), account)}:${String(Name)}`;
}

function aliasCalls(_name: string, properties: Properties): readonly PlannedCall[] {
  const { FunctionName = '', Name = '' } = properties;
  const AdditionalVersionWeights = weightsIn(properties);
  const hasWeights = Object.keys(AdditionalVersionWeights).length > 0;
  const routing = hasWeights ? { RoutingConfig: { AdditionalVersionWeights } } : {};
  const input = { ...pick(properties, ['FunctionName', 'Name', 'FunctionVersion', 'Description']), ...routing };
  const blame = hasWeights ? 'RoutingConfig' : 'FunctionVersion';
  const create: PlannedCall = { call: { service: 'Lambda', operation: 'CreateAlias', input }, blame };
  return [create, ...provisionedCalls(String(FunctionName), String(Name), properties)];
}

/** LS-39: the call keeps what it does not name, so it names all. */
function aliasUpdates({ before, after }: ResourceChange): readonly PlannedCall[] {
  const { FunctionName = '', Name = '' } = after;
  const moved = changedProperties(before, after).filter((property) => property !== 'ProvisionedConcurrencyConfig');
  const input = {
    ...{ Description: '', ...pick(after, ['FunctionName', 'Name', 'FunctionVersion', 'Description']) },
    RoutingConfig: { AdditionalVersionWeights: weightsIn(after) },
  };
  const update: PlannedCall = { call: { service: 'Lambda', operation: 'UpdateAlias', input }, blame: moved[0] ?? null };
  return [
    ...(moved.length === 0 ? [] : [update]),
    ...provisionedUpdates(String(FunctionName), String(Name), { before, after }),
  ];
}

/** The weight of the second version, by its number; none if all requests go to the first one. */
function weightsIn({ RoutingConfig }: Properties): Readonly<Record<string, number>> {
  const weights = records(record(RoutingConfig).AdditionalVersionWeights);
  return Object.fromEntries(
    weights.map(({ FunctionVersion, FunctionWeight }) => [String(FunctionVersion), Number(FunctionWeight)]),
  );
}
