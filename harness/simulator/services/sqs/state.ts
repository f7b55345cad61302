/**
 * The state of SQS: queues, their messages, long polls and readers. Plain data only.
 *
 * It holds instants, not timers; the world keeps the agenda. A message is in one of three places (`visible`, `in-flight`,
 * `delayed`), and only place.ts moves it. Nothing here decides anything.
 */

import type { CallId } from '../../contract/answer.ts';
import type { Arn } from '../../contract/arn.ts';
import type { Chained } from '../../contract/event-chain.ts';
import type { Reader } from '../../contract/event-source.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { cloneFifoState, type FifoSettings, type FifoState, newFifoState } from './fifo-state.ts';
import { cloneHeap, type Heap, newHeap } from './heap.ts';
import type { Handed, MessageAttribute } from './messages.ts';

/** The attributes of a queue that can be set; units last. Defaults are in settings.ts. */
export interface QueueSettings {
  readonly delaySeconds: number;
  readonly maximumMessageSizeBytes: number;
  readonly messageRetentionPeriodSeconds: number;
  readonly receiveMessageWaitTimeSeconds: number;
  readonly visibilityTimeoutSeconds: number;
  readonly redrivePolicy: RedrivePolicy | null;
  readonly redriveAllowPolicy: RedriveAllowPolicy | null;
  /** Stored and returned, but not enforced. */
  readonly policy: string | null;
  /** Stored and returned; nothing is encrypted. */
  readonly sqsManagedSseEnabled: boolean;
  /** Null: a standard queue. */
  readonly fifo: FifoSettings | null;
}

/** The queue to which messages go that were received too often (SQ-26). */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** The queues that may use this one as their dead-letter queue (SQ-29). */
export type RedriveAllowPolicy =
  | { readonly redrivePermission: 'allowAll' | 'denyAll' }
  | { readonly redrivePermission: 'byQueue'; readonly sourceQueueArns: readonly string[] };

/** The content with which a message was sent. It never changes, so copies of a world share it. */
export interface MessageContent extends Chained {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly messageAttributes: Readonly<Record<string, MessageAttribute>>;
  readonly md5OfAttributes: string | undefined;
  readonly senderId: string;
  readonly awsTraceHeader: string | null;
  /** The tenant, on a standard queue (SQ-32); on a FIFO queue, what keeps its order (SQ-13). */
  readonly messageGroupId: string | null;
  /** Null on a standard queue, like the sequence number. */
  readonly deduplicationId: string | null;
  readonly sequenceNumber: string | null;
  readonly sizeBytes: number;
}

export type Place = 'visible' | 'in-flight' | 'delayed';

export interface QueuedMessage {
  /** Counted per queue; the receipt handle names it. */
  readonly number: number;
  readonly content: MessageContent;
  /**
   * Virtual time of the send. A move to a standard dead-letter queue keeps it (SQ-27), so it may lie before the queue's first
   * message.
   */
  readonly sentAtMs: number;
  place: Place;
  /** Its turn among visible messages: turns grow with each send, and a message that goes to the back gets a new one (SQ-10). */
  turn: number;
  /** The instant at which it becomes visible, or became visible; meaningless while it is visible on a standard queue. */
  visibleAtMs: number;
  /** The receives that count against `maxReceiveCount`. A copy that has not heard of a receive does not count it (SQ-09). */
  receiveCount: number;
  /** All receives, by which receipt handles differ (SQ-03). */
  receives: number;
  firstReceivedAtMs: number | null;
  /** The instant of the latest receive, from which the twelve hours count (SQ-01). */
  receivedAtMs: number | null;
  /** The queue that it was moved from. */
  readonly deadLetterSourceArn: string | null;
  /** The number of the receive whose delete by a mapping will be lost; null if none will (SE-20). */
  losesDeleteOf: number | null;
}

