/**
 * The JSON types of the members of Lambda's requests. What a member may say is checked where it is read.
 */

import type { MemberForms } from '../../contract/member-forms.ts';

const DESTINATION = { structure: { Destination: 'text' } } as const;

/** Of all operations together: a member has one type wherever it stands. */
export const LAMBDA_FORMS: MemberForms = {
  FunctionName: 'text',
  Qualifier: 'text',
  RecursiveLoop: 'text',
  AuthType: 'text',
  InvokeMode: 'text',
  Cors: {
    structure: {
      AllowCredentials: 'flag',
      AllowHeaders: { list: 'text' },
      AllowMethods: { list: 'text' },
      AllowOrigins: { list: 'text' },
      ExposeHeaders: { list: 'text' },
      MaxAge: 'number',
    },
  },
  MaxItems: 'number',
  Marker: 'text',
  Runtime: 'text',
  Role: 'text',
  Handler: 'text',
  Description: 'text',
  Timeout: 'number',
  MemorySize: 'number',
  RevisionId: 'text',
  PackageType: 'text',
  Publish: 'flag',
  Architectures: { list: 'text' },
  Environment: { structure: { Variables: { map: 'text' } } },
  DeadLetterConfig: { structure: { TargetArn: 'text' } },
  EphemeralStorage: { structure: { Size: 'number' } },
  LoggingConfig: { map: 'text' },
  Code: { structure: { LocalFolder: 'text' } },
  Tags: { map: 'text' },
  InvocationType: 'text',
  LogType: 'text',
  CodeSha256: 'text',
  DeployedVersion: 'text',
  Name: 'text',
  FunctionVersion: 'text',
  RoutingConfig: { structure: { AdditionalVersionWeights: { map: 'double' } } },
  ProvisionedConcurrentExecutions: 'number',
  ReservedConcurrentExecutions: 'number',
  MaximumRetryAttempts: 'number',
  MaximumEventAgeInSeconds: 'number',
  DestinationConfig: { structure: { OnSuccess: DESTINATION, OnFailure: DESTINATION } },
};
