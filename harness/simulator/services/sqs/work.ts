/**
 * One step in the making: the state it works on, its instant, and what has come of it so far.
 *
 * Made by sqs.ts for each message and each request of a mapping. Footprint paths are made here and nowhere else.
 */

import type { Actor, TraceEvent } from '../../trace.ts';
import type { Instant, SqsEffect, SqsStep } from './messages.ts';
import type { Queue, SqsState } from './state.ts';

export class Work {
  readonly state: SqsState;
  readonly at: Instant;
  readonly effects: SqsEffect[] = [];
  /** Queues whose visible or hidden messages may have changed: long polls and deadlines are looked at again. */
  readonly touched = new Set<Queue>();
  readonly #reads = new Set<string>();
  readonly #writes = new Set<string>();

  constructor(state: SqsState, at: Instant) {
    this.state = state;
    this.at = at;
  }

  get nowMs(): number {
    return this.at.nowMs;
  }

  /** The name that a learner knows a queue by. */
  shown(queue: Queue): string {
    return this.state.displayNames.get(queue.name) ?? queue.name;
  }

  note(by: Actor, event: TraceEvent): void {
    this.effects.push({ kind: 'note', by, event });
  }

  /** Looks at a queue's settings. */
  looksAt(queue: Queue): void {
    this.#reads.add(`sqs/${queue.name}`);
  }

  /** Looks at all messages of a queue. */
  looksAtMessages(queue: Queue): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#reads.add(`sqs/${queue.name}/*`);
  }

  /** Changes which messages a receiver would get. */
  changesMessages(queue: Queue): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#writes.add(`sqs/${queue.name}/*`);
    this.touched.add(queue);
  }

  /** Changes one message, which no receiver would get. */
  changesMessage(queue: Queue, messageId: string): void {
    this.#reads.add(`sqs/${queue.name}`);
    this.#writes.add(`sqs/${queue.name}/${messageId}`);
    this.touched.add(queue);
  }

  /** Changes a queue's settings, or makes it. */
  changesSettings(name: string): void {
    this.#writes.add(`sqs/${name}`);
  }

  step(): SqsStep {
    return { effects: this.effects, footprint: { reads: [...this.#reads], writes: [...this.#writes] } };
  }
}
