/**
 * What other services hand to a topic: a rule's event is a message like any other.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { rest } from '../../../grader/fixtures/queue-lab.ts';
import { distinct, everyClass, look } from '../../../grader/fixtures/small-lab.ts';
import { ok } from '../../contract/answer.ts';
import { notesIn, replyIn } from '../../contract/service-for-tests.ts';
import { FIFO_ARN, NEWS_ARN, ORDERS_ARN, TopicsForTests } from './sns-for-tests.ts';

const delivering = (body: string) => ({ kind: 'deliver', body, attributes: {} }) as const;

describe('a topic', () => {
  it('SN-25 publishes what it is handed', () => {
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(ORDERS_ARN);
    const { effects } = sns.take(NEWS_ARN, delivering('{"n":1}'), 'attempt 1');
    expect(notesIn(effects)).toMatchObject([{ kind: 'notification-published', message: '{"n":1}', to: ['Orders'] }]);
    expect(replyIn(effects)).toEqual(ok({ MessageId: expect.any(String) }));
    const other = sns.take(NEWS_ARN, delivering('{"n":1}'), 'attempt 2');
    expect(replyIn(other.effects)).not.toEqual(replyIn(effects));
  });

  it('SN-25 that is FIFO or not there takes nothing, and none takes more than a message may have', () => {
    const sns = new TopicsForTests().withTopic().withFifoTopic();
    const answerOf = (arn: string, body: string) => replyIn(sns.take(arn, delivering(body), 'attempt 1').effects);
    expect(answerOf(FIFO_ARN, 'a')).toMatchObject({ ok: false, error: { code: 'NotFoundException' } });
    expect(answerOf(`${NEWS_ARN}x`, 'a')).toMatchObject({ ok: false, error: { code: 'NotFoundException' } });
    expect(answerOf(NEWS_ARN, 'x'.repeat(262_144))).toMatchObject({ ok: true });
    expect(answerOf(NEWS_ARN, 'x'.repeat(262_145))).toMatchObject({ error: { code: 'InvalidParameterException' } });
  });

  it('SN-25 is known to others by its name', () => {
    const sns = new TopicsForTests().withTopic();
    const footprint = { reads: ['sns/topics/news'], writes: [] };
    expect(sns.describe(NEWS_ARN)).toEqual({ is: { kind: 'topic', shownName: 'news' }, footprint });
    expect(sns.describe(`${NEWS_ARN}x`).is).toBeNull();
  });
});

/** An event on the bus, a rule with the topic behind it, and a function behind the topic. */
const RESOURCES = `  Orders: { Type: AWS::SNS::Topic }
  OnOrder:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop] }
      Targets: [{ Id: topic, Arn: !Ref Orders, InputPath: $.detail }]
  ToMail:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Orders, Protocol: lambda, Endpoint: !GetAtt mail.Arn }
`;
const SHOP = `
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
export const handler = async () => {
  const Entries = [{ Source: 'shop', DetailType: 'order', Detail: '{"n":1}' }];
  await new EventBridgeClient({}).send(new PutEventsCommand({ Entries }));
};`;
const MAIL = `export const handler = async (event) => { await add('mails ' + JSON.parse(event.Records[0].Sns.Message).n); };`;

describe('an event whose rule has a topic as its target', () => {
  it('SN-25 reaches the topic’s subscribers', async () => {
    const runs = await everyClass({
      functions: { shop: SHOP, mail: MAIL },
      resources: RESOURCES,
      run: async (context) => {
        await context.clients.lambda.send(new InvokeCommand({ FunctionName: 'shop' }));
        await rest(context);
        return { mails: await look(context, 'mails 1') };
      },
    });
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ mails: 1 }]);
  });
});
