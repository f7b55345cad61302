/**
 * AWS::Logs::LogGroup: accepted, and empty. What handlers print is in the trace.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
 */

import { lifeWithoutCalls, type ResourceType } from '../../contract/resource-type.ts';
import { accepted, FLAG, refused, TAGS } from '../../contract/shape.ts';

const RETENTION_DAYS = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

export const LOGS_LOG_GROUP: ResourceType = {
  name: 'AWS::Logs::LogGroup',
  properties: {
    LogGroupName: accepted({
      kind: 'text',
      pattern: /^[.\-_/#A-Za-z0-9]{1,512}$/,
      says: 'a name of 1 to 512 letters, digits and . - _ / #',
    }),
    RetentionInDays: accepted({ kind: 'whole-number', of: RETENTION_DAYS }),
    LogGroupClass: accepted({ kind: 'choice', of: ['STANDARD', 'INFREQUENT_ACCESS'], refused: ['DELIVERY'] }),
    DeletionProtectionEnabled: accepted(FLAG),
    Tags: accepted(TAGS),
    BearerTokenAuthenticationEnabled: refused(),
    DataProtectionPolicy: refused(),
    FieldIndexPolicies: refused(),
    KmsKeyId: refused('There are no keys here: remove it.'),
    ResourcePolicyDocument: refused('IAM is not enforced: remove it.'),
  },
  required: [],
  naming: { property: 'LogGroupName', maxLength: 512 },
  ref: (name) => name,
  attributes: (name, { region, accountId }) => ({ Arn: `arn:aws:logs:${region}:${accountId}:log-group:${name}:*` }),
  refusedAttributes: {},
  calls: () => [],
  life: lifeWithoutCalls([]),
  notice: 'Log groups are accepted and stay empty: what handlers print is in the trace.',
};