/** A `ReceiveMessage` that waits for messages: a long poll. */
export interface WaitingPoll {
  readonly call: CallId;
  readonly by: Actor;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Queue {
  /** Counted per account; the receipt handle contains it. */
  readonly number: number;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  settings: QueueSettings;
  readonly createdAtMs: number;
  lastModifiedAtMs: number;
  /** All messages that exist, by number. */
  readonly messages: Map<number, QueuedMessage>;
  /** Messages by turn. May hold outdated entries, which place.ts skips. */
  readonly visible: Heap;
  /** Visible messages of tenants that were noisy when their turn came, by tenant (SQ-32). */
  readonly aside: Map<string, Heap>;
  /** Messages by the instant at which they become visible, one heap for each reason. */
  readonly inFlight: Heap;
  readonly delayed: Heap;
  /** Messages by the instant of their send, for retention. */
  readonly byAge: Heap;
  /** The number of messages in each place. */
  readonly counts: Record<Place, number>;
  /** The number of messages in flight, by tenant. */
  readonly inFlightOf: Map<string, number>;
  readonly polls: Map<CallId, WaitingPoll>;
  /** Null: a standard queue. */
  readonly fifo: FifoState | null;
  /** The messages that were deleted last, the oldest first. A duplicate may come from them (SQ-09). */
  readonly lately: Map<number, QueuedMessage>;
  /** The instants for which a deadline is on the agenda, one for each reason; null if there is none. */
  readonly wakes: { visibility: number | null; delay: number | null };
  /** Whether messages came to this place or left it since its deadline was last looked at. */
  readonly hasMoved: Record<Exclude<Place, 'visible'>, boolean>;
  /** The mappings that learn when messages become visible; null if there are none. */
  reader: Reader | null;
  lastNumber: number;
  lastTurn: number;
  purgedAtMs: number | null;
}

export interface SqsOptions {
  readonly region: string;
  readonly accountId: string;
}

export interface SqsState extends SqsOptions {
  /** Queues by name. */
  readonly queues: Map<string, Queue>;
  /** Names that a learner knows, by queue name: `Orders` rather than `stack-Orders-1K2J`. */
  readonly displayNames: Map<string, string>;
  /** Second deliveries that wait for the number of their invocation, by the name of the request for it. */
  readonly reserving: Map<CallId, { readonly handed: Handed; readonly mapping: Arn }>;
  /** Queues that were deleted, by name, unless the name is in use again. */
  readonly deleted: Map<string, DeletedQueue>;
  /** By handle, in the order of their starts. */
  readonly moveTasks: Map<string, MoveTask>;
  lastQueue: number;
}

/** A task that moves dead letters back (SQ-30). */
export interface MoveTask {
  readonly handle: string;
  readonly sourceArn: string;
  /** Null: each message goes back to the queue that it came from. */
  readonly destinationArn: string | null;
  readonly perSecond: number | null;
  readonly startedAtMs: number;
  /** The number of messages that were visible at its start. */
  readonly toMove: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  failure: string | null;
}

/** What is left of a deleted queue: mappings that name it read from the next queue of the name (UV-28). */
export interface DeletedQueue {
  readonly atMs: number;
  readonly reader: Reader | null;
}

/** An account without queues. */
export function newSqs(options: SqsOptions): SqsState {
  const empty = { queues: new Map(), displayNames: new Map(), reserving: new Map(), deleted: new Map() };
  const moveTasks = new Map<string, MoveTask>();
  return { ...options, ...empty, moveTasks, lastQueue: 0 };
}

/** A copy that shares what never changes. It is cheap because every run begins with one; most queues are empty then. */
export function cloneSqs(state: SqsState): SqsState {
  const queues = new Map<string, Queue>();
  for (const [name, queue] of state.queues) queues.set(name, cloneQueue(queue));
  const { displayNames, reserving, deleted, moveTasks } = state;
  return {
    ...{ ...state, queues, displayNames: new Map(displayNames), reserving: new Map(reserving) },
    deleted: new Map(deleted),
    moveTasks: new Map([...moveTasks].map(([handle, task]) => [handle, { ...task }])),
  };
}

function cloneQueue(queue: Queue): Queue {
  return {
    ...queue,
    messages: copies(queue.messages),
    visible: cloneHeap(queue.visible),
    aside: new Map([...queue.aside].map(([group, heap]) => [group, cloneHeap(heap)])),
    inFlight: cloneHeap(queue.inFlight),
    delayed: cloneHeap(queue.delayed),
    byAge: cloneHeap(queue.byAge),
    counts: { ...queue.counts },
    inFlightOf: new Map(queue.inFlightOf),
    polls: new Map(queue.polls),
    fifo: queue.fifo === null ? null : cloneFifoState(queue.fifo),
    lately: copies(queue.lately),
    wakes: { ...queue.wakes },
    hasMoved: { ...queue.hasMoved },
  };
}

function copies(messages: ReadonlyMap<number, QueuedMessage>): Map<number, QueuedMessage> {
  return new Map([...messages].map(([number, message]) => [number, { ...message }]));
}

/** A queue without messages. */
export function newQueue(
  identity: Pick<Queue, 'number' | 'name' | 'arn' | 'url'>,
  settings: QueueSettings,
  nowMs: number,
): Queue {
  return {
    ...identity,
    settings,
    createdAtMs: nowMs,
    lastModifiedAtMs: nowMs,
    messages: new Map(),
    visible: newHeap(),
    aside: new Map(),
    inFlight: newHeap(),
    delayed: newHeap(),
    byAge: newHeap(),
    counts: { visible: 0, 'in-flight': 0, delayed: 0 },
    inFlightOf: new Map(),
    polls: new Map(),
    fifo: settings.fifo === null ? null : newFifoState(),
    lately: new Map(),
    wakes: { visibility: null, delay: null },
    hasMoved: { 'in-flight': false, delayed: false },
    reader: null,
    lastNumber: 0,
    lastTurn: 0,
    purgedAtMs: null,
  };
}
