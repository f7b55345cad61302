/**
 * The simulated SQS with standard and FIFO queues. The only entry point of this folder.
 *
 * A client's call, a timer and a request of an event source mapping are one step each, which changes only this service's
 * state.
 */

import { type AwsAnswer, type CallId, notSimulated } from '../../contract/answer.ts';
import type { Served } from '../../contract/effect.ts';
import type { Moment } from '../../contract/moment.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Parcel, ServiceCall, ServiceModule } from '../../contract/service-module.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { unreachable } from '../../kernel/bug.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
  purgeQueue,
} from './change.ts';
import { describeQueue, handOutAtMost, handOutSome, takeParcel } from './event-source.ts';
import { countCall } from './fifo-limits.ts';
import { queueByName } from './find-queue.ts';
import { sqsLatency } from './latency.ts';
import type { SqsMessage, SqsStep } from './messages.ts';
import { cancelMessageMoveTask, listMessageMoveTasks, moveNext, startMessageMoveTask } from './move-tasks.ts';
import { partialMessageBatch } from './partial-batch.ts';
import { SQS_QUEUE_POLICY } from './queue-policy-resource.ts';
import { SQS_QUEUE } from './queue-resource.ts';
import {
  createQueue,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listQueues,
  setQueueAttributes,
} from './queues.ts';
import { receiveMessage } from './receive.ts';
import { comesAgain, reserved, willComeAgain, willLoseDelete } from './redelivery.ts';
import { SQS_ERROR_TYPES } from './refusal.ts';
import { sendMessage, sendMessageBatch } from './send.ts';
import { showSqs } from './shown.ts';
import { cloneSqs, newSqs, type SqsState } from './state.ts';
import type { SqsEvent } from './trace-events.ts';
import { SQS_TROUBLE } from './trouble.ts';
import { endWait, tellThoseWhoWait } from './waiting.ts';
import { Work } from './work.ts';

export const SQS: ServiceModule<SqsState, SqsMessage, SqsEvent> = {
  name: 'sqs',
  service: 'SQS',
  client: {
    package: '@aws-sdk/client-sqs',
    namespace: 'com.amazonaws.sqs',
    endpointPrefix: 'sqs',
    protocol: {
      ...{ kind: 'awsJson1_0', target: 'AmazonSQS', errorPrefix: 'com.amazonaws.sqs#', queryCompatible: true },
      typeNames: SQS_ERROR_TYPES,
    },
  },
  arns: ['sqs'],
  resourceTypes: [SQS_QUEUE, SQS_QUEUE_POLICY],
  faults: ['duplicate', 'reorder', 'split', 'deadline', 'partial'],
  trouble: SQS_TROUBLE,
  faultsAt: (_, { operation, input }) => partialMessageBatch(operation, input),
  latency: sqsLatency,
  create: newSqs,
  copy: cloneSqs,
  call: serve,
  on,
  take: (state, parcel, moment) => step(state, moment, (work) => take(work, parcel)),
  answered: (state, call, answer, moment) => step(state, moment, (work) => reserved(work, call, answer)),
  describe: describeQueue,
  displayNames: ({ displayNames }) => displayNames,
  shown: showSqs,
};

type Operation = (work: Work, input: ServiceCall['input'], by: Actor, call: CallId) => AwsAnswer | null;

/** An operation that is missing from this table is refused by name. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['CancelMessageMoveTask', cancelMessageMoveTask],
  ['ChangeMessageVisibility', changeMessageVisibility],
  ['ChangeMessageVisibilityBatch', changeMessageVisibilityBatch],
  ['CreateQueue', createQueue],
  ['DeleteMessage', deleteMessage],
  ['DeleteMessageBatch', deleteMessageBatch],
  ['DeleteQueue', deleteQueue],
  ['GetQueueAttributes', getQueueAttributes],
  ['GetQueueUrl', getQueueUrl],
  ['ListDeadLetterSourceQueues', listDeadLetterSourceQueues],
  ['ListMessageMoveTasks', listMessageMoveTasks],
  ['ListQueues', listQueues],
  ['PurgeQueue', purgeQueue],
  ['ReceiveMessage', receiveMessage],
  ['SendMessage', sendMessage],
  ['SendMessageBatch', sendMessageBatch],
  ['SetQueueAttributes', setQueueAttributes],
  ['StartMessageMoveTask', startMessageMoveTask],
]);

function serve(state: SqsState, call: ServiceCall, moment: Moment): Served<SqsMessage, SqsEvent> {
  let answer: AwsAnswer | null = null;
  const { effects, footprint } = step(state, moment, (work) => {
    work.chain = call.chain ?? null;
    answer = answerTo(work, call);
  });
  return { answer, effects, footprint };
}

function answerTo(work: Work, { id, operation, input, by }: Omit<ServiceCall, 'number'>): AwsAnswer | null {
  const apply = OPERATIONS.get(operation);
  if (apply === undefined) return notSimulated(`SQS ${operation}`);
  try {
    const named = work.state.queues.get(queueNameIn(input) ?? '');
    if (named !== undefined) countCall(work, named, operation, input);
    return apply(work, input, by, id);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    const named = queueNameIn(input);
    if (named !== null) work.looksAtNamed(named);
    else work.looksAtQueues();
    return problem.answer;
  }
}

/** The name of the queue that a request names, whether or not it exists; null if it names none. */
function queueNameIn({ QueueUrl, QueueName }: ServiceCall['input']): string | null {
  const named = QueueUrl ?? QueueName;
  return typeof named === 'string' ? (named.split('/').at(-1) ?? '') : null;
}

/** Receives SQS's own messages. */
function on(state: SqsState, message: SqsMessage, moment: Moment): SqsStep {
  return step(state, moment, (work) => {
    switch (message.kind) {
      case 'time-passed':
        work.isPassageOfTime = true;
        work.looksForMessages(queueByName(state, message.queue));
        return;
      case 'wait-over':
        endWait(work, queueByName(state, message.queue), message.call);
        return;
      case 'move-next':
        moveNext(work, message.handle);
        return;
      case 'hand-out':
        handOutSome(work, queueByName(state, message.queue), message, message.first);
        return;
      case 'hand-out-at-most':
        handOutAtMost(work, queueByName(state, message.queue), message);
        return;
      case 'will-come-again':
        willComeAgain(work, message);
        return;
      case 'will-lose-delete':
        willLoseDelete(work, message);
        return;
      case 'comes-again':
        comesAgain(work, message);
        return;
      default:
        unreachable(message, 'message of SQS');
    }
  });
}

/** Takes a request of another service. A delivery is sent as a message, as a client would send it. */
function take(work: Work, parcel: Parcel): void {
  takeParcel(work, parcel, (queue, { body, attributes, messageGroupId, messageDeduplicationId, chain }) => {
    work.chain = chain ?? null;
    const { by, call } = parcel;
    const input = {
      ...{ QueueUrl: queue.url, MessageBody: body, MessageAttributes: attributes },
      ...(messageGroupId === undefined ? {} : { MessageGroupId: messageGroupId }),
      ...(messageDeduplicationId === undefined ? {} : { MessageDeduplicationId: messageDeduplicationId }),
    };
    const answer = answerTo(work, { id: call ?? '', operation: 'SendMessage', input, by });
    if (call !== null && answer !== null) work.effects.push({ kind: 'reply', call, answer });
  });
}

/** Runs one step. At its end, long polls and mappings learn what has changed for them. */
function step(state: SqsState, moment: Moment, act: (work: Work) => void): SqsStep {
  const work = new Work(state, moment);
  act(work);
  tellThoseWhoWait(work);
  return work.step();
}
