/**
 * SQS through the SDK: both ways agree on calls, outputs, checksums and errors, against the simulated service itself.
 */

import { describe, expect, it } from 'vitest';
import { ServiceForTests } from '../../simulator/contract/service-for-tests.ts';
import { SQS } from '../../simulator/services/sqs/sqs.ts';
import { bothModes } from './fixtures/both-modes.ts';
import { type TestWorld, testRealms } from './fixtures/test-realm.ts';

/** An account with the queue `orders`; each call happens a millisecond after the previous one. */
function queueWorld(): TestWorld {
  const account = new ServiceForTests(SQS, { epochMs: 1_767_600_000_000 });
  const world: TestWorld = ({ operation, input }) => {
    account.nowMs += 1;
    return account.answerTo(operation, input);
  };
  world({ service: 'SQS', operation: 'CreateQueue', input: { QueueName: 'orders' } });
  return world;
}

describe('queues', () => {
  it('a message is sent and received with its attributes, and the SDK accepts its checksums', async () => {
    const { value } = await bothModes(async ({ require }) => {
      const { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } =
        require('@aws-sdk/client-sqs');
      const client = new SQSClient({});
      const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'orders' }));
      const sent = await client.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: '{"drink":"flat white ☕"}',
          MessageAttributes: {
            size: { DataType: 'Number', StringValue: '3' },
            photo: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
          },
        }),
      );
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }),
      );
      const [message] = Messages;
      const deleted = await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
      const after = await client.send(new ReceiveMessageCommand({ QueueUrl }));
      return { sent, message, deleted: deleted.$metadata.httpStatusCode, after: after.Messages ?? 'none' };
    }, queueWorld);
    expect(value).toMatchObject({
      sent: { MD5OfMessageBody: '3319d564a90a9abdafafc7df190efb9e' },
      message: {
        Body: '{"drink":"flat white ☕"}',
        Attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1767600000003' },
        MessageAttributes: {
          size: { DataType: 'Number', StringValue: '3' },
          photo: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
        },
      },
      deleted: 200,
      after: 'none',
    });
  });

  it('SQ-12 a batch returns an outcome for each entry', async () => {
    const { value } = await bothModes(async ({ require }) => {
      const { SendMessageBatchCommand, SQSClient } = require('@aws-sdk/client-sqs');
      const { Successful, Failed } = await new SQSClient({}).send(
        new SendMessageBatchCommand({
          QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/orders',
          Entries: [
            { Id: 'a', MessageBody: 'one' },
            { Id: 'b', MessageBody: 'two', DelaySeconds: 901 },
          ],
        }),
      );
      return { Successful, Failed };
    }, queueWorld);
    expect(value).toMatchObject({
      Successful: [{ Id: 'a', MD5OfMessageBody: 'f97c5d29941bfb1b2fdab0874906ab82' }],
      Failed: [{ Id: 'b', SenderFault: true, Code: 'InvalidParameterValue' }],
    });
  });

  it('SQ-11 an error is the SDK’s own exception, and also has the name of the query protocol', async () => {
    const { value } = await bothModes(async ({ require }) => {
      const { QueueDoesNotExist, SendMessageCommand, SQSClient, SQSServiceException } = require('@aws-sdk/client-sqs');
      const command = new SendMessageCommand({
        QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/nowhere',
        MessageBody: 'x',
      });
      const error = await new SQSClient({}).send(command).catch((caught: unknown) => caught);
      if (!(error instanceof QueueDoesNotExist)) return `another class: ${String(error)}`;
      const isBase = error instanceof SQSServiceException;
      return { ...error, name: error.name, message: error.message, isBase };
    }, queueWorld);
    expect(value).toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
      $fault: 'client',
      $metadata: { httpStatusCode: 400, attempts: 1 },
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
      Type: 'Sender',
      isBase: true,
    });
  });

  it('SQ-11 an error without a class of its own has the query protocol’s name', async () => {
    const { value } = await bothModes(async ({ require }) => {
      const { ReceiveMessageCommand, SQSClient, SQSServiceException } = require('@aws-sdk/client-sqs');
      const command = new ReceiveMessageCommand({
        QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/orders',
        MaxNumberOfMessages: 11,
      });
      const error = await new SQSClient({}).send(command).catch((caught: unknown) => caught);
      if (!(error instanceof SQSServiceException)) return `another class: ${String(error)}`;
      return { ...error, name: error.name, message: error.message };
    }, queueWorld);
    expect(value).toMatchObject({
      name: 'InvalidParameterValue',
      message: 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
      Code: 'InvalidParameterValue',
      Type: 'Sender',
      __type: 'com.amazonaws.sqs#InvalidParameterValueException',
    });
  });

  it('the SDK’s own stack detects a wrong checksum', async () => {
    const realm = (await testRealms())({ mode: 'wire' });
    const { value } = realm.run(
      async ({ require }) => {
        const { SendMessageCommand, SQSClient } = require('@aws-sdk/client-sqs');
        const command = new SendMessageCommand({ QueueUrl: 'https://q/1/orders', MessageBody: 'x' });
        return new SQSClient({}).send(command).catch((error: Error) => error.message);
      },
      () => ({ ok: true, output: { MessageId: 'm', MD5OfMessageBody: 'wrong' } }),
    );
    expect(value).toBe('InvalidChecksumError');
  });
});
