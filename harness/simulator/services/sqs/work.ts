/**
 * One step in the making: the state it works on, its moment, and what has come of it so far.
 *
 * Made by sqs.ts for each call, message and parcel. Footprint paths are made here and nowhere else.
 */

import type { Moment } from '../../contract/moment.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import type { SqsEffect, SqsStep } from './messages.ts';
import type { Queue, QueuedMessage, SqsState } from './state.ts';
import type { SqsEvent } from './trace-events.ts';

/** The path of one message. */
export function messagePath(queue: string, messageId: string): string {
  return `sqs/${queue}/messages/${messageId}`;
}

export class Work {
  readonly state: SqsState;
  readonly moment: Moment;
  readonly effects: SqsEffect[] = [];
  /** What comes after all other effects of the step: what mappings are handed out. */
  readonly last: SqsEffect[] = [];
  /** A message comes once more: whoever is told that it is there takes it in this very step. */
  isAtOnce = false;
  /** Queues whose visible or hidden messages may have changed: long polls and deadlines are looked at again. */
  readonly touched = new Set<Queue>();
  /** Queues of which a receiver might get something else than before: mappings are told what is left. */
  readonly madeVisible = new Set<Queue>();
  readonly #reads = new Set<string>();
  readonly #writes = new Set<string>();
  readonly #mayBeLate: boolean;

  constructor(state: SqsState, moment: Moment) {
    this.state = state;
    this.moment = moment;
    this.#mayBeLate = moment.mayStrike('deadline');
  }

  get nowMs(): number {
    return this.moment.nowMs;
  }

  /** The name that a learner knows a queue by. */
  shown(queue: Queue): string {
    return this.state.displayNames.get(queue.name) ?? queue.name;
  }

  note(by: Actor, event: SqsEvent): void {
    this.effects.push({ kind: 'note', by, event });
  }

  /** Looks at a queue's settings. */
  looksAt(queue: Queue): void {
    this.#reads.add(`sqs/${queue.name}`);
  }

  /** A refusal has looked at the queue that it names, whether there is one or not, and at all its messages. */
  looksAtNamed(queueName: string): void {
    this.#reads.add(`sqs/${queueName}`);
    this.#reads.add(`sqs/${queueName}/*`);
  }

  /** Looks at which queues there are. */
  looksAtQueues(): void {
    this.#reads.add('sqs/*');
  }

  /** Looks at all messages of a queue. */
  looksAtMessages(queue: Queue): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#reads.add(`sqs/${queue.name}/*`);
  }

  /** Changes a queue's messages, all of them as far as anybody can tell. */
  changesMessages(queue: Queue): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#writes.add(`sqs/${queue.name}/*`);
    this.madeVisible.add(queue);
    this.touched.add(queue);
  }

  /** Looks for messages that a receiver would get: how many there are and which is the first. */
  looksForMessages(queue: Queue): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#reads.add(`sqs/${queue.name}/visible`);
    this.touched.add(queue);
  }

  /** Changes which messages a receiver would get: this one comes or goes. */
  changesVisible(queue: Queue, { content: { messageId, messageGroupId } }: QueuedMessage): void {
    // Whose turn it is among tenants depends on how many messages of each are in flight (SQ-32).
    if (messageGroupId !== null) this.changesMessages(queue);
    this.#writes.add(`sqs/${queue.name}/visible`);
    this.madeVisible.add(queue);
    this.changesMessage(queue, messageId);
  }

  /** Somebody begins or ends to wait for messages: who waited first is told first. */
  waits(queue: Queue): void {
    this.#writes.add(`sqs/${queue.name}/visible`);
    this.#order(queue, this.#reads);
    this.touched.add(queue);
  }

  /** Changes one message, which no receiver would get. */
  changesMessage(queue: Queue, messageId: string): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#writes.add(messagePath(queue.name, messageId));
    this.#order(queue, this.#writes);
    this.touched.add(queue);
  }

  /** Changes a queue's settings, or makes it. */
  changesSettings(name: string): void {
    this.#writes.add(`sqs/${name}`);
  }

  /** Looks at one message, wherever it is. */
  looksAtMessage(queue: Queue, messageId: string): void {
    this.#reads.add(messagePath(queue.name, messageId));
  }

  step(): SqsStep {
    const effects = this.last.length === 0 ? this.effects : [...this.effects, ...this.last];
    return { effects, footprint: { reads: [...this.#reads], writes: [...this.#writes] } };
  }

  /**
   * The order in which hidden messages come back. It matters to those who wait, where time may pass although there is work: only under a
   * budget for that. Elsewhere it passes when all else is done, whatever the order was.
   */
  #order(queue: Queue, paths: Set<string>): void {
    if (this.#mayBeLate) paths.add(`sqs/${queue.name}/hidden`);
  }
}
