/**
 * Rules in templates: each rule of their properties, with line and column, and the calls.
 */

import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../contract/answer.ts';
import { deployed, findingsOf, lambda, QUEUE, ROLE, standing } from '../cloudformation/stack-for-tests.ts';

/** A rule; its further properties begin in line 5. */
const template = (properties: string) => `Resources:
  OnOrder:
    Type: AWS::Events::Rule
    Properties:
      ${properties.replace(/\n/g, '\n      ')}
${QUEUE}${lambda('Bump')}${ROLE}`;

const PATTERN = 'EventPattern: { source: [shop], detail: { n: [1, "1", null] } }';
const target = (members: string) => `${PATTERN}\nTargets: [{ Id: a, Arn: !GetAtt Bump.Arn, ${members} }]`;

describe('AWS::Events::Rule', () => {
  it('makes a rule and its targets, after what it needs', () => {
    const { calls, deployment } = standing(
      template(`${PATTERN}
State: DISABLED
Description: all orders
Targets:
  - { Id: bump, Arn: !GetAtt Bump.Arn, RetryPolicy: { MaximumRetryAttempts: 2 } }
  - { Id: orders, Arn: !GetAtt Orders.Arn, InputPath: $.detail, DeadLetterConfig: { Arn: !GetAtt Orders.Arn } }`),
    );
    expect(calls.map(({ operation }) => operation)).toEqual(['CreateQueue', 'CreateFunction', 'PutRule', 'PutTargets']);
    const name = deployment.resources.find(({ logicalId }) => logicalId === 'OnOrder')?.physicalId;
    expect(name).toMatch(/^shop-OnOrder-\w+$/);
    const EventPattern = '{"source":["shop"],"detail":{"n":[1,"1",null]}}';
    expect(calls[2]?.input).toEqual({ Name: name, State: 'DISABLED', Description: 'all orders', EventPattern });
    expect(calls[3]?.input).toMatchObject({
      Rule: name,
      Targets: [
        { Id: 'bump', Arn: expect.stringContaining(':function:'), RetryPolicy: { MaximumRetryAttempts: 2 } },
        { Id: 'orders', Arn: 'arn:aws:sqs:eu-central-1:123456789012:orders', InputPath: '$.detail' },
      ],
    });
  });

  it('has an ARN, and without targets makes no call for them', () => {
    const text = `${template(`Name: orders\n${PATTERN}`)}Outputs:\n  Arn: { Value: !GetAtt OnOrder.Arn }\n`;
    const { deployment, calls } = standing(text);
    expect(deployment.outputs.Arn).toBe('arn:aws:events:eu-central-1:123456789012:rule/orders');
    expect(calls.map(({ operation }) => operation)).not.toContain('PutTargets');
  });

  it.each(['!Ref Till', '!GetAtt Till.Arn', '!GetAtt Till.Name'])('EB-21 is made on a bus that is %s', (bus) => {
    const text = `${template(`Name: orders\nEventBusName: ${bus}\n${target('Input: "{}"')}`)}  Till:
    Type: AWS::Events::EventBus
    Properties: { Name: till }
Outputs:
  Arn: { Value: !GetAtt OnOrder.Arn }
  Ref: { Value: !Ref OnOrder }
`;
    const { deployment, calls } = standing(text);
    const rule = { Arn: 'arn:aws:events:eu-central-1:123456789012:rule/till/orders', Ref: 'till|orders' };
    expect(deployment.outputs).toEqual(rule);
    const operations = calls.map(({ operation }) => operation);
    expect(operations.indexOf('CreateEventBus')).toBeLessThan(operations.indexOf('PutRule'));
    for (const { input } of calls.slice(-2)) expect(String(input.EventBusName)).toMatch(/(^|\/)till$/);
  });

  it('EB-20 tells where the bus is that is not there', () => {
    const answer = ({ operation }: { readonly operation: string }) =>
      operation === 'DescribeEventBus' ? fail('ResourceNotFoundException', 'Event bus tills does not exist.') : ok({});
    expect(deployed(template(`${PATTERN}\nEventBusName: tills`), { answer }).result).toMatchObject({
      ok: false,
      findings: [{ line: 6, path: 'Resources.OnOrder.Properties.EventBusName' }],
    });
  });

  it('EB-22 gives its target an input transformer', () => {
    const InputTransformer = { InputPathsMap: { n: '$.detail.n' }, InputTemplate: '{"n": <n>}' };
    const { calls } = standing(template(target(`InputTransformer: ${JSON.stringify(InputTransformer)}`)));
    expect(calls.at(-1)?.input).toMatchObject({ Targets: [{ Id: 'a', InputTransformer }] });
  });

  it('EB-17 tells where the pattern is that AWS does not take', () => {
    const answer = ({ operation }: { readonly operation: string }) =>
      operation === 'PutRule' ? fail('InvalidEventPatternException', 'Event pattern is not valid.') : ok({});
    expect(deployed(template(PATTERN), { answer }).result).toMatchObject({
      ok: false,
      findings: [
        {
          line: 5,
          path: 'Resources.OnOrder.Properties.EventPattern',
          message: 'The resource OnOrder cannot be made. EventBridge says: Event pattern is not valid.',
        },
      ],
    });
  });

  it.each([
    ['Name: orders', 'AWS::Events::Rule needs EventPattern.'],
    [
      `ScheduleExpression: rate(5 minutes)\n${PATTERN}`,
      'ScheduleExpression is not simulated. Schedules are not simulated yet: give the rule an EventPattern.',
    ],
    [
      `${PATTERN}\nEventBusName: "a b"`,
      'EventBusName must be the name or the ARN of an event bus, such as !Ref Orders, not «a b».',
    ],
    [`${PATTERN}\nState: active`, 'State must be ENABLED or DISABLED, not «active».'],
    ['EventPattern: all', 'EventPattern must be a map, not «all».'],
    [target('InputTransformer: { InputPathsMap: { a: $.id } }'), 'InputTransformer needs InputTemplate.'],
    [
      target('InputTransformer: { InputPathsMap: { "a.b": $.id }, InputTemplate: "1" }'),
      '«a.b» cannot be a name in InputPathsMap: it needs 1 to 256 letters, digits, hyphens and underscores.',
    ],
    [
      target('InputPath: "$.detail[*]"'),
      'InputPath must be a path of names and indices, such as $.detail.items[0], not «$.detail[*]».',
    ],
    [target('SqsParameters: {}'), 'SqsParameters needs MessageGroupId.'],
    [target('KinesisParameters: {}'), 'KinesisParameters needs PartitionKeyPath.'],
    [
      target('RetryPolicy: { MaximumRetryAttempts: 186 }'),
      'MaximumRetryAttempts must be a whole number from 0 to 185, not «186».',
    ],
    [
      target('RetryPolicy: { MaximumEventAgeInSeconds: 59 }'),
      'MaximumEventAgeInSeconds must be a whole number from 60 to 86400, not «59».',
    ],
    [
      target('DeadLetterConfig: { Arn: !GetAtt Bump.Arn }'),
      "Arn must be a standard queue's ARN, such as !GetAtt DeadLetters.Arn, not «arn:aws:lambda:eu-central-1:123456789012:function:shop-Bump-",
    ],
    [
      `${PATTERN}\nTargets: [{ Id: a, Arn: "arn:aws:s3:::bucket" }]`,
      'Arn must be the ARN of a function, a queue, a standard topic, a stream or an event bus, such as !GetAtt Orders.Arn, not «arn:aws:s3:::bucket».',
    ],
    [
      `${PATTERN}\nTargets: [{ Id: a, Arn: "arn:aws:sns:us-east-1:123456789012:topic.fifo" }]`,
      '6:31 Arn «arn:aws:sns:us-east-1:123456789012:topic.fifo» is not simulated. Give the rule a standard topic.',
    ],
    [
      `${PATTERN}\nTargets: [{ Id: a, Arn: "arn:aws:events:us-east-1:123456789012:api-destination/a/1" }]`,
      'is not simulated. Let a function call the API.',
    ],
    [
      `${PATTERN}\nTargets: [{ Id: a, Arn: !GetAtt Bump.Arn }, { Id: a, Arn: !GetAtt Orders.Arn }]`,
      'Two targets of a rule cannot have the same Id «a».',
    ],
    [target('Input: "{}", InputPath: $.detail'), 'The target «a» has Input and InputPath. Leave one of them.'],
    [
      target('Input: "{}", InputPath: $.detail, InputTransformer: { InputTemplate: "1" }'),
      'The target «a» has Input, InputPath and InputTransformer. Leave one of them.',
    ],
    [
      `${PATTERN}\nTargets: [${[1, 2, 3, 4, 5, 6].map((id) => `{ Id: "${id}", Arn: !GetAtt Bump.Arn }`).join(', ')}]`,
      'Targets must have at most 5 in its list, not 6.',
    ],
  ])('%s', (properties, finding) => {
    expect(findingsOf(template(properties))).toEqual([expect.stringContaining(finding)]);
  });
});
