/**
 * AWS::Lambda::Version: a function as it is when the stack is made, under a number (LS-42).
 *
 * The stack makes the function as well, so the number is 1 and known before anything is made. Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html
 */

import { functionArn } from '../../contract/arn.ts';
import {
  changedProperties,
  deletion,
  type PlannedCall,
  type Properties,
  pick,
  type ResourceChange,
  type ResourceType,
  record,
} from '../../contract/resource-type.ts';
import { accepted, refused, type Shape, simulated } from '../../contract/shape.ts';

/** How many environments are kept initialised. */
export const PROVISIONED: Shape = {
  kind: 'record',
  members: { ProvisionedConcurrentExecutions: simulated({ kind: 'whole-number', min: 1 }) },
  required: ['ProvisionedConcurrentExecutions'],
};

/** A function's name, or its ARN without a qualifier. */
export const UNQUALIFIED_FUNCTION: Shape = {
  kind: 'text',
  pattern: /^(arn:(aws[a-zA-Z-]*)?:lambda:[a-z0-9-]+:\d{12}:function:|\d{12}:function:)?[a-zA-Z0-9-_]{1,64}$/,
  says: 'a function without a version, such as !Ref Bump',
};

/** The first version of a function has this number. */
const FIRST = '1';

export const LAMBDA_VERSION: ResourceType = {
  name: 'AWS::Lambda::Version',
  properties: {
    FunctionName: simulated(UNQUALIFIED_FUNCTION),
    Description: simulated({ kind: 'text', max: 256 }),
    ProvisionedConcurrencyConfig: simulated(PROVISIONED),
    CodeSha256: refused('The simulator never sees the code: remove it.'),
    FunctionScalingConfig: refused(),
    RuntimePolicy: accepted({
      kind: 'record',
      members: {
        UpdateRuntimeOn: accepted({ kind: 'choice', of: ['Auto', 'FunctionUpdate'], refused: ['Manual'] }),
        RuntimeVersionArn: refused(),
      },
      required: ['UpdateRuntimeOn'],
    }),
  },
  required: ['FunctionName'],
  naming: { property: null, maxLength: 128 },
  ref: (_name, account, { FunctionName }) => `${functionArn(String(FunctionName), account)}:${FIRST}`,
  attributes: (_name, account, { FunctionName }) => ({
    FunctionArn: `${functionArn(String(FunctionName), account)}:${FIRST}`,
    Version: FIRST,
  }),
  refusedAttributes: {},
  calls: versionCalls,
  life: {
    replacedBy: ['FunctionName', 'Description', 'CodeSha256', 'RuntimePolicy', 'ProvisionedConcurrencyConfig'],
    refusedChanges: {},
    updates: () => [],
    deletes: (_name, { FunctionName }) =>
      deletion('Lambda', 'DeleteFunction', { FunctionName, Qualifier: FIRST }, 'ResourceNotFoundException'),
    // The next one would have the number 2.
    madeOnce: 'Leave it in the stack as it is, and publish the next version with PublishVersion.',
  },
};

function versionCalls(_name: string, properties: Properties): readonly PlannedCall[] {
  const { FunctionName = '' } = properties;
  const input = { ...pick(properties, ['FunctionName', 'Description']), DeployedVersion: FIRST };
  const publish: PlannedCall = {
    call: { service: 'Lambda', operation: 'PublishVersion', input },
    blame: 'FunctionName',
  };
  return [publish, ...provisionedCalls(String(FunctionName), FIRST, properties)];
}

/** The calls that bring what is provisioned to what the template says now. */
export function provisionedUpdates(
  FunctionName: string,
  Qualifier: string,
  { before, after }: Pick<ResourceChange, 'before' | 'after'>,
): readonly PlannedCall[] {
  if (!changedProperties(before, after).includes('ProvisionedConcurrencyConfig')) return [];
  if (after.ProvisionedConcurrencyConfig !== undefined) return provisionedCalls(FunctionName, Qualifier, after);
  const input = { FunctionName, Qualifier };
  const call = { service: 'Lambda', operation: 'DeleteProvisionedConcurrencyConfig', input };
  return [{ call, blame: null }];
}

/** The call that provisions for a version or an alias; none if the template does not ask for it. */
export function provisionedCalls(
  FunctionName: string,
  Qualifier: string,
  properties: Properties,
): readonly PlannedCall[] {
  const { ProvisionedConcurrencyConfig: config } = properties;
  if (config === undefined) return [];
  const input = { FunctionName, Qualifier, ...pick(record(config), ['ProvisionedConcurrentExecutions']) };
  const call = { service: 'Lambda', operation: 'PutProvisionedConcurrencyConfig', input };
  return [{ call, blame: 'ProvisionedConcurrencyConfig' }];
}
