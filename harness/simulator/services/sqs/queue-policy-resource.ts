/**
 * AWS::SQS::QueuePolicy: parsed and validated, never enforced.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html
 */

import { IAM_NOTICE, lifeWithoutCalls, type ResourceType } from '../../contract/resource-type.ts';
import { accepted } from '../../contract/shape.ts';

export const SQS_QUEUE_POLICY: ResourceType = {
  name: 'AWS::SQS::QueuePolicy',
  properties: {
    PolicyDocument: accepted({ kind: 'policy', of: 'resource' }),
    Queues: accepted({
      kind: 'list',
      min: 1,
      of: { kind: 'text', pattern: /^https:\/\/\S+$/, says: "a queue's URL, such as !Ref Orders" },
    }),
  },
  required: ['PolicyDocument', 'Queues'],
  naming: { property: null, maxLength: 128 },
  ref: (name) => name,
  attributes: () => ({}),
  refusedAttributes: { Id: 'Nothing here uses it.' },
  calls: () => [],
  life: lifeWithoutCalls([]),
  notice: IAM_NOTICE,
};
