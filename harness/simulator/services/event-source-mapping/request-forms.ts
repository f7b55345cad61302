/**
 * The JSON types of the members of requests about mappings. What a member may say is checked where it is read.
 */

import type { MemberForms } from '../../contract/member-forms.ts';

const DESTINATION = { structure: { Destination: 'text' } } as const;

/** Of all operations together: a member has one type wherever it stands. */
export const MAPPING_FORMS: MemberForms = {
  UUID: 'text',
  EventSourceArn: 'text',
  FunctionName: 'text',
  Enabled: 'flag',
  BatchSize: 'number',
  MaximumBatchingWindowInSeconds: 'number',
  ScalingConfig: { structure: { MaximumConcurrency: 'number' } },
  FilterCriteria: { structure: { Filters: { list: { structure: { Pattern: 'text' } } } } },
  FunctionResponseTypes: { list: 'text' },
  StartingPosition: 'text',
  ParallelizationFactor: 'number',
  MaximumRetryAttempts: 'number',
  MaximumRecordAgeInSeconds: 'number',
  TumblingWindowInSeconds: 'number',
  BisectBatchOnFunctionError: 'flag',
  DestinationConfig: { structure: { OnSuccess: DESTINATION, OnFailure: DESTINATION } },
};
