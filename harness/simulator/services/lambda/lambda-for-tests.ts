/**
 * For tests: Lambda with functions in it, and the test in the place of the processes that run them.
 */

import { expect } from 'vitest';
import type { AccountSettings } from '../../contract/account-settings.ts';
import type { AwsAnswer, Input } from '../../contract/answer.ts';
import { effectsOf, ServiceForTests } from '../../contract/service-for-tests.ts';
import { fromUtf8 } from '../../contract/utf8.ts';
import { LAMBDA } from './lambda.ts';
import type { LambdaEffect, LambdaMessage, LambdaServed, LambdaStep } from './messages.ts';
import type { LambdaState } from './state.ts';
import type { LambdaEvent } from './trace-events.ts';

export class FunctionsForTests extends ServiceForTests<LambdaState, LambdaMessage, LambdaEvent> {
  constructor(settings: Partial<AccountSettings> = {}) {
    super(LAMBDA, settings);
  }

  /** Continues at this instant. */
  at(nowMs: number): this {
    this.nowMs = nowMs;
    return this;
  }

  create(FunctionName: string, more: Input = {}): AwsAnswer {
    const Role = 'arn:aws:iam::123456789012:role/r';
    return this.answerTo('CreateFunction', {
      ...{ FunctionName, Runtime: 'nodejs24.x', Handler: 'bump.handler', Role },
      ...more,
    });
  }

  reserve(FunctionName: string, ReservedConcurrentExecutions: number): AwsAnswer {
    return this.answerTo('PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions });
  }

  invoke(FunctionName = 'bump', more: Input = {}): LambdaServed {
    return this.call('Invoke', { FunctionName, ...more });
  }

  /** Invokes and lets Init succeed; returns the environment. */
  running(name = 'bump'): string {
    const environment = startedIn(this.invoke(name)) ?? expect.fail('no environment was started');
    this.report({ kind: 'initialised', environment });
    return environment;
  }

  /** Invokes and lets the handler answer at once. */
  serve(name: string): void {
    const step = this.invoke(name);
    const environment = startedIn(step);
    const begun = environment === null ? step : this.report({ kind: 'initialised', environment });
    const [invoked] = effectsOf(begun.effects, 'invoke');
    this.return(invoked?.invocation ?? expect.fail(`«${name}» was not invoked`));
  }

  /** Reports that a handler returned. */
  return(invocation: string, payloadJson = 'null'): LambdaStep {
    return this.report({ kind: 'returned', invocation, payloadJson });
  }
}

/** The environment that the effects start; null if they start none. */
export function startedIn({ effects }: { readonly effects: readonly LambdaEffect[] }): string | null {
  return effectsOf(effects, 'start')[0]?.environment ?? null;
}

/** The payload of an answer to `Invoke`; null if AWS refused it. */
export function payloadOf(answer: AwsAnswer): unknown {
  return answer.ok ? JSON.parse(fromUtf8(answer.output.Payload as Uint8Array)) : null;
}
