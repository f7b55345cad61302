/**
 * For tests: one service with a test in the place of the world. Time, budgets and what others are is what the test says.
 */

import { expect } from 'vitest';
import type { AccountSettings } from './account-settings.ts';
import type { AwsAnswer, AwsError, CallId, Input } from './answer.ts';
import type { Arn } from './arn.ts';
import type { CodeReport } from './code.ts';
import type { Effect, Served, Step } from './effect.ts';
import type { FaultKind } from './fault.ts';
import { NO_FOOTPRINT } from './footprint.ts';
import type { Description, Moment } from './moment.ts';
import type { ServiceModule } from './service-module.ts';
import type { ServiceRequest } from './service-request.ts';
import type { Actor, Noted } from './trace-entry.ts';

/** The documentation's example account; virtual time 0 is the first instant of 2026. */
export const SETTINGS_FOR_TESTS: AccountSettings = {
  region: 'us-east-1',
  accountId: '123456789012',
  accountConcurrency: 1_000,
  isTimed: false,
  epochMs: 1_767_225_600_000,
  downstreams: [],
};

export class ServiceForTests<State, Message, Event extends Noted> {
  readonly service: ServiceModule<State, Message, Event>;
  state: State;
  nowMs = 0;
  /** The faults that the budget still allows. */
  faults: readonly FaultKind[] = [];
  /** What the owners of these ARNs say they are. */
  readonly descriptions = new Map<Arn, Description>();
  readonly #settings: AccountSettings;
  #calls = 0;

  constructor(service: ServiceModule<State, Message, Event>, settings: Partial<AccountSettings> = {}) {
    this.service = service;
    this.#settings = { ...SETTINGS_FOR_TESTS, ...settings };
    this.state = service.create(this.#settings);
  }

  get moment(): Moment {
    const { nowMs, faults, descriptions } = this;
    const { epochMs, isTimed } = this.#settings;
    return {
      nowMs,
      epochMs,
      isTimed,
      mayStrike: (fault) => faults.includes(fault),
      decidesBy: (fault) => faults.includes(fault),
      describe: (arn) => ({ is: descriptions.get(arn) ?? null, footprint: NO_FOOTPRINT }),
      isSenderAlive: () => true,
    };
  }

  /** Everything about one call; calls are named `call-1`, `call-2` … */
  call(
    operation: string,
    input: Input,
    { by = 'tester', number = null }: Partial<Caller> = {},
  ): Served<Message, Event> {
    this.#calls += 1;
    return this.service.call(this.state, { id: `call-${this.#calls}`, by, operation, input, number }, this.moment);
  }

  /** The answer of a call that is answered at once. */
  answerTo(operation: string, input: Input): AwsAnswer {
    const { answer } = this.call(operation, input);
    return answer ?? expect.fail(`${operation} was not answered at once`);
  }

  /** The output of a call that AWS says yes to. */
  ask(operation: string, input: Input): Input {
    const answer = this.answerTo(operation, input);
    return answer.ok ? answer.output : expect.fail(`${operation}: ${answer.error.code}: ${answer.error.message}`);
  }

  /** The error of a call that AWS says no to; null for a yes. */
  refusalOf(operation: string, input: Input): AwsError | null {
    const answer = this.answerTo(operation, input);
    return answer.ok ? null : answer.error;
  }

  /** Tells it what it asked to be told. */
  tell(message: Message): Step<Message, Event> {
    return this.service.on?.(this.state, message, this.moment) ?? expect.fail('it listens to nothing');
  }

  /** Another service asks something of an ARN that it owns. */
  send(to: Arn, request: ServiceRequest, call: CallId | null = null, by: Actor = 'tester'): Step<Message, Event> {
    const parcel = { to, by, request, call };
    return this.service.take?.(this.state, parcel, this.moment) ?? expect.fail('it takes nothing');
  }

  /** The answer to what it sent. */
  answer(call: CallId, answer: AwsAnswer): Step<Message, Event> {
    return this.service.answered?.(this.state, call, answer, this.moment) ?? expect.fail('it hears no answers');
  }

  /** Code that it has started reports. */
  report(report: CodeReport): Step<Message, Event> {
    return this.service.heard?.(this.state, report, this.moment) ?? expect.fail('it hears of no code');
  }
}

interface Caller {
  readonly by: Actor;
  readonly number: number | null;
}

/** The effects of one kind. */
export function effectsOf<Message, Event, Kind extends Effect<Message, Event>['kind']>(
  effects: readonly Effect<Message, Event>[],
  kind: Kind,
): readonly (Effect<Message, Event> & { readonly kind: Kind })[] {
  return effects.filter((effect): effect is Effect<Message, Event> & { readonly kind: Kind } => effect.kind === kind);
}

/** The one reply among effects. */
export function replyIn<Message, Event>(effects: readonly Effect<Message, Event>[]): AwsAnswer {
  const [reply] = effectsOf(effects, 'reply');
  return reply?.answer ?? expect.fail(`no reply among ${effects.map(({ kind }) => kind).join(', ')}`);
}
