/**
 * For tests: inputs for SQS's operations, with four queues and their first messages.
 */

import fc from 'fast-check';
import type { Input } from '../../contract/answer.ts';
import {
  always,
  type Look,
  merged,
  type OperationInputs,
  type ServiceInputs,
} from '../../contract/inputs-for-tests.ts';
import { QUEUES, queueArnFor, queueUrl, SECOND } from '../../programs/names-for-tests.ts';

const QueueUrl = fc.constantFrom(...QUEUES, SECOND).map((name) => ({ QueueUrl: queueUrl(name) }));
/** Handles of the first two messages of the first four queues. */
const receiptHandle = fc
  .record({ queue: fc.integer({ min: 1, max: 4 }), message: fc.constantFrom(1, 1, 2) })
  .map(({ queue, message }) => ({
    ReceiptHandle: `AQEBq${queue}m${message}r1`,
    QueueUrl: queueUrl(QUEUES[queue - 1] ?? SECOND),
  }));
const visibility = fc.constantFrom({ VisibilityTimeout: 0 }, { VisibilityTimeout: 40 });
const message = fc.record({ MessageBody: fc.constantFrom('1', '2') });
const delay = fc.constantFrom<Input>({}, {}, { DelaySeconds: 1 }, { MessageGroupId: 'one' }, { MessageGroupId: 'two' });
const batched = ({ QueueUrl: url, ...entry }: Input): Input => ({ QueueUrl: url, Entries: [{ Id: 'x', ...entry }] });

const inputs: OperationInputs = {
  CancelMessageMoveTask: always({ TaskHandle: 'AQEBt1-dead' }),
  ChangeMessageVisibility: merged(receiptHandle, visibility),
  ChangeMessageVisibilityBatch: merged(receiptHandle, visibility).map(batched),
  CreateQueue: fc.constantFrom({ QueueName: SECOND }, { QueueName: SECOND, Attributes: { VisibilityTimeout: '5' } }),
  DeleteMessage: receiptHandle,
  DeleteMessageBatch: receiptHandle.map(batched),
  DeleteQueue: QueueUrl,
  GetQueueAttributes: merged(QueueUrl, always({ AttributeNames: ['All'] })),
  GetQueueUrl: fc.constantFrom(...QUEUES, SECOND).map((QueueName) => ({ QueueName })),
  ListDeadLetterSourceQueues: QueueUrl,
  ListMessageMoveTasks: always({ SourceArn: queueArnFor('dead'), MaxResults: 10 }),
  ListQueues: always({}),
  PurgeQueue: QueueUrl,
  ReceiveMessage: merged(
    QueueUrl,
    fc.constantFrom<Input>({}, {}, { MaxNumberOfMessages: 2 }, { WaitTimeSeconds: 1 }, { VisibilityTimeout: 0 }),
  ),
  SendMessage: merged(merged(QueueUrl, message), delay),
  SendMessageBatch: merged(merged(QueueUrl, message), delay).map(batched),
  SetQueueAttributes: fc.oneof(
    merged(
      QueueUrl,
      fc.constantFrom({ Attributes: { VisibilityTimeout: '31' } }, { Attributes: { DelaySeconds: '1' } }),
    ),
    // No queue may be its own dead-letter queue.
    merged(
      QueueUrl.filter((input) => input.QueueUrl !== queueUrl('dead')),
      always({
        Attributes: {
          RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArnFor('dead'), maxReceiveCount: 1 }),
        },
      }),
    ),
  ),
  StartMessageMoveTask: fc.constantFrom<Input>(
    { SourceArn: queueArnFor('dead') },
    { SourceArn: queueArnFor('dead'), DestinationArn: queueArnFor('other') },
    { SourceArn: queueArnFor(SECOND) },
  ),
};

const looks: readonly Look[] = [
  { operation: 'ListQueues', input: {} },
  ...[...QUEUES, SECOND].flatMap((name): readonly Look[] => [
    { operation: 'GetQueueAttributes', input: { QueueUrl: queueUrl(name), AttributeNames: ['All'] } },
    {
      operation: 'ReceiveMessage',
      input: { QueueUrl: queueUrl(name), MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] },
    },
  ]),
];

const serviceInputs: ServiceInputs = { inputs, looks };
export default serviceInputs;
