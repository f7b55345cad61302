/**
 * The contract of a simulated service: everything that the rest of the harness knows of one.
 *
 * A service is a folder in `services/` with one `ServiceModule` and one line in `services/registry.ts`. It is a state machine over
 * plain data: it is told something, changes only its own state, and says what follows in effects. It knows no clock, no chance, no
 * host, no SDK and no other service. AWS's errors are data in its answers; only bugs of ours throw.
 */

import type { AccountSettings } from './account-settings.ts';
import type { AwsAnswer, CallId, Input } from './answer.ts';
import type { Arn } from './arn.ts';
import type { CallFault, Encounter } from './call-fault.ts';
import type { CodeReport } from './code.ts';
import type { Served, Step } from './effect.ts';
import type { FaultKind } from './fault.ts';
import type { Footprint } from './footprint.ts';
import type { WaitMs } from './latency.ts';
import type { Described, Moment } from './moment.ts';
import type { ResourceType } from './resource-type.ts';
import type { ServiceRequest } from './service-request.ts';
import type { EntrySeen, Shown } from './shown.ts';
import type { Actor, Noted } from './trace-entry.ts';
import type { ServiceClient } from './wire-protocol.ts';

/** A client's call as a service is given it. */
export interface ServiceCall {
  readonly id: CallId;
  /** Who called, for the trace. */
  readonly by: Actor;
  readonly operation: string;
  readonly input: Input;
  /** What {@link ServiceModule.setOut} gave the call; null if nothing. */
  readonly number: number | null;
}

/** What another service asks, with where it is addressed to. */
export interface Parcel {
  readonly to: Arn;
  readonly by: Actor;
  readonly request: ServiceRequest;
  /** The answer goes back under this name, as a `reply`; null: nobody waits for it. */
  readonly call: CallId | null;
}

/** `Message`: what it tells itself later, through timers and choices. `Event`: what it writes into the trace. */
export interface ServiceModule<State, Message, Event extends Noted> {
  /** The name of its folder: `event-source-mapping`. */
  readonly name: string;
  /** The API that its operations belong to, as AWS spells it: `SQS`. Two modules may share one. */
  readonly service: string;
  /** How its clients reach it; null if it has none, or shares another module's. */
  readonly client: ServiceClient | null;
  /** The shapes of the ARNs that it owns: `sqs`, `lambda:function`. */
  readonly arns: readonly string[];
  /** What CloudFormation can make of it. */
  readonly resourceTypes: readonly ResourceType[];
  /** The faults that it offers, beside those that may strike at any call. */
  readonly faults: readonly FaultKind[];
  /** How long a call takes in a timed run, there and back together. */
  latency(operation: string): WaitMs;

  create(settings: AccountSettings): State;
  /** A copy that shares what never changes. Cheap: every run begins with one. */
  copy(state: State): State;

  /**
   * Whether a call of its API is its own. Of the modules of one API those with `claims` are asked first; the one without takes
   * the rest.
   */
  claims?(state: State, call: Pick<ServiceCall, 'operation' | 'input'>): boolean;
  /** A call sets out: it may be given a number now, which must not depend on which call arrives first. */
  setOut?(state: State, call: Pick<ServiceCall, 'operation' | 'input'>): SettingOut | null;
  /** What this call has in common with those that it can meet on their way; null if it can meet none. */
  meets?(call: Pick<ServiceCall, 'operation' | 'input'>): Encounter | null;
  /** The faults of its own that may strike at this call now. `others`: the inputs of the calls that it can meet. */
  faultsAt?(state: State, call: ServiceCall, others: readonly Input[], moment: Moment): readonly CallFault[];
  /** A client's call takes effect. */
  call(state: State, call: ServiceCall, moment: Moment): Served<Message, Event>;
  /** What it told itself: a timer has come, an option was chosen. */
  on?(state: State, message: Message, moment: Moment): Step<Message, Event>;
  /** Another service asks something of an ARN that it owns. */
  take?(state: State, parcel: Parcel, moment: Moment): Step<Message, Event>;
  /** The answer to what it sent under this name. */
  answered?(state: State, call: CallId, answer: AwsAnswer, moment: Moment): Step<Message, Event>;
  /** Code that it has started reports its beginning or its end. */
  heard?(state: State, report: CodeReport, moment: Moment): Step<Message, Event>;
  /** What an ARN that it owns stands for. */
  describe?(state: State, arn: Arn): Described;
  /** How people see what it has written into a trace. */
  shown?(trace: readonly EntrySeen<Event>[]): Shown<Event>;
  /** By the names of its resources, the names that a learner knows; the deployment fills it in. */
  displayNames?(state: State): Map<string, string>;
}

/** What a call is given when it sets out. */
export interface SettingOut {
  readonly number: number | null;
  readonly footprint: Footprint;
}
