/**
 * One step under construction: the state it works on, its moment, and its effects and footprint so far.
 *
 * sqs.ts creates one for each call, message and parcel. Only this file composes footprint paths.
 */

import type { EventChain } from '../../contract/event-chain.ts';
import type { Moment } from '../../contract/moment.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import type { SqsEffect, SqsStep } from './messages.ts';
import type { Queue, QueuedMessage, SqsState } from './state.ts';
import type { SqsEvent } from './trace-events.ts';

/** The path of one message. */
export function messagePath(queue: string, messageId: string): string {
  return `sqs/${queue}/messages/${messageId}`;
}

/** The path of the order in which a queue's hidden messages come back. */
function hiddenPath(queue: string): string {
  return `sqs/${queue}/hidden`;
}

export class Work {
  readonly state: SqsState;
  readonly moment: Moment;
  readonly effects: SqsEffect[] = [];
  /** The effects that come after all others of the step: what mappings are handed out. */
  readonly last: SqsEffect[] = [];
  /** The chain of events that sends what this step sends. */
  chain: EventChain | null = null;
  /** Set for a second delivery: a mapping that learns of it takes it in the same step. */
  isAtOnce = false;
  /** Queues whose visible or hidden messages may have changed: their long polls and deadlines are examined again. */
  readonly touched = new Set<Queue>();
  /** Queues from which a receiver might now get another message: their mappings learn of what is left. */
  readonly madeVisible = new Set<Queue>();
  /** Groups of FIFO queues that have changed; a reader learns of those of which a message may come now. */
  readonly changedGroups = new Map<Queue, Set<string>>();
  /** The step is the end of a visibility timeout or of a delay, and of nothing else. */
  isPassageOfTime = false;
  readonly #reads = new Set<string>();
  readonly #writes = new Set<string>();
  readonly #adds = new Set<string>();
  readonly #mayBeLate: boolean;

  constructor(state: SqsState, moment: Moment) {
    this.state = state;
    this.moment = moment;
    this.#mayBeLate = moment.mayStrike('deadline');
  }

  get nowMs(): number {
    return this.moment.nowMs;
  }

  /** The name by which the learner knows a queue. */
  shown(queue: Queue): string {
    return this.state.displayNames.get(queue.name) ?? queue.name;
  }

  note(by: Actor, event: SqsEvent): void {
    this.effects.push({ kind: 'note', by, event });
  }

  /** Notes what is not the cause of the effects after it. */
  noteAside(event: SqsEvent & { readonly queue: string }): void {
    this.effects.push({ kind: 'note', by: event.queue, event, isAside: true });
  }

  /** Declares that the step reads a queue's settings. */
  looksAt(queue: Queue): void {
    this.#reads.add(`sqs/${queue.name}`);
  }

  /** The same for a queue by its name, whether or not it exists. */
  looksAtSettings(queueName: string): void {
    this.#reads.add(`sqs/${queueName}`);
  }

  /** Declares the reads of a refusal: the queue that it names, whether or not it exists, and all its messages. */
  looksAtNamed(queueName: string): void {
    this.#reads.add(`sqs/${queueName}`);
    this.#reads.add(`sqs/${queueName}/*`);
  }

  /** Declares that the step reads the set of queues. */
  looksAtQueues(): void {
    this.#reads.add('sqs/*');
  }

