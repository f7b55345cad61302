/**
 * AWS::Events::EventBusPolicy: parsed and validated, never enforced.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html
 */

import { IAM_NOTICE, lifeWithoutCalls, type ResourceType } from '../../contract/resource-type.ts';
import { accepted } from '../../contract/shape.ts';

export const EVENTS_EVENT_BUS_POLICY: ResourceType = {
  name: 'AWS::Events::EventBusPolicy',
  properties: {
    StatementId: accepted({
      kind: 'text',
      pattern: /^[a-zA-Z0-9-_]{1,64}$/,
      says: 'an id of 1 to 64 letters, digits, hyphens and underscores',
    }),
    EventBusName: accepted({ kind: 'text', min: 1, max: 256 }),
    Statement: accepted({ kind: 'json' }),
    Action: accepted({ kind: 'choice', of: ['events:PutEvents'] }),
    Principal: accepted({ kind: 'text', pattern: /^(\d{12}|\*)$/, says: 'the id of an account, or *' }),
    Condition: accepted({
      kind: 'record',
      members: {
        Key: accepted({ kind: 'text' }),
        Type: accepted({ kind: 'text' }),
        Value: accepted({ kind: 'text' }),
      },
      required: [],
    }),
  },
  required: ['StatementId'],
  naming: { property: null, maxLength: 128 },
  ref: (name) => name,
  attributes: () => ({}),
  refusedAttributes: {},
  calls: () => [],
  life: lifeWithoutCalls(['EventBusName', 'StatementId']),
  notice: IAM_NOTICE,
};
