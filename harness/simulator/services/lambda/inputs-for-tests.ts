/**
 * For tests: inputs for Lambda's operations, with an existing function that has two versions and two aliases, and a function that may be
 * created.
 */

import fc from 'fast-check';
import type { Input } from '../../contract/answer.ts';
import { functionArn } from '../../contract/arn.ts';
import {
  always,
  type Look,
  merged,
  type OperationInputs,
  type ServiceInputs,
} from '../../contract/inputs-for-tests.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import { functionName, SECOND_FUNCTION } from '../../programs/names-for-tests.ts';

const FIRST = functionName(0);
const FIRST_ARN = functionArn(FIRST, { region: 'us-east-1', accountId: '123456789012' });
const FunctionName = fc.constantFrom(FIRST, FIRST, FIRST_ARN, SECOND_FUNCTION).map((name) => ({ FunctionName: name }));
const LIVE = 'live';
/** This alias sends all requests to one version, and may have environments of its own. */
const NEXT = 'next';
/** Of every three calls one names a version, an alias, or none that is there. */
const Qualified = merged(
  FunctionName,
  fc.constantFrom<Input>(
    {},
    {},
    {},
    {},
    { Qualifier: '2' },
    { Qualifier: LIVE },
    { Qualifier: NEXT },
    { Qualifier: '7' },
  ),
);
const Published = merged(
  always({ FunctionName: FIRST }),
  fc.constantFrom('1', '2', NEXT, NEXT, LIVE, '$LATEST').map((qualifier) => ({ Qualifier: qualifier })),
);
const Name = fc.constantFrom(LIVE, NEXT, 'more').map((name) => ({ Name: name }));
const routing = fc.constantFrom<Input>(
  { FunctionVersion: '1' },
  { FunctionVersion: '2' },
  { FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } },
  { FunctionVersion: '1', RoutingConfig: {} },
);
const toBus = { Destination: 'arn:aws:events:us-east-1:123456789012:event-bus/default' };
const retries = fc.constantFrom<Input>(...[{ MaximumRetryAttempts: 0 }, { MaximumRetryAttempts: 1 }], {
  MaximumRetryAttempts: 0,
  DestinationConfig: { OnSuccess: toBus, OnFailure: toBus },
});

const inputs: OperationInputs = {
  CreateAlias: merged(merged(FunctionName, Name), routing),
  CreateFunction: always({
    ...{ FunctionName: SECOND_FUNCTION, Runtime: 'nodejs24.x', Handler: 'f0.handler', Code: { LocalFolder: 'src/' } },
    Role: 'arn:aws:iam::123456789012:role/any',
  }),
  // The first function has a URL from the start; the other one, where there is one, has none.
  CreateFunctionUrlConfig: merged(
    fc.constantFrom(FIRST, functionName(1), SECOND_FUNCTION).map((name) => ({ FunctionName: name })),
    always({ AuthType: 'NONE' }),
  ),
  DeleteAlias: merged(FunctionName, Name),
  DeleteFunction: merged(FunctionName, fc.constantFrom<Input>({}, { Qualifier: '2' })),
  DeleteFunctionConcurrency: FunctionName,
  DeleteFunctionEventInvokeConfig: Qualified,
  DeleteFunctionUrlConfig: FunctionName,
  DeleteProvisionedConcurrencyConfig: Published,
  GetAccountSettings: always({}),
  GetAlias: merged(FunctionName, Name),
  GetFunction: Qualified,
  GetFunctionConcurrency: FunctionName,
  GetFunctionConfiguration: Qualified,
  GetFunctionEventInvokeConfig: Qualified,
  GetFunctionRecursionConfig: FunctionName,
  GetFunctionUrlConfig: FunctionName,
  GetProvisionedConcurrencyConfig: Published,
  Invoke: merged(
    merged(Qualified, always({ Payload: toUtf8('{"given":3}') })),
    fc.constantFrom({}, { InvocationType: 'Event' }, { InvocationType: 'DryRun' }),
  ),
  ListAliases: FunctionName,
  ListFunctionUrlConfigs: FunctionName,
  ListProvisionedConcurrencyConfigs: FunctionName,
  ListVersionsByFunction: FunctionName,
  PublishVersion: FunctionName,
  PutFunctionConcurrency: merged(
    FunctionName,
    fc.constantFrom(0, 1, 2).map((units) => ({ ReservedConcurrentExecutions: units })),
  ),
  PutFunctionEventInvokeConfig: merged(Qualified, retries),
  PutFunctionRecursionConfig: merged(
    FunctionName,
    fc.constantFrom({ RecursiveLoop: 'Allow' }, { RecursiveLoop: 'Terminate' }),
  ),
  PutProvisionedConcurrencyConfig: merged(
    Published,
    fc.constantFrom(1, 2).map((units) => ({ ProvisionedConcurrentExecutions: units })),
  ),
  UpdateAlias: merged(merged(FunctionName, Name), routing),
  UpdateFunctionConfiguration: merged(
    FunctionName,
    fc.constantFrom<Input>({ Timeout: 4 }, { Timeout: 4 }, { Environment: { Variables: { CHANGED: 'yes' } } }),
  ),
  UpdateFunctionEventInvokeConfig: merged(Qualified, retries),
  UpdateFunctionUrlConfig: merged(FunctionName, fc.constantFrom({ AuthType: 'NONE' }, { AuthType: 'AWS_IAM' })),
};

const looks: readonly Look[] = [
  { operation: 'GetAccountSettings', input: {} },
  { operation: 'GetFunctionConcurrency', input: { FunctionName: FIRST } },
  { operation: 'GetFunctionConfiguration', input: { FunctionName: FIRST } },
  { operation: 'GetFunctionEventInvokeConfig', input: { FunctionName: FIRST } },
  { operation: 'GetFunctionRecursionConfig', input: { FunctionName: FIRST } },
  { operation: 'GetFunctionUrlConfig', input: { FunctionName: FIRST } },
  { operation: 'ListAliases', input: { FunctionName: FIRST } },
  { operation: 'ListProvisionedConcurrencyConfigs', input: { FunctionName: FIRST } },
  { operation: 'ListVersionsByFunction', input: { FunctionName: FIRST } },
];

/** The operations on a URL need one. The second version has an environment that is provisioned. */
const before: readonly Look[] = [
  { operation: 'CreateFunctionUrlConfig', input: { FunctionName: FIRST, AuthType: 'NONE' } },
  { operation: 'PublishVersion', input: { FunctionName: FIRST } },
  { operation: 'UpdateFunctionConfiguration', input: { FunctionName: FIRST, Description: 'the second' } },
  { operation: 'PublishVersion', input: { FunctionName: FIRST } },
  {
    operation: 'CreateAlias',
    input: {
      ...{ FunctionName: FIRST, Name: LIVE, FunctionVersion: '1' },
      RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } },
    },
  },
  { operation: 'CreateAlias', input: { FunctionName: FIRST, Name: NEXT, FunctionVersion: '1' } },
  {
    operation: 'PutProvisionedConcurrencyConfig',
    input: { FunctionName: FIRST, Qualifier: '2', ProvisionedConcurrentExecutions: 1 },
  },
];

const serviceInputs: ServiceInputs = { inputs, looks, before };
export default serviceInputs;
