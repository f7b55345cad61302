/**
 * For tests: inputs for SQS's operations, with four standard queues, two FIFO queues and their first messages.
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
import { messageIdInGroup } from './identity.ts';

/** Dead letters of the first go to the second. */
const [GROUPS, DEAD_GROUPS] = ['groups.fifo', 'dead-groups.fifo'];
const FIFO = [GROUPS, DEAD_GROUPS];
/** The numbers of the queues: those of the template come first, and those that are made before each run. */
const IN_ORDER: readonly string[] = [...QUEUES, ...FIFO, SECOND];
const numberOf = (queue: string): number => IN_ORDER.indexOf(queue) + 1;

const QueueUrl = fc.constantFrom(...QUEUES, SECOND, ...FIFO).map((name) => ({ QueueUrl: queueUrl(name) }));
const groupId = fc.constantFrom<Input>({ MessageGroupId: 'one' }, { MessageGroupId: 'two' });
const toFifo = merged(
  merged(always({ QueueUrl: queueUrl(GROUPS) }), groupId),
  fc.constantFrom<Input>({}, { MessageDeduplicationId: 'x' }, { MessageDeduplicationId: 'y' }),
);

/** Handles of the first two messages of a group. */
const handleInGroup = fc
  .record({ group: fc.constantFrom('one', 'two'), message: fc.constantFrom(1, 1, 2) })
  .map(({ group: id, message: lastSequence }) => ({
    ReceiptHandle: `AQEBq${numberOf(GROUPS)}i${messageIdInGroup({ number: numberOf(GROUPS) }, { id, lastSequence })}r1`,
    QueueUrl: queueUrl(GROUPS),
  }));

/** Handles of the first two messages of the first four standard queues. */
const handleInQueue = fc
  .record({ queue: fc.constantFrom(...QUEUES, SECOND), message: fc.constantFrom(1, 1, 2) })
  .map(({ queue, message }) => ({
    ReceiptHandle: `AQEBq${numberOf(queue)}m${message}r1`,
    QueueUrl: queueUrl(queue),
  }));
const receiptHandle = fc.oneof(handleInQueue, handleInGroup);
const visibility = fc.constantFrom({ VisibilityTimeout: 0 }, { VisibilityTimeout: 40 });
const message = fc.record({ MessageBody: fc.constantFrom('1', '2') });
const delay = fc.constantFrom<Input>({}, {}, { DelaySeconds: 1 }, { MessageGroupId: 'one' }, { MessageGroupId: 'two' });
const sent = fc.oneof(
  { weight: 2, arbitrary: merged(merged(QueueUrl, message), delay) },
  { weight: 1, arbitrary: merged(toFifo, message) },
);
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
    fc.constantFrom<Input>(
      {},
      {},
      { MaxNumberOfMessages: 2 },
      { WaitTimeSeconds: 1 },
      { VisibilityTimeout: 0 },
      { ReceiveRequestAttemptId: 'try' },
    ),
  ),
  SendMessage: sent,
  SendMessageBatch: sent.map(batched),
  SetQueueAttributes: fc.oneof(
    merged(
      QueueUrl,
      fc.constantFrom<Input>(
        { Attributes: { VisibilityTimeout: '31' } },
        { Attributes: { DelaySeconds: '1' } },
        { Attributes: { DeduplicationScope: 'messageGroup' } },
      ),
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
    { SourceArn: queueArnFor(DEAD_GROUPS) },
  ),
};

const looks: readonly Look[] = [
  { operation: 'ListQueues', input: {} },
  ...[...QUEUES, SECOND, ...FIFO].flatMap((name): readonly Look[] => [
    { operation: 'GetQueueAttributes', input: { QueueUrl: queueUrl(name), AttributeNames: ['All'] } },
    {
      operation: 'ReceiveMessage',
      input: { QueueUrl: queueUrl(name), MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] },
    },
  ]),
];

/** Two groups, of which the first has two messages. Their second receive makes dead letters of them. */
const before: readonly Look[] = [
  {
    operation: 'CreateQueue',
    input: { QueueName: GROUPS, Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } },
  },
  {
    operation: 'CreateQueue',
    input: { QueueName: DEAD_GROUPS, Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } },
  },
  {
    operation: 'SetQueueAttributes',
    input: {
      QueueUrl: queueUrl(GROUPS),
      Attributes: {
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArnFor(DEAD_GROUPS), maxReceiveCount: 1 }),
      },
    },
  },
  ...['one', 'two', 'one'].map((MessageGroupId, place) => ({
    operation: 'SendMessage',
    input: { QueueUrl: queueUrl(GROUPS), MessageBody: String(7 + place), MessageGroupId },
  })),
  {
    operation: 'SendMessage',
    input: { QueueUrl: queueUrl(DEAD_GROUPS), MessageBody: '5', MessageGroupId: 'one' },
  },
];

const serviceInputs: ServiceInputs = { inputs, looks, before };
export default serviceInputs;
