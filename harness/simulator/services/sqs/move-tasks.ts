/**
 * Tasks that move dead letters back: StartMessageMoveTask, ListMessageMoveTasks, CancelMessageMoveTask (SQ-30).
 *
 * A task moves one message in each of its steps, as a new message with an id of its own, until no message of its source is
 * visible. Between two steps anything may happen.
 */

import { type AwsAnswer, type Input, ok } from '../../contract/answer.ts';
import { nameInArn } from '../../contract/arn.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import { invariant } from '../../kernel/bug.ts';
import { oldestHead } from './groups.ts';
import { letTimePass } from './passing.ts';
import { firstVisible, leave } from './place.ts';
import { sourcesOf } from './redrive.ts';
import { invalidParameter, noSuchResource } from './refusal.ts';
import { SQS_MEMBERS } from './request.ts';
import { putMessage } from './send.ts';
import type { MoveTask, Queue } from './state.ts';
import type { Work } from './work.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
const MOST_PER_SECOND = 500;
const MOST_LISTED = 10;

export function startMessageMoveTask(work: Work, input: Input): AwsAnswer {
  checkMembers('StartMessageMoveTask', input, ['SourceArn', 'DestinationArn', 'MaxNumberOfMessagesPerSecond']);
  work.looksAtQueues();
  const source = queueNamed(work, input, 'SourceArn');
  const destination = isGiven(input.DestinationArn) ? queueNamed(work, input, 'DestinationArn') : null;
  const reason = `MaxNumberOfMessagesPerSecond must be between 1 and ${MOST_PER_SECOND}.`;
  const bounds = { min: 1, max: MOST_PER_SECOND, reason };
  const perSecond = SQS_MEMBERS.integer(input, 'MaxNumberOfMessagesPerSecond', bounds) ?? null;
  if (source === destination) throw invalidParameter('Source queue arn and destination queue arn cannot be the same.');
  // SQ-30.
  if (destination !== null && (destination.fifo === null) !== (source.fifo === null))
    throw invalidParameter('Source queue and destination queue must be of the same type.');
  if (sourcesOf(work.state, source).length === 0)
    throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
  const earlier = tasksOf(work, source.arn);
  if (earlier.some(({ status }) => status === 'RUNNING')) {
    throw invalidParameter(
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    );
  }
  letTimePass(work, source);
  const task: MoveTask = {
    handle: handleOf(source, earlier.length + 1),
    sourceArn: source.arn,
    destinationArn: destination?.arn ?? null,
    perSecond,
    startedAtMs: work.nowMs,
    toMove: source.counts.visible,
    ...{ moved: 0, status: 'RUNNING', failure: null },
  };
  work.state.moveTasks.set(task.handle, task);
  work.changesTasks(source.name);
  continueLater(work, task);
  return ok({ TaskHandle: task.handle });
}

export function listMessageMoveTasks(work: Work, input: Input): AwsAnswer {
  checkMembers('ListMessageMoveTasks', input, ['SourceArn', 'MaxResults']);
  const source = queueNamed(work, input, 'SourceArn');
  const reason = `MaxResults must be between 1 and ${MOST_LISTED}.`;
  const most = SQS_MEMBERS.integer(input, 'MaxResults', { min: 1, max: MOST_LISTED, reason }) ?? 1;
  work.looksAtTasks(source.name);
  const latest = tasksOf(work, source.arn).toReversed().slice(0, most);
  return ok({ Results: latest.map((task) => describeTask(task, work.moment.epochMs)) });
}

export function cancelMessageMoveTask(work: Work, input: Input): AwsAnswer {
  checkMembers('CancelMessageMoveTask', input, ['TaskHandle']);
  const task = work.state.moveTasks.get(SQS_MEMBERS.text(input, 'TaskHandle'));
  work.looksAtQueues();
  if (task === undefined) throw noSuchResource('Task does not exist.');
  if (task.status !== 'RUNNING') throw invalidParameter('Only active tasks can be cancelled.');
  task.status = 'CANCELLED';
  work.changesTasks(nameInArn(task.sourceArn));
  work.effects.push({ kind: 'cancel', of: timerName(task) });
  return ok({ ApproximateNumberOfMessagesMoved: task.moved });
}

