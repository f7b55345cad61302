/**
 * For tests: inputs for the operations of event source mappings, with an existing mapping and others that may be created.
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
import {
  functionName,
  MAPPING_UUID,
  queueArnFor,
  RECORDS_ARN,
  SECOND_FUNCTION,
} from '../../programs/names-for-tests.ts';

const FIRST = functionName(0);
const FunctionName = fc.constantFrom(FIRST, FIRST, FIRST, SECOND_FUNCTION).map((name) => ({ FunctionName: name }));
const source = { EventSourceArn: queueArnFor('input') };
const stream = { EventSourceArn: RECORDS_ARN };
const UUID = always({ UUID: MAPPING_UUID });

const inputs: OperationInputs = {
  CreateEventSourceMapping: merged(
    FunctionName,
    fc.constantFrom<Input>(
      { ...source, BatchSize: 1 },
      { ...stream, BatchSize: 1, StartingPosition: 'TRIM_HORIZON', MaximumRetryAttempts: 1 },
      { ...stream, StartingPosition: 'TRIM_HORIZON', TumblingWindowInSeconds: 10, MaximumRetryAttempts: 1 },
      { ...stream, StartingPosition: 'LATEST', ParallelizationFactor: 2, MaximumRetryAttempts: 0 },
      { ...stream, StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 0, MaximumRetryAttempts: 0 },
    ),
  ),
  DeleteEventSourceMapping: UUID,
  GetEventSourceMapping: UUID,
  ListEventSourceMappings: fc.constantFrom({}, source),
  UpdateEventSourceMapping: merged(
    UUID,
    fc.constantFrom<Input>(
      { BatchSize: 2 },
      { Enabled: false },
      { Enabled: true },
      { ScalingConfig: { MaximumConcurrency: 2 } },
    ),
  ),
};

const looks: readonly Look[] = [{ operation: 'ListEventSourceMappings', input: {} }];

const serviceInputs: ServiceInputs = { inputs, looks };
export default serviceInputs;
