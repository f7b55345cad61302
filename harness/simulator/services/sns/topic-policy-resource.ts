/**
 * AWS::SNS::TopicPolicy: parsed and validated, never enforced.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html
 */

import { IAM_NOTICE, lifeWithoutCalls, type ResourceType } from '../../contract/resource-type.ts';
import { accepted } from '../../contract/shape.ts';
import { TOPIC_ARN } from './subscription-resource.ts';

export const SNS_TOPIC_POLICY: ResourceType = {
  name: 'AWS::SNS::TopicPolicy',
  properties: {
    PolicyDocument: accepted({ kind: 'policy', of: 'resource' }),
    Topics: accepted({ kind: 'list', min: 1, of: TOPIC_ARN }),
  },
  required: ['PolicyDocument', 'Topics'],
  naming: { property: null, maxLength: 128 },
  ref: (name) => name,
  attributes: () => ({}),
  refusedAttributes: { Id: 'Nothing here uses it.' },
  calls: () => [],
  life: lifeWithoutCalls([]),
  notice: IAM_NOTICE,
};
