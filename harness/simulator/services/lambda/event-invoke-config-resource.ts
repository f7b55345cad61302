/**
 * AWS::Lambda::EventInvokeConfig: retries, age and destinations of asynchronous events.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html
 */

import { deletion, type PlannedCall, type Properties, pick, type ResourceType } from '../../contract/resource-type.ts';
import { type Shape, simulated, TEXT } from '../../contract/shape.ts';

/** LA-11: a FIFO queue or topic can't be a destination; buckets are not simulated. */
const DESTINATION: Shape = {
  kind: 'record',
  members: {
    Destination: simulated({
      kind: 'text',
      pattern:
        /^arn:(aws[a-zA-Z-]*)?:((sqs|sns|lambda):[a-z0-9-]+:\d{12}:(?!.*\.fifo$)|events:[a-z0-9-]+:\d{12}:event-bus\/).+$/,
      says: 'the ARN of a standard queue or topic, a function or an event bus, such as !GetAtt Failed.Arn',
    }),
  },
  required: ['Destination'],
};

export const LAMBDA_EVENT_INVOKE_CONFIG: ResourceType = {
  name: 'AWS::Lambda::EventInvokeConfig',
  properties: {
    FunctionName: simulated(TEXT),
    // LS-45: each version and each alias has settings of its own.
    Qualifier: simulated({
      kind: 'text',
      pattern: /^(\$LATEST|[a-zA-Z0-9-_]{1,129})$/,
      says: 'a version or an alias, such as $LATEST or !GetAtt BumpVersion.Version',
    }),
    // LA-04, LA-06.
    MaximumRetryAttempts: simulated({ kind: 'whole-number', min: 0, max: 2 }),
    MaximumEventAgeInSeconds: simulated({ kind: 'whole-number', min: 60, max: 21_600 }),
    DestinationConfig: simulated({
      kind: 'record',
      members: { OnSuccess: simulated(DESTINATION), OnFailure: simulated(DESTINATION) },
      required: [],
    }),
  },
  required: ['FunctionName', 'Qualifier'],
  naming: { property: null, maxLength: 128 },
  ref: (name) => name,
  attributes: () => ({}),
  refusedAttributes: {},
  calls: configCalls,
  life: {
    replacedBy: ['FunctionName', 'Qualifier'],
    refusedChanges: {},
    // LA-06: the call overwrites all settings.
    updates: ({ name, after }) => configCalls(name, after),
    deletes(_name, properties) {
      const input = pick(properties, ['FunctionName', 'Qualifier']);
      return deletion('Lambda', 'DeleteFunctionEventInvokeConfig', input, 'ResourceNotFoundException');
    },
  },
};

const MEMBERS = ['FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'DestinationConfig'];

function configCalls(_name: string, properties: Properties): readonly PlannedCall[] {
  const input = pick(properties, MEMBERS);
  return [{ call: { service: 'Lambda', operation: 'PutFunctionEventInvokeConfig', input }, blame: 'FunctionName' }];
}
