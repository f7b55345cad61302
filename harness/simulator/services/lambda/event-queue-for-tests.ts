/**
 * For tests: asynchronous events with a test in the place of the world. Time moves to the next wait when told to.
 */

import { expect } from 'vitest';
import type { AwsAnswer } from '../../contract/answer.ts';
import type { TraceEvent } from '../../trace.ts';
import { handleLambda } from './lambda.ts';
import type { LambdaEffect, LambdaMessage } from './messages.ts';
import { newLambda } from './state.ts';

type Effect<Kind extends LambdaEffect['kind']> = LambdaEffect & { readonly kind: Kind };

export const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
export const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;

export class Events {
  readonly #state = newLambda({
    accountConcurrency: 1_000,
    rates: 'not-enforced',
    region: 'us-east-1',
    accountId: '123456789012',
    epochMs: 1_767_225_600_000,
  });
  nowMs = 0;
  /** What Lambda asked for and has not happened. */
  readonly waits: Effect<'wait'>[] = [];
  readonly delivered: Effect<'deliver'>[] = [];
  readonly notes: TraceEvent[] = [];
  /** Every invocation that began: when, and under which request id. */
  readonly runs: { readonly atMs: number; readonly requestId: string }[] = [];
  readonly #running: string[] = [];
  #calls = 0;

  constructor(settings: Readonly<Record<string, unknown>> = {}) {
    this.create('f', settings);
  }

  create(FunctionName: string, more: Readonly<Record<string, unknown>> = {}): AwsAnswer {
    const Role = 'arn:aws:iam::123456789012:role/r';
    return this.call('CreateFunction', { FunctionName, Runtime: 'nodejs24.x', Handler: 'f.handler', Role, ...more });
  }

  call(operation: string, input: Readonly<Record<string, unknown>>): AwsAnswer {
    this.#calls += 1;
    const effects = this.tell({ kind: 'call', call: `call-${this.#calls}`, operation, input });
    const reply = effects.find((effect) => effect.kind === 'reply');
    return reply?.answer ?? expect.fail(`${operation} was not answered`);
  }

  /** Sends an event. */
  send(payload: unknown = { order: 17 }): AwsAnswer {
    return this.call('Invoke', { FunctionName: 'f', InvocationType: 'Event', Payload: JSON.stringify(payload) });
  }

  /** Sets retries, age and destinations. */
  configure(settings: Readonly<Record<string, unknown>>, operation = 'PutFunctionEventInvokeConfig'): AwsAnswer {
    return this.call(operation, { FunctionName: 'f', ...settings });
  }

  tell(message: LambdaMessage): readonly LambdaEffect[] {
    const { effects } = handleLambda(this.#state, message, this.nowMs);
    for (const effect of effects) this.#take(effect);
    return effects;
  }

  #take(effect: LambdaEffect): void {
    if (effect.kind === 'wait') this.waits.push(effect);
    if (effect.kind === 'deliver') this.delivered.push(effect);
    if (effect.kind === 'note') this.notes.push(effect.event);
    if (effect.kind === 'start') this.tell({ kind: 'initialised', environment: effect.environment });
    if (effect.kind === 'invoke') {
      this.#running.push(effect.invocation);
      this.runs.push({ atMs: this.nowMs, requestId: effect.context.requestId });
    }
  }

  /** The next wait is over: time moves there. False if there is none. */
  next(): boolean {
    const wait = this.waits.sort((a, b) => a.atMs - b.atMs).shift();
    if (wait === undefined) return false;
    this.nowMs = wait.atMs;
    this.tell(wait.message);
    return true;
  }

  /** What runs longest returns. */
  return(payload: unknown = null): void {
    const invocation = this.#running.shift() ?? expect.fail('nothing runs');
    this.tell({ kind: 'returned', invocation, payloadJson: JSON.stringify(payload) });
  }

  /** What runs longest throws. */
  fail(errorMessage = 'boom'): void {
    const invocation = this.#running.shift() ?? expect.fail('nothing runs');
    this.tell({ kind: 'failed', invocation, error: { errorType: 'Error', errorMessage } });
  }

  /** Lets everything come that will, and every run fail. */
  failToTheEnd(): void {
    while (this.next()) if (this.#running.length > 0) this.fail();
  }

  /** The records and events that were sent on, with where they went. */
  get sent(): readonly { readonly to: string; readonly body: unknown }[] {
    return this.delivered.map(({ target, body }) => ({
      to: target.split(':').at(-1) ?? '',
      body: JSON.parse(body) as unknown,
    }));
  }

  noted<Kind extends TraceEvent['kind']>(kind: Kind): readonly (TraceEvent & { readonly kind: Kind })[] {
    return this.notes.filter((event): event is TraceEvent & { readonly kind: Kind } => event.kind === kind);
  }
}
