/**
 * For tests: topics, and a test in the place of the subscribers. The queue `orders`, the FIFO queue `orders.fifo` and the function `bump` are there; `gone` is not.
 */

import { expect } from 'vitest';
import { type AwsAnswer, fail, type Input, ok } from '../../contract/answer.ts';
import type { Timer } from '../../contract/effect.ts';
import { effectsOf, notesIn, ServiceForTests, sentIn } from '../../contract/service-for-tests.ts';
import type { DeliverRequest } from '../../contract/service-request.ts';
import type { SnsEffect, SnsMessage, SnsServed, SnsStep } from './messages.ts';
import { SNS } from './sns.ts';
import type { SnsState } from './state.ts';
import type { TopicEvent } from './trace-events.ts';

export const NEWS_ARN = 'arn:aws:sns:us-east-1:123456789012:news';
export const FIFO_ARN = `${NEWS_ARN}.fifo`;
export const TOLD_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:bump';
export const ORDERS_ARN = subscribedQueueArn('orders');
export const FIFO_QUEUE_ARN = subscribedQueueArn('orders.fifo');
export const LETTERBOX_ARN = subscribedQueueArn('letters');

/** A subscriber whose trouble is its own, and one that will never take it. */
export const BUSY = fail('ServiceUnavailable', 'Service is unavailable.', 503);
export const GONE = fail('QueueDoesNotExist', 'The specified queue does not exist.');

export function subscribedQueueArn(name: string): string {
  return `arn:aws:sqs:us-east-1:123456789012:${name}`;
}

/** What a subscriber is handed. */
export interface HandedOver {
  readonly to: string;
  readonly body: string;
  readonly request: DeliverRequest;
}

export class TopicsForTests extends ServiceForTests<SnsState, SnsMessage, TopicEvent> {
  /** What waits on the agenda, in the order in which it was asked for. */
  readonly waiting: Timer<SnsMessage>[] = [];

  constructor() {
    super(SNS);
    const bump = { functionName: 'bump', functionArn: TOLD_ARN, shownName: 'bump', timeoutMs: 3_000 };
    this.described.set(TOLD_ARN, { is: { kind: 'function', ...bump } });
    for (const [arn, shownName] of [
      [ORDERS_ARN, 'Orders'],
      [FIFO_QUEUE_ARN, 'OrdersInOrder'],
    ] as const) {
      const queue = { visibilityTimeoutMs: 30_000, lanes: null, bodyMember: 'body' };
      this.described.set(arn, { is: { kind: 'event-source', arn, shownName, ...queue } });
    }
  }

  /** A standard topic. */
  withTopic(Attributes: Input = {}): this {
    this.ask('CreateTopic', { Name: 'news', Attributes });
    return this;
  }

  /** A FIFO topic that tells duplicates by their texts. */
  withFifoTopic(Attributes: Input = { ContentBasedDeduplication: 'true' }): this {
    this.ask('CreateTopic', { Name: 'news.fifo', Attributes: { FifoTopic: 'true', ...Attributes } });
    return this;
  }

  /** Subscribes a queue or a function, and returns the subscription's ARN. */
  subscribed(Endpoint: string, Attributes: Input = {}, TopicArn = NEWS_ARN): string {
    const Protocol = Endpoint.includes(':lambda:') ? 'lambda' : 'sqs';
    return String(this.ask('Subscribe', { TopicArn, Protocol, Endpoint, Attributes }).SubscriptionArn);
  }

  /** Publishes as a client does: the call sets out, and then arrives. */
  publish(Message: string, more: Input = {}, by = 'shop#1'): SnsServed {
    return this.publishes('Publish', { TopicArn: NEWS_ARN, Message, ...more }, by);
  }

  publishes(operation: string, input: Input, by = 'shop#1'): SnsServed {
    const served = this.call(operation, input, { by, number: this.setOut(operation, input, by)?.number ?? null });
    this.#keep(served.effects);
    return served;
  }

  /** Publishes to a group of the FIFO topic. */
  inGroup(MessageGroupId: string, Message: string, more: Input = {}): SnsServed {
    return this.publish(Message, { TopicArn: FIFO_ARN, MessageGroupId, ...more });
  }

  /** The next turn or delivery comes. Later ones take their time. */
  next(): SnsStep {
    const next = this.waiting.shift() ?? expect.fail('nothing waits');
    this.nowMs = Math.max(this.nowMs, next.atMs);
    return this.follow(next.message);
  }

  /** SNS is told one of its own messages. */
  follow(message: SnsMessage): SnsStep {
    const step = this.tell(message);
    this.#keep(step.effects);
    return step;
  }

  /** The next delivery comes, and its subscriber answers. */
  nextAnd(answer: AwsAnswer): SnsStep {
    return this.answerSent(this.next(), answer);
  }

  /** What was just sent is answered. */
  answerSent({ effects }: SnsStep, answer: AwsAnswer): SnsStep {
    const [sent] = sentIn(effects, 'deliver');
    const step = this.answer(sent?.call ?? expect.fail('nothing was sent'), answer);
    this.#keep(step.effects);
    return step;
  }

  /** All that waits comes, one after another, and every subscriber takes it: what they were handed. */
  deliverAll(): readonly HandedOver[] {
    const handed: HandedOver[] = [];
    while (this.waiting.length > 0) {
      const step = this.next();
      handed.push(...handedOver(step));
      if (sentIn(step.effects, 'deliver').length > 0) this.answerSent(step, ok({}));
    }
    return handed;
  }

  /** Functions number the invocations that are asked of them from 7. */
  #keep(effects: readonly SnsEffect[]): void {
    this.waiting.push(...effectsOf(effects, 'timer'));
    for (const [place, { call = '' }] of sentIn(effects, 'reserve').entries())
      this.answer(call, ok({ number: 7 + place }));
  }
}

/** What a step hands over, to subscribers and dead-letter queues. */
export function handedOver({ effects }: SnsStep): readonly HandedOver[] {
  return sentIn(effects, 'deliver').map(({ to, request }) => ({ to, body: request.body, request }));
}

/** The kinds of what the trace is told. */
export function eventsToldIn({ effects }: Pick<SnsStep, 'effects'>): readonly string[] {
  return notesIn(effects).map(({ kind }) => kind);
}

/** The output of a call that was answered at once. */
export function outputOfPublish({ answer }: SnsServed): Input {
  return answer?.ok === true ? answer.output : expect.fail(`refused: ${JSON.stringify(answer)}`);
}
