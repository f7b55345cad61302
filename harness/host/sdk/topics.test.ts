/**
 * SNS through the SDK: both ways agree on calls, outputs and errors, against the simulated service itself. Its clients speak the query protocol.
 */

import { describe, expect, it } from 'vitest';
import { ServiceForTests } from '../../simulator/contract/service-for-tests.ts';
import { SNS } from '../../simulator/services/sns/sns.ts';
import { bothModes } from './fixtures/both-modes.ts';
import type { TestWorld } from './fixtures/test-realm.ts';

/** An account with the FIFO topic `news.fifo`. */
function topicWorld(): TestWorld {
  const account = new ServiceForTests(SNS);
  const Attributes = { FifoTopic: 'true', ContentBasedDeduplication: 'true' };
  account.ask('CreateTopic', { Name: 'news.fifo', Attributes });
  return ({ operation, input }) => account.answerTo(operation, input);
}

describe('topics', () => {
  it('messages are published, and attributes come back', async () => {
    const { value } = await bothModes(async ({ require }) => {
      const { GetTopicAttributesCommand, ListTopicsCommand, PublishBatchCommand, PublishCommand, SNSClient } =
        require('@aws-sdk/client-sns');
      const client = new SNSClient({});
      const { Topics = [] } = await client.send(new ListTopicsCommand({}));
      const { TopicArn } = Topics[0] ?? {};
      const MessageAttributes = {
        size: { DataType: 'Number', StringValue: '3' },
        photo: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
      };
      const published = await client.send(
        new PublishCommand({
          TopicArn,
          Message: '{"drink":"flat white ☕ & <more>"}',
          MessageGroupId: 'g',
          MessageAttributes,
        }),
      );
      const entries = [{ Id: 'a', Message: 'x', MessageGroupId: 'g' }];
      const batch = await client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }));
      const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
      return { published, Successful: batch.Successful, Failed: batch.Failed, Attributes };
    }, topicWorld);
    expect(value).toMatchObject({
      published: { MessageId: expect.any(String), SequenceNumber: expect.any(String) },
      Successful: [{ Id: 'a' }],
      Failed: [],
      Attributes: { FifoTopic: 'true', Policy: expect.stringContaining('"Version":"2008-10-17"') },
    });
  });

  it('an error is the SDK’s own exception, with its name in the query protocol', async () => {
    const { value } = await bothModes(async ({ require }) => {
      const { NotFoundException, PublishCommand, SNSClient, SNSServiceException } = require('@aws-sdk/client-sns');
      const command = new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:gone', Message: 'x' });
      const error = await new SNSClient({}).send(command).catch((caught: unknown) => caught);
      if (!(error instanceof NotFoundException)) return `another class: ${String(error)}`;
      const isBase = error instanceof SNSServiceException;
      return { ...error, name: error.name, message: error.message, isBase };
    }, topicWorld);
    expect(value).toMatchObject({
      ...{ name: 'NotFoundException', message: 'Topic does not exist', $fault: 'client', isBase: true },
      ...{ Code: 'NotFound', Type: 'Sender', $metadata: { httpStatusCode: 404, attempts: 1 } },
    });
  });

  it('an error without a class of its own has its name all the same', async () => {
    const { value } = await bothModes(async ({ require }) => {
      const { PublishCommand, SNSClient, SNSServiceException } = require('@aws-sdk/client-sns');
      const [TopicArn, MessageGroupId] = ['arn:aws:sns:us-east-1:123456789012:news.fifo', 'g'];
      const MessageAttributes = { a: { DataType: undefined, StringValue: 'x' } };
      const command = new PublishCommand({ TopicArn, MessageGroupId, Message: 'x', MessageAttributes });
      const error = await new SNSClient({}).send(command).catch((caught: unknown) => caught);
      if (!(error instanceof SNSServiceException)) return `another class: ${String(error)}`;
      return { ...error, name: error.name, message: error.message };
    }, topicWorld);
    expect(value).toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining("Value null at 'messageAttributes.a.member.dataType'"),
    });
  });
});
