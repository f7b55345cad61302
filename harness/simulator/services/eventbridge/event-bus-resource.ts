/**
 * AWS::Events::EventBus: a custom bus. Its policy is read and never enforced.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html
 */

import { deletion, pick, type ResourceType } from '../../contract/resource-type.ts';
import { accepted, refused, simulated, TAGS } from '../../contract/shape.ts';
import { busArn } from './state.ts';

export const EVENTS_EVENT_BUS: ResourceType = {
  name: 'AWS::Events::EventBus',
  properties: {
    // EB-20: a slash is for partner event buses.
    Name: simulated({
      kind: 'text',
      pattern: /^(?!default$)[.\-_A-Za-z0-9]{1,256}$/,
      says: 'a name of 1 to 256 letters, digits, dots, hyphens and underscores, other than «default»',
    }),
    Description: simulated({ kind: 'text', max: 512 }),
    Policy: accepted({ kind: 'policy', of: 'resource' }),
    Tags: accepted(TAGS),
    // How events are kept and logged changes nothing in a run; the queue is for events that a key makes unreadable.
    KmsKeyIdentifier: accepted({ kind: 'text', max: 2_048 }),
    DeadLetterConfig: accepted({ kind: 'record', members: { Arn: accepted({ kind: 'text' }) }, required: [] }),
    LogConfig: accepted({
      kind: 'record',
      members: {
        IncludeDetail: accepted({ kind: 'choice', of: ['NONE', 'FULL'] }),
        Level: accepted({ kind: 'choice', of: ['OFF', 'ERROR', 'INFO', 'TRACE'] }),
      },
      required: [],
    }),
    EventSourceName: refused('Partner event sources are not simulated: remove it, and put the events with PutEvents.'),
  },
  required: ['Name'],
  naming: { property: 'Name', maxLength: 256 },
  ref: (name) => name,
  attributes: (name, account) => ({ Arn: busArn(account, name), Name: name }),
  refusedAttributes: {},
  calls: (name, properties) => [
    {
      call: {
        service: 'EventBridge',
        operation: 'CreateEventBus',
        input: { Name: name, ...pick(properties, ['Description']) },
      },
      blame: 'Name',
    },
  ],
  life: {
    replacedBy: [],
    refusedChanges: { Description: 'UpdateEventBus is not simulated: leave it as it is.' },
    updates: () => [],
    deletes: (name) => deletion('EventBridge', 'DeleteEventBus', { Name: name }),
  },
};
