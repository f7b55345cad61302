/**
 * For tests: runs one service, with the test in the place of the world. The test sets the time, the fault budget and what other
 * ARNs stand for.
 *
 * It carries no effect out: a test inspects the effects that the service asks for, and sends the service what follows from
 * them.
 */

import { expect } from 'vitest';
import type { AccountSettings } from './account-settings.ts';
import type { AwsAnswer, AwsError, CallId, Input } from './answer.ts';
import type { Arn } from './arn.ts';
import type { CallFault, MetCall } from './call-fault.ts';
import type { CodeReport } from './code.ts';
import type { Effect, Send, Served, Step } from './effect.ts';
import type { FaultKind } from './fault.ts';
import { NO_FOOTPRINT } from './footprint.ts';
import type { Described, Moment } from './moment.ts';
import type { ResourceTypes } from './resource-type.ts';
import type { ServiceModule, SettingOut } from './service-module.ts';
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

interface Caller {
  readonly by: Actor;
  /** The number that the call got when it was sent. */
  readonly number: number | null;
}

export class ServiceForTests<State, Message, Event extends Noted> {
  readonly service: ServiceModule<State, Message, Event>;
  state: State;
  nowMs = 0;
  /** The faults that the budget still has. */
  faults: readonly FaultKind[] = [];
  /** What other ARNs stand for. */
  readonly described = new Map<Arn, Omit<Described, 'footprint'>>();
  /** Calls whose senders have died. */
  readonly deadSenders = new Set<CallId>();
  /** The types of resources that templates may have. */
  resourceTypes: ResourceTypes = new Map();
  readonly #settings: AccountSettings;
  #calls = 0;

  constructor(service: ServiceModule<State, Message, Event>, settings: Partial<AccountSettings> = {}) {
    this.service = service;
    this.#settings = { ...SETTINGS_FOR_TESTS, ...settings };
    this.state = service.create(this.#settings);
  }

  get moment(): Moment {
    const { nowMs, faults, described, deadSenders, resourceTypes } = this;
    const { epochMs, isTimed } = this.#settings;
    return {
      nowMs,
      epochMs,
      isTimed,
      hasBegun: true,
      resourceTypes,
      mayStrike: (fault) => faults.includes(fault),
      isAllowed: (fault) => faults.includes(fault),
      decidesBy: (fault) => faults.includes(fault),
      describe: (arn) => ({ ...(described.get(arn) ?? { is: null }), footprint: NO_FOOTPRINT }),
      isSenderAlive: (call) => !deadSenders.has(call),
    };
  }

  /** Makes a call and returns everything that the service did. Calls are named `call-1`, `call-2` … */
  call(
    operation: string,
    input: Input,
    { by = 'tester', number = null }: Partial<Caller> = {},
  ): Served<Message, Event> {
    this.#calls += 1;
    return this.service.call(this.state, { id: `call-${this.#calls}`, by, operation, input, number }, this.moment);
  }

  /** The answer to a call; fails the test if there is none at once. */
  answerTo(operation: string, input: Input): AwsAnswer {
    const { answer } = this.call(operation, input);
    return answer ?? expect.fail(`${operation} was not answered at once`);
  }

  /** The output of a call; fails the test if AWS refuses it. */
  ask(operation: string, input: Input): Input {
    const answer = this.answerTo(operation, input);
    return answer.ok ? answer.output : expect.fail(`${operation}: ${answer.error.code}: ${answer.error.message}`);
  }

  /** The error of a call; fails the test if AWS accepts it. */
  errorOf(operation: string, input: Input): AwsError {
    const error = this.refusalOf(operation, input);
    return error ?? expect.fail(`${operation} was not refused`);
  }

  /** The error of a call; null if AWS accepts it. */
  refusalOf(operation: string, input: Input): AwsError | null {
    const answer = this.answerTo(operation, input);
    return answer.ok ? null : answer.error;
  }

  /** Sends a call: what the service's `setOut` gives it. */
  setOut(operation: string, input: Input, by: Actor = 'tester'): SettingOut | null {
    return this.service.setOut?.(this.state, { by, operation, input }) ?? null;
  }

  /** The service's own faults that may strike at a call which meets these others on its way. */
  faultsAt(operation: string, input: Input, others: readonly MetCall[]): readonly CallFault[] {
    const call = { id: 'call', by: 'tester', operation, input, number: null };
    return this.service.faultsAt?.(this.state, call, others, this.moment) ?? [];
  }

  /** Sends the service one of its own messages. */
  tell(message: Message): Step<Message, Event> {
    return this.service.on?.(this.state, message, this.moment) ?? expect.fail('it listens to nothing');
  }

  /** Sends a request of another service to an ARN that this service owns. */
  take(to: Arn, request: ServiceRequest, call: CallId | null = null, by: Actor = 'tester'): Step<Message, Event> {
    const parcel = { to, by, request, call };
    return this.service.take?.(this.state, parcel, this.moment) ?? expect.fail('it takes nothing');
  }

  /** Answers a request that the service has sent. */
  answer(call: CallId, answer: AwsAnswer): Step<Message, Event> {
    return this.service.answered?.(this.state, call, answer, this.moment) ?? expect.fail('it hears no answers');
  }

  /** Sends a report of code that the service has started. */
  report(report: CodeReport): Step<Message, Event> {
    return this.service.heard?.(this.state, report, this.moment) ?? expect.fail('it hears of no code');
  }

  /** What an ARN that the service owns stands for. */
  describe(arn: Arn): Described {
    return this.service.describe?.(this.state, arn) ?? expect.fail('it owns nothing');
  }
}

/** The effects of one kind. */
export function effectsOf<Message, Event, Kind extends Effect<Message, Event>['kind']>(
  effects: readonly Effect<Message, Event>[],
  kind: Kind,
): readonly (Effect<Message, Event> & { readonly kind: Kind })[] {
  return effects.filter((effect): effect is Effect<Message, Event> & { readonly kind: Kind } => effect.kind === kind);
}

/** The kinds of the effects, in order. */
export function kindsOf<Message, Event>(effects: readonly Effect<Message, Event>[]): readonly string[] {
  return effects.map(({ kind }) => kind);
}

/** The events that the effects write into the trace. */
export function notesIn<Message, Event>(effects: readonly Effect<Message, Event>[]): readonly Event[] {
  return effectsOf(effects, 'note').map(({ event }) => event);
}

/** The requests of one kind that the effects send to other services. */
export function sentIn<Message, Event, Kind extends ServiceRequest['kind']>(
  effects: readonly Effect<Message, Event>[],
  kind: Kind,
): readonly (Send & { readonly request: ServiceRequest & { readonly kind: Kind } })[] {
  return effects.filter(
    (effect): effect is Send & { readonly request: ServiceRequest & { readonly kind: Kind } } =>
      effect.kind === 'send' && effect.request.kind === kind,
  );
}

/** The only reply among the effects: to a call that waited, or to another service. */
export function replyIn<Message, Event>(effects: readonly Effect<Message, Event>[]): AwsAnswer {
  const [reply, ...more] = effectsOf(effects, 'reply');
  if (more.length > 0) expect.fail(`${more.length + 1} replies, where one was expected`);
  return reply?.answer ?? expect.fail(`no reply among ${kindsOf(effects).join(', ')}`);
}
