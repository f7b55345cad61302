/**
 * AWS::IAM::Policy: parsed and validated, never enforced.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html
 */

import { IAM_NOTICE, lifeWithoutCalls, type ResourceType } from '../../contract/resource-type.ts';
import { accepted, type Members, TEXT } from '../../contract/shape.ts';
import { POLICY_NAME } from './role.ts';

/** The roles, users and groups that a policy is attached to. */
export const ATTACHED_TO: Members = {
  Roles: accepted({ kind: 'list', of: TEXT }),
  Users: accepted({ kind: 'list', of: TEXT }),
  Groups: accepted({ kind: 'list', of: TEXT }),
};

export const IAM_POLICY: ResourceType = {
  name: 'AWS::IAM::Policy',
  properties: {
    PolicyName: accepted(POLICY_NAME),
    PolicyDocument: accepted({ kind: 'policy', of: 'identity' }),
    ...ATTACHED_TO,
  },
  required: ['PolicyName', 'PolicyDocument'],
  naming: { property: null, maxLength: 128 },
  ref: (name) => name,
  attributes: () => ({}),
  refusedAttributes: { Id: 'Nothing here uses it.' },
  check(properties, report) {
    if (Object.keys(ATTACHED_TO).every((name) => properties[name] === undefined)) {
      report('PolicyName', 'AWS::IAM::Policy needs at least one of Roles, Users or Groups.');
    }
  },
  calls: () => [],
  life: lifeWithoutCalls([]),
  notice: IAM_NOTICE,
};
