/**
 * AWS::Lambda::Permission: parsed and validated, never enforced.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */

import { IAM_NOTICE, lifeWithoutCalls, type ResourceType } from '../../contract/resource-type.ts';
import { accepted, FLAG, refused, TEXT } from '../../contract/shape.ts';

export const LAMBDA_PERMISSION: ResourceType = {
  name: 'AWS::Lambda::Permission',
  properties: {
    Action: accepted({
      kind: 'text',
      pattern: /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/,
      says: 'an action of Lambda, such as lambda:InvokeFunction',
    }),
    FunctionName: accepted(TEXT),
    Principal: accepted(TEXT),
    PrincipalOrgID: accepted(TEXT),
    SourceAccount: accepted({ kind: 'text', pattern: /^\d{12}$/, says: "an account's number of 12 digits" }),
    SourceArn: accepted({ kind: 'text', pattern: /^arn:\S+$/, says: 'an ARN, such as !GetAtt Rule.Arn' }),
    EventSourceToken: refused('It is for Alexa: remove it.'),
    // LS-56.
    FunctionUrlAuthType: accepted({ kind: 'choice', of: ['NONE', 'AWS_IAM'] }),
    InvokedViaFunctionUrl: accepted(FLAG),
  },
  required: ['Action', 'FunctionName', 'Principal'],
  naming: { property: null, maxLength: 128 },
  ref: (name) => name,
  attributes: () => ({}),
  refusedAttributes: { Id: 'Nothing here uses it.' },
  calls: () => [],
  life: lifeWithoutCalls(['Action', 'FunctionName', 'Principal', 'PrincipalOrgID', 'SourceAccount', 'SourceArn']),
  notice: IAM_NOTICE,
};
