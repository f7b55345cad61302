/**
 * For tests: asynchronous events, with the test in the place of the world. `next` moves time to the next timer.
 */

import { expect } from 'vitest';
import type { AccountSettings } from '../../contract/account-settings.ts';
import type { AwsAnswer, Input } from '../../contract/answer.ts';
import type { CodeReport } from '../../contract/code.ts';
import type { Offer, Timer } from '../../contract/effect.ts';
import { sentIn } from '../../contract/service-for-tests.ts';
import { LAMBDA } from './lambda.ts';
import { FunctionsForTests } from './lambda-for-tests.ts';
import type { LambdaEffect, LambdaMessage, LambdaServed, LambdaStep } from './messages.ts';
import type { LambdaEvent } from './trace-events.ts';

export const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
export const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;

type Delivery = ReturnType<typeof sentIn<LambdaMessage, LambdaEvent, 'deliver'>>[number];

export class EventsForTests extends FunctionsForTests {
  /** The timers of events that wait for their turn or for a retry and have not fired. */
  readonly waits: Timer<LambdaMessage>[] = [];
  readonly offers: Offer<LambdaMessage>[] = [];
  readonly delivered: Delivery[] = [];
  /** Every effect, in order. */
  readonly effects: LambdaEffect[] = [];
  /** Every invocation that began: its instant and its request id. */
  readonly runs: { readonly atMs: number; readonly requestId: string }[] = [];
  readonly #running: string[] = [];

  constructor(more: Input = {}, settings: Partial<AccountSettings> = {}) {
    super(settings);
    this.create('f', more);
  }

  override call(...of: Parameters<FunctionsForTests['call']>): LambdaServed {
    return this.#follow(super.call(...of));
  }

  override tell(message: LambdaMessage): LambdaStep {
    return this.#follow(super.tell(message));
  }

  override report(report: CodeReport): LambdaStep {
    return this.#follow(super.report(report));
  }

  override answer(call: string, answer: AwsAnswer): LambdaStep {
    return this.#follow(super.answer(call, answer));
  }

  /** Sends an event. */
  send(payload: unknown = { order: 17 }): AwsAnswer {
    return this.answerTo('Invoke', { FunctionName: 'f', InvocationType: 'Event', Payload: JSON.stringify(payload) });
  }

  /** Sets retries, age and destinations. */
  configure(settings: Input, operation = 'PutFunctionEventInvokeConfig'): AwsAnswer {
    return this.answerTo(operation, { FunctionName: 'f', ...settings });
  }

  #follow<Done extends LambdaStep>(step: Done): Done {
    for (const effect of step.effects) this.#take(effect);
    this.delivered.push(...sentIn(step.effects, 'deliver'));
    return step;
  }

  #take(effect: LambdaEffect): void {
    this.effects.push(effect);
    if (effect.kind === 'timer' && effect.as !== 'deadline') this.waits.push(effect);
    if (effect.kind === 'offer') this.offers.push(effect);
    if (effect.kind === 'start') this.report({ kind: 'initialised', environment: effect.environment });
    if (effect.kind === 'invoke') {
      this.#running.push(effect.invocation);
      this.runs.push({ atMs: this.nowMs, requestId: effect.context.requestId });
    }
  }

  /** Moves time to the next timer that may fire, and fires it. False if there is none. */
  next(): boolean {
    const mayFire = ({ gate }: Timer<LambdaMessage>): boolean => gate === undefined || this.placesAt(gate) > 0;
    const wait = this.waits.sort((a, b) => a.atMs - b.atMs).find(mayFire);
    if (wait === undefined) return false;
    this.waits.splice(this.waits.indexOf(wait), 1);
    this.nowMs = Math.max(this.nowMs, wait.atMs);
    this.tell(wait.message);
    return true;
  }

  /** How many places are free at a gate. */
  placesAt(gate: string): number {
    return LAMBDA.roomAt?.(this.state, gate).places ?? expect.fail('no gates');
  }

  /** Chooses this option of the latest offer, which spends the whole budget. */
  choose(option: number): void {
    const message = this.offers.pop()?.options[option];
    this.faults = [];
    this.tell(message ?? expect.fail('nothing of the kind is offered'));
  }

  /** Makes the oldest running invocation return. */
  succeed(payload: unknown = null): void {
    this.return(this.#longestRunning(), JSON.stringify(payload));
  }

  /** Makes the oldest running invocation throw. */
  fail(errorMessage = 'boom'): void {
    const error = { errorType: 'Error', errorMessage };
    this.report({ kind: 'failed', invocation: this.#longestRunning(), error });
  }

  #longestRunning(): string {
    return this.#running.shift() ?? expect.fail('nothing runs');
  }

  /** Fires every timer and makes every run fail. */
  failToTheEnd(): void {
    while (this.next()) if (this.#running.length > 0) this.fail();
  }

  /** The records and events that were sent on, and their targets. */
  get sent(): readonly { readonly to: string; readonly body: unknown }[] {
    return this.delivered.map(({ to, request }) => ({
      to: to.split(':').at(-1) ?? '',
      body: JSON.parse(request.body) as unknown,
    }));
  }

  noted<Kind extends LambdaEvent['kind']>(kind: Kind): readonly (LambdaEvent & { readonly kind: Kind })[] {
    return this.effects
      .flatMap((effect) => (effect.kind === 'note' ? [effect.event] : []))
      .filter((event): event is LambdaEvent & { readonly kind: Kind } => event.kind === kind);
  }
}
