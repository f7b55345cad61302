/**
 * For tests: a bus with rules, and a test in the place of the targets. The function `bump` and the queue `orders` are there; `gone` is not.
 */

import { expect } from 'vitest';
import type { AwsAnswer, Input } from '../../contract/answer.ts';
import { fail, ok } from '../../contract/answer.ts';
import type { Timer } from '../../contract/effect.ts';
import { effectsOf, ServiceForTests, sentIn } from '../../contract/service-for-tests.ts';
import { EVENTBRIDGE } from './eventbridge.ts';
import type { EventBridgeEffect, EventBridgeMessage, EventBridgeServed, EventBridgeStep } from './messages.ts';
import type { EventBridgeState } from './state.ts';
import type { EventBridgeEvent } from './trace-events.ts';

export const BUMP_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:bump';
const ORDERS_ARN = 'arn:aws:sqs:us-east-1:123456789012:orders';
export const GONE_ARN = 'arn:aws:sqs:us-east-1:123456789012:gone';
export const LETTERS_ARN = 'arn:aws:sqs:us-east-1:123456789012:letters';

export const BUMP: Input = { Id: 'bump', Arn: BUMP_ARN };
export const ORDERS: Input = { Id: 'orders', Arn: ORDERS_ARN };

/** A target that is there and does not take what it is given. */
export const NOT_TAKEN = fail('InvalidParameterValue', 'Message must be shorter than 1024 bytes.');

export const AN_ORDER: Input = { Source: 'shop', DetailType: 'order', Detail: '{"n":1}' };

interface RuleOptions {
  readonly name?: string;
  readonly pattern?: object;
  readonly state?: 'ENABLED' | 'DISABLED';
  /** The default one, if it is not named. */
  readonly bus?: string | undefined;
}

export class BusForTests extends ServiceForTests<EventBridgeState, EventBridgeMessage, EventBridgeEvent> {
  /** Deliveries that may come, in the order in which they were asked for. */
  readonly waiting: Timer<EventBridgeMessage>[] = [];

  constructor() {
    super(EVENTBRIDGE);
    const bump = { functionName: 'bump', functionArn: BUMP_ARN, shownName: 'bump', timeoutMs: 3_000 };
    this.described.set(BUMP_ARN, { is: { kind: 'function', ...bump } });
    const queue = { visibilityTimeoutMs: 30_000, lanes: null, bodyMember: 'body' };
    this.described.set(ORDERS_ARN, { is: { kind: 'event-source', arn: ORDERS_ARN, shownName: 'Orders', ...queue } });
  }

  /** A rule for everything that the shop puts, unless it is told otherwise. */
  rule(
    targets: readonly Input[],
    { name = 'all', pattern = { source: ['shop'] }, state = 'ENABLED', bus }: RuleOptions = {},
  ): void {
    const of = { EventBusName: bus };
    this.ask('PutRule', { Name: name, EventPattern: JSON.stringify(pattern), State: state, ...of });
    if (targets.length > 0) this.ask('PutTargets', { Rule: name, Targets: targets, ...of });
  }

  /** Puts events as a client does: the call sets out, and then arrives. */
  put(entries: readonly Input[], by = 'shop#1'): EventBridgeServed {
    const input = { Entries: entries };
    return this.arrive(input, by, this.setOut('PutEvents', input, by)?.number ?? null);
  }

  /** A call that has set out arrives; functions number the invocations that are asked of them from 7. */
  arrive(input: Input, by: string, number: number | null): EventBridgeServed {
    const served = this.call('PutEvents', input, { by, number });
    this.#keep(served.effects);
    return served;
  }

  /** The results of the entries. */
  resultsOf({ answer }: EventBridgeServed): readonly Input[] {
    return answer?.ok === true ? (answer.output.Entries as readonly Input[]) : expect.fail('refused');
  }

  /** The next delivery comes: what is handed to its target. Later ones take their time. */
  deliverNext(): EventBridgeStep {
    const next = this.waiting.shift() ?? expect.fail('no delivery waits');
    this.nowMs = Math.max(this.nowMs, next.atMs);
    const step = this.tell(next.message);
    this.#keep(step.effects);
    return step;
  }

  /** The next delivery comes, and its target answers. */
  deliverAnd(answer: AwsAnswer): EventBridgeStep {
    return this.answerSent(this.deliverNext().effects, answer);
  }

  /** What was just sent is answered. */
  answerSent(effects: readonly EventBridgeEffect[], answer: AwsAnswer): EventBridgeStep {
    const [sent] = sentIn(effects, 'deliver');
    const step = this.answer(sent?.call ?? expect.fail('nothing was sent'), answer);
    this.#keep(step.effects);
    return step;
  }

  #keep(effects: readonly EventBridgeEffect[]): void {
    this.waiting.push(...effectsOf(effects, 'timer'));
    for (const [place, { call = '' }] of sentIn(effects, 'reserve').entries()) {
      this.answer(call, ok({ number: 7 + place }));
    }
  }
}

/** What is handed to targets, by their ARNs. */
export function handedIn(
  effects: readonly EventBridgeEffect[],
): readonly { readonly to: string; readonly body: unknown }[] {
  return sentIn(effects, 'deliver').map(({ to, request }) => ({ to, body: JSON.parse(request.body) as unknown }));
}