  /** Declares that the step reads all messages of a queue. */
  looksAtMessages(queue: Queue): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#reads.add(`sqs/${queue.name}/*`);
  }

  /** Declares that the step may change any message of a queue. */
  changesMessages(queue: Queue): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#writes.add(`sqs/${queue.name}/*`);
    this.madeVisible.add(queue);
    this.touched.add(queue);
  }

  /** Declares that the step looks for messages to receive: how many there are, and which comes first. */
  looksForMessages(queue: Queue): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#reads.add(`sqs/${queue.name}/${queue.fifo === null ? 'visible' : 'groups/*'}`);
    this.touched.add(queue);
  }

  /** Notes that messages of a FIFO queue are handed out: its reader learns whether some are left. */
  takesFrom(queue: Queue): void {
    this.madeVisible.add(queue);
  }

  /**
   * Declares that time has changed messages. A step that finds out by the way changes what any other step would have found, so it declares
   * to change all messages of a FIFO queue.
   */
  changesByTime(queue: Queue, message: QueuedMessage): void {
    if (queue.fifo !== null && !this.isPassageOfTime) this.changesMessages(queue);
    this.changesVisible(queue, message);
  }

  /**
   * Declares that the step changes which messages of a group may come, on a FIFO queue. Groups have nothing in common but the calls that
   * wait for messages.
   */
  changesGroup(queue: Queue, groupId: string): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#reads.add(`sqs/${queue.name}/waiting`);
    this.#writes.add(`sqs/${queue.name}/groups/${groupId}.`);
    this.#inHand(queue, groupId);
    this.touched.add(queue);
    const changed = this.changedGroups.get(queue) ?? new Set();
    this.changedGroups.set(queue, changed.add(groupId));
  }

  /**
   * Declares that the step changes a message in flight of a group, and not which messages of it may come: receives take no notice.
   */
  changesInHand(queue: Queue, { content: { messageId, messageGroupId } }: QueuedMessage): void {
    this.#inHand(queue, messageGroupId ?? '');
    this.changesMessage(queue, messageId);
  }

  /** A path that ends in * covers others. An id may end so, and a path doesn't. */
  #inHand({ name }: Queue, groupId: string): void {
    this.#writes.add(`sqs/${name}/in-hand/${groupId}.`);
  }

  /** Declares that the step reads and writes what is remembered of sends under a deduplication id. */
  changesDeduplication(queue: Queue, key: string): void {
    this.#writes.add(`sqs/${queue.name}/deduplication/${key}.`);
  }

  /** Declares the same of receives under a `ReceiveRequestAttemptId`. */
  changesAttempt(queue: Queue, attemptId: string): void {
    this.#writes.add(`sqs/${queue.name}/attempts/${attemptId}.`);
  }

  /** Declares that the step changes the messages that can be received: this one comes or goes. */
  changesVisible(queue: Queue, { content: { messageId, messageGroupId } }: QueuedMessage): void {
    if (queue.fifo !== null) {
      this.changesGroup(queue, messageGroupId ?? '');
      this.changesMessage(queue, messageId);
      return;
    }
    // The next message depends on how many messages of each tenant are in flight (SQ-32).
    if (messageGroupId !== null) this.changesMessages(queue);
    this.#writes.add(`sqs/${queue.name}/visible`);
    this.madeVisible.add(queue);
    this.changesMessage(queue, messageId);
  }

  /**
   * Declares that a call begins or ends to wait for messages. Waiting calls are answered in their order, and while one waits the
   * queue has deadlines for the messages that are hidden.
   */
  waits(queue: Queue): void {
    this.#writes.add(`sqs/${queue.name}/${queue.fifo === null ? 'visible' : 'waiting'}`);
    this.#reads.add(hiddenPath(queue.name));
    this.touched.add(queue);
  }

  /** Declares that the step changes one message that cannot be received. */
  changesMessage(queue: Queue, messageId: string): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#writes.add(messagePath(queue.name, messageId));
    this.#order(queue);
    this.touched.add(queue);
  }

  /** Declares that the step creates a queue. Queues are numbered in their order, and receipt handles contain the number. */
  createsQueue(name: string): void {
    this.changesSettings(name);
    this.#writes.add('sqs numbers of queues');
  }

  /** Declares that the step reads which tasks move messages out of a queue. */
  looksAtTasks(queueName: string): void {
    this.#reads.add(`sqs/${queueName}/move-tasks`);
  }

  /** Declares that the step changes them. */
  changesTasks(queueName: string): void {
    this.#writes.add(`sqs/${queueName}/move-tasks`);
  }

  /** Declares that the step ends a queue and all its messages. */
  deletesQueue(name: string): void {
    this.#writes.add(`sqs/${name}`);
    this.#writes.add(`sqs/${name}/*`);
  }

  /** Declares that the step changes the settings of a queue. */
  changesSettings(name: string): void {
    this.#writes.add(`sqs/${name}`);
  }

  /** Declares that the step reads one message, in any place. */
  looksAtMessage(queue: Queue, messageId: string): void {
    this.#reads.add(messagePath(queue.name, messageId));
  }

  /** The same on a FIFO queue, by an id that a handle names: there may be no such message. */
  looksAtMessageOfFifo(queue: Queue, messageId: string): void {
    this.looksAt(queue);
    this.looksAtMessage(queue, messageId);
  }

  step(): SqsStep {
    const effects = this.last.length === 0 ? this.effects : [...this.effects, ...this.last];
    const footprint = { reads: [...this.#reads], writes: [...this.#writes] };
    return { effects, footprint: this.#adds.size === 0 ? footprint : { ...footprint, adds: [...this.#adds] } };
  }

  /**
   * Declares the order in which hidden messages come back. It matters to long polls and mappings only if time may pass while
   * there is work, which needs a budget. Otherwise time passes when all other work is done, and messages come and go in any
   * order; only a call that begins or ends to wait can notice which are hidden.
   */
  #order(queue: Queue): void {
    (this.#mayBeLate ? this.#writes : this.#adds).add(hiddenPath(queue.name));
  }
}
