/**
 * AWS::IAM::Role: parsed and validated, never enforced.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */

import { IAM_NOTICE, lifeWithoutCalls, type ResourceType } from '../../contract/resource-type.ts';
import { accepted, refused, type Shape, TAGS } from '../../contract/shape.ts';

export const POLICY_NAME: Shape = {
  kind: 'text',
  pattern: /^[\w+=,.@-]{1,128}$/,
  says: 'a name of 1 to 128 letters, digits and _ + = , . @ -',
};
export const PATH: Shape = {
  kind: 'text',
  pattern: /^\/([!-~]{1,510}\/)?$/,
  says: 'a path that begins and ends with /',
};

export const IAM_ROLE: ResourceType = {
  name: 'AWS::IAM::Role',
  properties: {
    RoleName: accepted({
      kind: 'text',
      pattern: /^[\w+=,.@-]{1,64}$/,
      says: 'a name of 1 to 64 letters, digits and _ + = , . @ -',
    }),
    AssumeRolePolicyDocument: accepted({ kind: 'policy', of: 'trust' }),
    Policies: accepted({
      kind: 'list',
      of: {
        kind: 'record',
        members: { PolicyName: accepted(POLICY_NAME), PolicyDocument: accepted({ kind: 'policy', of: 'identity' }) },
        required: ['PolicyName', 'PolicyDocument'],
      },
    }),
    ManagedPolicyArns: accepted({
      kind: 'list',
      max: 20,
      of: {
        kind: 'text',
        pattern: /^arn:(aws[a-zA-Z-]*)?:iam::(\d{12}|aws):policy\/[a-zA-Z_0-9+=,.@\-_/]+$/,
        says: "a managed policy's ARN, such as arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
      },
    }),
    Description: accepted({ kind: 'text', max: 1000 }),
    MaxSessionDuration: accepted({ kind: 'whole-number', min: 3600, max: 43_200 }),
    Path: refused('Roles have the path / here: remove it.'),
    PermissionsBoundary: refused('IAM is not enforced: remove it.'),
    Tags: accepted(TAGS),
  },
  required: ['AssumeRolePolicyDocument'],
  naming: { property: 'RoleName', maxLength: 64 },
  ref: (name) => name,
  attributes: (name, { accountId }) => ({ Arn: `arn:aws:iam::${accountId}:role/${name}` }),
  refusedAttributes: { RoleId: 'Nothing here uses it.' },
  calls: () => [],
  life: lifeWithoutCalls(['RoleName']),
  notice: IAM_NOTICE,
};
