/**
 * A standard queue as an event source: the requests of mappings, and the queue's answers (SQ-09, SE-01).
 *
 * It uses the same code as clients' calls, without the API's limits. A queue keeps no order and no positions: a message that
 * is not acknowledged comes back when its visibility timeout is over.
 */

import { fail, notSimulated } from '../../contract/answer.ts';
import { nameInArn } from '../../contract/arn.ts';
import type { Described } from '../../contract/moment.ts';
import type { Parcel } from '../../contract/service-module.ts';
import { type DeliverRequest, notTaken, type ServiceRequest } from '../../contract/service-request.ts';
import { invariant } from '../../kernel/bug.ts';
import { deleteByHandle } from './change.ts';
import { queueByArn } from './find-queue.ts';
import { handOut } from './hand-out.ts';
import type { MappingPoll, SqsMessage } from './messages.ts';
import { letTimePass } from './passing.ts';
import { firstVisibles } from './place.ts';
import { BODY_MEMBER, sourceItemOf } from './record.ts';
import { deadLetterTarget } from './redrive.ts';
import { queueDoesNotExist } from './refusal.ts';
import type { Queue, SqsState } from './state.ts';
import type { Work } from './work.ts';

/**
 * Of a long queue, at most this number of messages is offered as the first one, and sizes of a split batch are smaller than it: more
 * would show nothing new.
 */
const MOST_OFFERED = 4;

/** Lambda's error, whose message repeats that of SQS. */
const NO_QUEUE_TO_READ = fail(
  'InvalidParameterValueException',
  'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
  400,
  { Type: 'User' },
);

/** What a queue tells its readers about itself. */
export function describeQueue(state: SqsState, arn: string): Described {
  const queue = queueByArn(state, arn);
  const footprint = { reads: [`sqs/${nameInArn(arn)}`], writes: [] };
  if (arn.endsWith('.fifo'))
    return { is: null, refusal: notSimulated('An event source mapping for a FIFO queue'), footprint };
  if (queue === undefined) return { is: null, refusal: NO_QUEUE_TO_READ, footprint };
  const visibilityTimeoutMs = queue.settings.visibilityTimeoutSeconds * 1_000;
  const shownName = state.displayNames.get(queue.name) ?? queue.name;
  const is = {
    kind: 'event-source',
    arn,
    shownName,
    visibilityTimeoutMs,
    lanes: null,
    bodyMember: BODY_MEMBER,
  } as const;
  return { is, footprint };
}

/** Takes a request of another service. `send` turns a delivery into a message. */
export function takeParcel(
  work: Work,
  { to, by, request, call }: Parcel,
  send: (queue: Queue, delivery: DeliverRequest) => void,
): void {
  const queue = queueByArn(work.state, to);
  if (request.kind === 'deliver') {
    if (queue !== undefined) send(queue, request);
    else if (call !== null) {
      work.looksAtNamed(nameInArn(to));
      work.effects.push({ kind: 'reply', call, answer: queueDoesNotExist().answer });
    }
    return;
  }
  if (queue === undefined) {
    takeForDeleted(work, nameInArn(to), request);
    return;
  }
  switch (request.kind) {
    case 'watch':
      queue.reader = request.reader;
      work.changesMessages(queue);
      return;
    case 'poll':
      poll(work, queue, { queue: queue.name, most: request.most, mapping: request.mapping, by });
      return;
    case 'acknowledge':
      for (const handle of request.handles) deleteByHandle(work, queue, handle, by);
      return;
    case 'hand-back':
      return;
    default:
      notTaken(request, 'a queue');
  }
}

/** A mapping whose queue was deleted finds nothing, and what it acknowledges is gone (UV-28). */
function takeForDeleted(work: Work, name: string, request: ServiceRequest): void {
  const gone = work.state.deleted.get(name);
  invariant(gone !== undefined, `a mapping reads from «${name}», which never was there`);
  work.looksAtNamed(name);
  switch (request.kind) {
    case 'watch':
      work.changesSettings(name);
      work.state.deleted.set(name, { ...gone, reader: request.reader });
      return;
    case 'poll': {
      const nothing = { items: [], visibleAgainAtMs: work.nowMs, next: null } as const;
      const handedOut = { kind: 'handed-out', lane: null, ...nothing } as const;
      work.last.push({ kind: 'send', to: request.mapping, by: name, request: handedOut });
      return;
    }
    case 'acknowledge':
    case 'hand-back':
      return;
    default:
      notTaken(request, 'a queue');
  }
}

/** Hands messages out. If a later message may come first, that choice is offered before. */
function poll(work: Work, queue: Queue, asked: MappingPoll): void {
  const visible = work.moment.mayStrike('reorder') ? firstVisibles(queue, MOST_OFFERED) : [];
  if (visible.length < 2) {
    handOutSome(work, queue, asked, null);
    return;
  }
  const options = visible.map(({ content: { messageId } }, place) => {
    return { ...asked, kind: 'hand-out', first: place === 0 ? null : messageId } as const;
  });
  work.effects.push({ kind: 'offer', fault: 'reorder', options });
}

/**
 * Hands out all that may come, or offers to hand out fewer messages than that (SQ-08). The others stay visible, and the mapping
 * is told of them.
 */
export function handOutSome(work: Work, queue: Queue, asked: MappingPoll, first: string | null): void {
  if (first !== null) work.effects.push({ kind: 'strike', fault: 'reorder', by: asked.by, isUncaused: true });
  const possible = work.moment.mayStrike('split') ? receivable(work, queue, asked.most) : 0;
  if (possible < 2) {
    handOutTo(work, queue, asked, first);
    return;
  }
  const all = { ...asked, kind: 'hand-out-at-most', first, isSplit: false } as const;
  const fewer = Array.from({ length: possible - 1 }, (_, less) => ({ ...all, most: less + 1, isSplit: true }));
  work.effects.push({ kind: 'offer', fault: 'split', options: [all, ...fewer] });
}

/** How many messages a poll would hand out: at most `most`, and no more than are offered. */
function receivable(work: Work, queue: Queue, most: number): number {
  const visible = firstVisibles(queue, Math.min(most, MOST_OFFERED));
  return visible.filter((message) => deadLetterTarget(work, queue, message) === null).length;
}

/** Hands out the number of messages that was chosen. */
export function handOutAtMost(
  work: Work,
  queue: Queue,
  chosen: SqsMessage & { readonly kind: 'hand-out-at-most' },
): void {
  if (chosen.isSplit) work.effects.push({ kind: 'strike', fault: 'split', by: chosen.by, isUncaused: true });
  handOutTo(work, queue, chosen, chosen.first);
}

/**
 * Hands out at most `most` visible messages, in order of their turns. A message that was received too often goes to the
 * dead-letter queue (SQ-26).
 */
function handOutTo(work: Work, queue: Queue, { most, mapping, by }: MappingPoll, first: string | null): void {
  letTimePass(work, queue);
  work.looksForMessages(queue);
  const { visibilityTimeoutSeconds: timeoutSeconds } = queue.settings;
  const messages = handOut(work, queue, {
    maxMessages: most,
    timeoutSeconds,
    by,
    ...(first === null ? {} : { first }),
  });
  work.last.push({
    kind: 'send',
    to: mapping,
    by: work.shown(queue),
    request: {
      kind: 'handed-out',
      lane: null,
      items: messages.map((message) => sourceItemOf(message, { arn: queue.arn, region: work.state.region })),
      visibleAgainAtMs: work.nowMs + timeoutSeconds * 1_000,
      next: null,
    },
  });
}
