/**
 * AWS::IAM::ManagedPolicy: parsed and validated, never enforced.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html
 */

import type { AccountPlace } from '../../contract/arn.ts';
import { IAM_NOTICE, lifeWithoutCalls, type ResourceType } from '../../contract/resource-type.ts';
import { accepted, refused } from '../../contract/shape.ts';
import { ATTACHED_TO } from './policy.ts';
import { POLICY_NAME } from './role.ts';

export const IAM_MANAGED_POLICY: ResourceType = {
  name: 'AWS::IAM::ManagedPolicy',
  properties: {
    ManagedPolicyName: accepted(POLICY_NAME),
    PolicyDocument: accepted({ kind: 'policy', of: 'identity' }),
    Description: accepted({ kind: 'text', max: 1000 }),
    Path: refused('Policies have the path / here: remove it.'),
    ...ATTACHED_TO,
  },
  required: ['PolicyDocument'],
  naming: { property: 'ManagedPolicyName', maxLength: 128 },
  ref: policyArn,
  attributes: (name, account) => ({ PolicyArn: policyArn(name, account) }),
  refusedAttributes: Object.fromEntries(
    [
      ...['AttachmentCount', 'CreateDate', 'DefaultVersionId', 'IsAttachable'],
      ...['PermissionsBoundaryUsageCount', 'PolicyId', 'UpdateDate'],
    ].map((name) => [name, 'Nothing here uses it.']),
  ),
  calls: () => [],
  life: lifeWithoutCalls(['Description', 'ManagedPolicyName']),
  notice: IAM_NOTICE,
};

function policyArn(name: string, { accountId }: AccountPlace): string {
  return `arn:aws:iam::${accountId}:policy/${name}`;
}
