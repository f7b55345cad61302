/**
 * For tests: inputs for Lambda's operations, with an existing function and one that may be created.
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
const toBus = { Destination: 'arn:aws:events:us-east-1:123456789012:event-bus/default' };
const retries = fc.constantFrom<Input>(...[{ MaximumRetryAttempts: 0 }, { MaximumRetryAttempts: 1 }], {
  MaximumRetryAttempts: 0,
  DestinationConfig: { OnSuccess: toBus, OnFailure: toBus },
});

const inputs: OperationInputs = {
  CreateFunction: always({
    ...{ FunctionName: SECOND_FUNCTION, Runtime: 'nodejs24.x', Handler: 'f0.handler', Code: { LocalFolder: 'src/' } },
    Role: 'arn:aws:iam::123456789012:role/any',
  }),
  // The first function has a URL from the start; the other one, where there is one, has none.
  CreateFunctionUrlConfig: merged(
    fc.constantFrom(FIRST, functionName(1), SECOND_FUNCTION).map((name) => ({ FunctionName: name })),
    always({ AuthType: 'NONE' }),
  ),
  DeleteFunction: FunctionName,
  DeleteFunctionConcurrency: FunctionName,
  DeleteFunctionEventInvokeConfig: FunctionName,
  DeleteFunctionUrlConfig: FunctionName,
  GetAccountSettings: always({}),
  GetFunction: FunctionName,
  GetFunctionConcurrency: FunctionName,
  GetFunctionConfiguration: FunctionName,
  GetFunctionEventInvokeConfig: FunctionName,
  GetFunctionRecursionConfig: FunctionName,
  GetFunctionUrlConfig: FunctionName,
  Invoke: merged(
    merged(FunctionName, always({ Payload: toUtf8('{"given":3}') })),
    fc.constantFrom({}, { InvocationType: 'Event' }, { InvocationType: 'DryRun' }),
  ),
  ListFunctionUrlConfigs: FunctionName,
  PutFunctionConcurrency: merged(
    FunctionName,
    fc.constantFrom(0, 1, 2).map((units) => ({ ReservedConcurrentExecutions: units })),
  ),
  PutFunctionEventInvokeConfig: merged(FunctionName, retries),
  PutFunctionRecursionConfig: merged(
    FunctionName,
    fc.constantFrom({ RecursiveLoop: 'Allow' }, { RecursiveLoop: 'Terminate' }),
  ),
  UpdateFunctionConfiguration: merged(
    FunctionName,
    fc.constantFrom<Input>({ Timeout: 4 }, { Timeout: 4 }, { Environment: { Variables: { CHANGED: 'yes' } } }),
  ),
  UpdateFunctionEventInvokeConfig: merged(FunctionName, retries),
  UpdateFunctionUrlConfig: merged(FunctionName, fc.constantFrom({ AuthType: 'NONE' }, { AuthType: 'AWS_IAM' })),
};

const looks: readonly Look[] = [
  { operation: 'GetAccountSettings', input: {} },
  { operation: 'GetFunctionConcurrency', input: { FunctionName: FIRST } },
  { operation: 'GetFunctionConfiguration', input: { FunctionName: FIRST } },
  { operation: 'GetFunctionEventInvokeConfig', input: { FunctionName: FIRST } },
  { operation: 'GetFunctionRecursionConfig', input: { FunctionName: FIRST } },
  { operation: 'GetFunctionUrlConfig', input: { FunctionName: FIRST } },
];

/** The operations on a URL need one. */
const before: readonly Look[] = [
  { operation: 'CreateFunctionUrlConfig', input: { FunctionName: FIRST, AuthType: 'NONE' } },
];

const serviceInputs: ServiceInputs = { inputs, looks, before };
export default serviceInputs;