/** Moves the next message of a task, or ends the task. */
export function moveNext(work: Work, handle: string): void {
  const task = work.state.moveTasks.get(handle);
  invariant(task !== undefined, `no task «${handle}»`);
  const name = nameInArn(task.sourceArn);
  work.changesTasks(name);
  const source = work.state.queues.get(name);
  if (source === undefined) {
    work.looksAtSettings(name);
    failTask(task, 'AWS.SimpleQueueService.NonExistentQueue');
    return;
  }
  letTimePass(work, source);
  work.changesMessages(source);
  const message = source.fifo === null ? firstVisible(source) : oldestHead(source, source.fifo);
  if (message === undefined) {
    task.status = 'COMPLETED';
    return;
  }
  const to = task.destinationArn ?? message.deadLetterSourceArn;
  const target = to === null ? undefined : work.state.queues.get(nameInArn(to));
  if (to !== null) work.looksAtSettings(nameInArn(to));
  if (target === undefined) {
    failTask(task, to === null ? 'CouldNotDetermineMessageSource' : 'AWS.SimpleQueueService.NonExistentQueue');
    return;
  }
  leave(source, message);
  const by = work.shown(source);
  work.note(by, { kind: 'message-deleted', queue: by, messageId: message.content.messageId, by });
  work.changesMessages(target);
  putMessage(work, target, { ...message.content, delaySeconds: 0 }, by);
  task.moved += 1;
  continueLater(work, task);
}

/** The next step. In a timed run the task keeps to its rate; otherwise the step may come at any moment. */
function continueLater(work: Work, task: MoveTask): void {
  const pauseMs = work.moment.isTimed ? Math.ceil(1_000 / (task.perSecond ?? MOST_PER_SECOND)) : 0;
  const of = timerName(task);
  work.effects.push({
    ...{ kind: 'timer', of, as: 'step', atMs: work.nowMs + pauseMs, label: of, isCancellable: true },
    message: { kind: 'move-next', handle: task.handle },
  });
}

function failTask(task: MoveTask, failure: string): void {
  task.status = 'FAILED';
  task.failure = failure;
}

function tasksOf({ state }: Work, sourceArn: string): readonly MoveTask[] {
  return [...state.moveTasks.values()].filter((task) => task.sourceArn === sourceArn);
}

function queueNamed(work: Work, input: Input, member: 'SourceArn' | 'DestinationArn'): Queue {
  const name = nameInArn(SQS_MEMBERS.text(input, member));
  work.looksAtSettings(name);
  const queue = work.state.queues.get(name);
  if (queue === undefined) {
    throw noSuchResource(`The resource that you specified for the ${member} parameter doesn't exist.`);
  }
  return queue;
}

/** Opaque, and counted for each source, so that tasks of other queues don't change it. */
function handleOf({ name }: Queue, task: number): string {
  return `AQEBt${task}-${name}`;
}

function timerName({ handle, sourceArn }: MoveTask): string {
  return `sqs/${nameInArn(sourceArn)}/move/${handle}`;
}

function describeTask(task: MoveTask, epochMs: number): Input {
  const { handle, status, sourceArn, destinationArn, perSecond, moved, toMove, failure, startedAtMs } = task;
  return {
    ...(status === 'RUNNING' ? { TaskHandle: handle } : {}),
    ...{ Status: status, SourceArn: sourceArn },
    ...(destinationArn === null ? {} : { DestinationArn: destinationArn }),
    ...(perSecond === null ? {} : { MaxNumberOfMessagesPerSecond: perSecond }),
    ...{ ApproximateNumberOfMessagesMoved: moved, ApproximateNumberOfMessagesToMove: toMove },
    ...(failure === null ? {} : { FailureReason: failure }),
    StartedTimestamp: epochMs + startedAtMs,
  };
}
