/**
 * What SQS knows: queues, their messages, who waits for them. Plain data only.
 *
 * Instants, not timers; the world keeps the agenda. A message is in one of three places (`visible`, `in-flight`, `delayed`)
 * and changes between them in place.ts only. Nothing here decides anything.
 */

import type { CallId } from '../../contract/answer.ts';
import type { Arn } from '../../contract/arn.ts';
import type { Reader } from '../../contract/event-source.ts';
import type { Actor } from '../../contract/trace-entry.ts';
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
  /** Stored and given back; access is not enforced. */
  readonly policy: string | null;
  /** Stored and given back; nothing is encrypted. */
  readonly sqsManagedSseEnabled: boolean;
}

/** Where messages go that were received too often (SQ-26). */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Whose dead-letter queue a queue may be (SQ-29). */
export type RedriveAllowPolicy =
  | { readonly redrivePermission: 'allowAll' | 'denyAll' }
  | { readonly redrivePermission: 'byQueue'; readonly sourceQueueArns: readonly string[] };

/** What a message was sent as. Never changes, so copies of a world share it. */
export interface MessageContent {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly messageAttributes: Readonly<Record<string, MessageAttribute>>;
  readonly md5OfAttributes: string | undefined;
  readonly senderId: string;
  readonly awsTraceHeader: string | null;
  /** The tenant, on a standard queue (SQ-32). */
  readonly messageGroupId: string | null;
  readonly sizeBytes: number;
}

export type Place = 'visible' | 'in-flight' | 'delayed';

export interface QueuedMessage {
  /** Counted per queue; the receipt handle names it. */
  readonly number: number;
  readonly content: MessageContent;
  /** Virtual time of the send. A move to a dead-letter queue keeps it (SQ-27), hence it may lie before the queue's first message. */
  readonly sentAtMs: number;
  place: Place;
  /** Its turn among the visible: grows with each send, and when it is put at the back (SQ-10). */
  turn: number;
  /** When it becomes visible; meaningless while it is visible. */
  visibleAtMs: number;
  receiveCount: number;
  firstReceivedAtMs: number | null;
  /** The latest receive: what the twelve hours count from (SQ-01). */
  receivedAtMs: number | null;
  /** The queue it was moved here from. */
  readonly deadLetterSourceArn: string | null;
}

/** A `ReceiveMessage` that waits for messages: a long poll. */
export interface WaitingPoll {
  readonly call: CallId;
  readonly by: Actor;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Queue {
  /** Counted per account; the receipt handle names it. */
  readonly number: number;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  settings: QueueSettings;
  readonly createdAtMs: number;
  lastModifiedAtMs: number;
  /** All messages that exist, by number. */
  readonly messages: Map<number, QueuedMessage>;
  /** Messages by turn. May hold entries that no longer hold: place.ts passes over them. */
  readonly visible: Heap;
  /** Visible messages of tenants that were noisy when their turn came, by tenant (SQ-32). */
  readonly aside: Map<string, Heap>;
  /** Messages by the instant at which they become visible, one heap for each reason. */
  readonly inFlight: Heap;
  readonly delayed: Heap;
  /** Messages by the instant of their send, for retention. */
  readonly byAge: Heap;
  /** How many are where. */
  readonly counts: Record<Place, number>;
  /** How many are in flight, by tenant. */
  readonly inFlightOf: Map<string, number>;
  readonly polls: Map<CallId, WaitingPoll>;
  /** The last few that were deleted, the oldest first: what a duplicate may come from (SQ-09). */
  readonly lately: Map<number, QueuedMessage>;
  /** The instants for which a deadline is on the agenda, one for each reason; null for none. */
  readonly wakes: { visibility: number | null; delay: number | null };
  /** The mappings that want to know when messages become visible; null for none. */
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
  /** By name. */
  readonly queues: Map<string, Queue>;
  /** Names that a learner knows, by queue name: `Orders` rather than `stack-Orders-1K2J`. */
  readonly displayNames: Map<string, string>;
  /** Redeliveries that wait for the number of the invocation that they will make, by the name under which it was asked for. */
  readonly reserving: Map<CallId, { readonly handed: Handed; readonly mapping: Arn }>;
  lastQueue: number;
}

/** An account without queues. */
export function newSqs(options: SqsOptions): SqsState {
  return { ...options, queues: new Map(), displayNames: new Map(), reserving: new Map(), lastQueue: 0 };
}

/** A copy that shares what never changes. Cheap: a run begins with one, and most queues are empty then. */
export function cloneSqs(state: SqsState): SqsState {
  const queues = new Map<string, Queue>();
  for (const [name, queue] of state.queues) queues.set(name, cloneQueue(queue));
  return { ...state, queues, displayNames: new Map(state.displayNames), reserving: new Map(state.reserving) };
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
    lately: copies(queue.lately),
    wakes: { ...queue.wakes },
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
    lately: new Map(),
    wakes: { visibility: null, delay: null },
    reader: null,
    lastNumber: 0,
    lastTurn: 0,
    purgedAtMs: null,
  };
}
