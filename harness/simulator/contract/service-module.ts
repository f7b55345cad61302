/**
 * The contract of a simulated service: everything that the rest of the harness knows of one.
 *
 * A service is a folder in `services/` with one `ServiceModule` and one line in `services/registry.ts`. It is a state machine
 * over plain data: it receives a message, changes only its own state, and returns effects. It knows no clock, no randomness, no
 * host, no SDK and no other service. AWS's errors are data in its answers; only bugs in the harness throw.
 */

import type { Room } from '../kernel/agenda.ts';
import type { AccountSettings } from './account-settings.ts';
import type { AwsAnswer, CallId, Input } from './answer.ts';
import type { Arn } from './arn.ts';
import type { CallFault, Encounter, MetCall, ServiceTrouble } from './call-fault.ts';
import type { CodeReport } from './code.ts';
import type { Effect, Served, Step } from './effect.ts';
import type { Chained } from './event-chain.ts';
import type { FaultKind } from './fault.ts';
import type { Footprint } from './footprint.ts';
import type { WaitMs } from './latency.ts';
import type { Described, Moment } from './moment.ts';
import type { ResourceType } from './resource-type.ts';
import type { ServiceRequest } from './service-request.ts';
import type { EntrySeen, Shown } from './shown.ts';
import type { Actor, Noted } from './trace-entry.ts';
import type { ServiceClient } from './wire-protocol.ts';

/** A client's call as a service receives it, with the chain of the invocation that made it. */
export interface ServiceCall extends Chained {
  readonly id: CallId;
  /** The caller, for the trace. */
  readonly by: Actor;
  readonly operation: string;
  readonly input: Input;
  /** The number that {@link ServiceModule.setOut} gave the call; null if it gave none. */
  readonly number: number | null;
}

/** A request of another service, and the ARN that it is addressed to. */
export interface Parcel {
  readonly to: Arn;
  readonly by: Actor;
  readonly request: ServiceRequest;
  /** The name of the `reply` with which the service answers; null if the sender does not wait for an answer. */
  readonly call: CallId | null;
}

/** `Message`: what the service sends to itself, by timers and choices. `Event`: what it writes into the trace. */
export interface ServiceModule<State, Message, Event extends Noted> {
  /** The name of the service's folder: `event-source-mapping`. */
  readonly name: string;
  /** The API of its operations, as AWS spells it: `SQS`. Two modules may share one API. */
  readonly service: string;
  /** How SDK clients reach it; null if it has no client, or shares another module's. */
  readonly client: ServiceClient | null;
  /** The shapes of the ARNs that it owns: `sqs`, `lambda:function`. */
  readonly arns: readonly string[];
  /** The resource types that CloudFormation can create with it. */
  readonly resourceTypes: readonly ResourceType[];
  /** The faults that it offers, beside those that may strike at any call. */
  readonly faults: readonly FaultKind[];
  /** How its API answers when the trouble is the service's own; undefined where no client calls it. */
  readonly trouble?: ServiceTrouble;
  /** How long a call takes in a timed run, there and back together. */
  latency(operation: string): WaitMs;

  create(settings: AccountSettings): State;
  /** Copies the state; the copy may share what never changes. Must be cheap: every run begins with a copy. */
  copy(state: State): State;

  /**
   * Whether a call of its API is for this module. Modules with `claims` are asked first; the one without takes the other calls.
   */
  claims?(state: State, call: Pick<ServiceCall, 'operation' | 'input'>): boolean;
  /** Runs when a call is sent. May give the call a number, so that the number does not depend on which call arrives first. */
  setOut?(state: State, call: Pick<ServiceCall, 'by' | 'operation' | 'input'>): SettingOut | null;
  /** How this call meets others on their way; null if it neither meets any nor is met. */
  meets?(state: State, call: Pick<ServiceCall, 'operation' | 'input'>): Encounter | null;
  /** The service's own faults that may strike at this call now. `others`: the calls that it may meet, if it meets any. */
  faultsAt?(state: State, call: ServiceCall, others: readonly MetCall[], moment: Moment): readonly CallFault[];
  /** Applies a client's call. */
  call(state: State, call: ServiceCall, moment: Moment): Served<Message, Event>;
  /** Begins a run: what a deployment has left to be started. It comes before everything else, and nothing of it is a choice. */
  begin?(state: State, moment: Moment): readonly Effect<Message, Event>[];
  /** Receives the service's own message: a timer has come, or an option was chosen. */
  on?(state: State, message: Message, moment: Moment): Step<Message, Event>;
  /**
   * How many places are free at a gate where timers of the service wait. Changes nothing. One must be free at the latest when everything
   * else has happened.
   */
  roomAt?(state: State, gate: string): Room;
  /** Receives a request of another service for an ARN that this service owns. */
  take?(state: State, parcel: Parcel, moment: Moment): Step<Message, Event>;
  /** Receives the answer to a request that the service has sent, or to a call that it has made, under this name. */
  answered?(state: State, call: CallId, answer: AwsAnswer, moment: Moment): Step<Message, Event>;
  /** Receives a report of code that the service has started: it has begun, or ended. */
  heard?(state: State, report: CodeReport, moment: Moment): Step<Message, Event>;
  /** What an ARN that it owns stands for. */
  describe?(state: State, arn: Arn): Described;
  /** How people see what the service has written into a trace. */
  shown?(trace: readonly EntrySeen<Event>[]): Shown<Event>;
  /** The names that learners know, by the names of the service's resources. The deployment fills the map. */
  displayNames?(state: State): Map<string, string>;
}

/** What `setOut` gives a call that is sent. */
export interface SettingOut {
  readonly number: number | null;
  readonly footprint: Footprint;
}
