/**
 * Event buses in templates: each rule of their properties, with line and column, and the call.
 */

import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../contract/answer.ts';
import { deployed, findingsOf, standing } from '../cloudformation/stack-for-tests.ts';

/** A bus; its further properties begin in line 5. */
const template = (properties: string) => `Resources:
  Till:
    Type: AWS::Events::EventBus
    Properties:
      ${properties.replace(/\n/g, '\n      ')}
`;

const HARMLESS = `Name: till
Description: what the till says
Tags: [{ Key: a, Value: b }]
KmsKeyIdentifier: alias/bus
LogConfig: { Level: INFO, IncludeDetail: FULL }
DeadLetterConfig: { Arn: "arn:aws:sqs:us-east-1:123456789012:dead" }
Policy:
  Statement: [{ Sid: a, Effect: Allow, Principal: "*", Action: events:PutEvents, Resource: "*" }]`;

describe('AWS::Events::EventBus', () => {
  it('makes a bus, and has a name and an ARN', () => {
    const outputs = `Outputs:
  Ref: { Value: !Ref Till }
  Name: { Value: !GetAtt Till.Name }
  Arn: { Value: !GetAtt Till.Arn }
`;
    const { calls, deployment } = standing(`${template(HARMLESS)}${outputs}`);
    expect(calls).toEqual([
      {
        service: 'EventBridge',
        operation: 'CreateEventBus',
        input: { Name: 'till', Description: 'what the till says' },
      },
    ]);
    const Arn = 'arn:aws:events:eu-central-1:123456789012:event-bus/till';
    expect(deployment.outputs).toEqual({ Ref: 'till', Name: 'till', Arn });
  });

  it('EB-20 tells where the name is that AWS does not take', () => {
    const answer = () => fail('ResourceAlreadyExistsException', 'Event bus till already exists.');
    expect(deployed(template('Name: till'), { answer }).result).toMatchObject({
      ok: false,
      findings: [
        {
          ...{ line: 5, path: 'Resources.Till.Properties.Name' },
          message: 'The resource Till cannot be made. EventBridge says: Event bus till already exists.',
        },
      ],
    });
    expect(deployed(template('Name: till'), { answer: () => ok({}) }).result.ok).toBe(true);
  });

  it.each([
    ['Description: a', 'AWS::Events::EventBus needs Name.'],
    [
      'Name: default',
      'Name must be a name of 1 to 256 letters, digits, dots, hyphens and underscores, other than «default», not «default».',
    ],
    ['Name: a/b', 'Name must be a name of 1 to 256 letters'],
    [
      'Name: a\nEventSourceName: aws.partner/a',
      'EventSourceName is not simulated. Partner event sources are not simulated: remove it, and put the events with PutEvents.',
    ],
    ['Name: a\nLogConfig: { Level: ALL }', 'Level must be OFF, ERROR, INFO or TRACE, not «ALL».'],
  ])('%s', (properties, finding) => {
    expect(findingsOf(template(properties))).toEqual([expect.stringContaining(finding)]);
  });
});

describe('AWS::Events::EventBusPolicy', () => {
  it('is read and makes nothing', () => {
    const { calls, deployment } = standing(`${template('Name: till')}  MayPut:
    Type: AWS::Events::EventBusPolicy
    Properties:
      StatementId: MayPut
      EventBusName: !Ref Till
      Statement: { Effect: Allow, Principal: "*", Action: events:PutEvents, Resource: !GetAtt Till.Arn }
`);
    expect(calls).toHaveLength(1);
    expect(deployment.notices).toEqual(['IAM not enforced: roles are parsed and validated only.']);
  });
});
