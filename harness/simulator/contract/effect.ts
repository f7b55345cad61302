/**
 * Effects: what a service asks for after a step. One closed union for all services, carried out by one interpreter
 * (`world/interpreter.ts`).
 *
 * Effects are plain data. A service only asks for them: the world keeps the agenda, the choices, the trace and the hosts, and
 * carries requests from one service to another. The world carries effects out in order, and a note is the cause of the effects
 * after it.
 */

import type { AgendaKind } from '../kernel/agenda.ts';
import type { AwsAnswer, AwsCall, CallId } from './answer.ts';
import type { Arn } from './arn.ts';
import type { EnvironmentSettings, HostInvocation } from './code.ts';
import type { Chained } from './event-chain.ts';
import type { FaultKind } from './fault.ts';
import type { Footprint } from './footprint.ts';
import type { WaitMs } from './latency.ts';
import type { ServiceRequest } from './service-request.ts';
import type { Actor } from './trace-entry.ts';

/** `Message`: what the service sends to itself later. `Event`: what it writes into the trace. */
export type Effect<Message, Event> =
  /** Answers a call, or a request of another service, that was not answered at once. */
  | { readonly kind: 'reply'; readonly call: CallId; readonly answer: AwsAnswer }
  | Note<Event>
  | Timer<Message>
  /** Cancels the cancellable timer of this lane, if there is one. */
  | { readonly kind: 'cancel'; readonly of: string }
  /**
   * Leaves the cancellable timer of this lane as it is, although the step has changed what the timer stands for. The step thereby
   * declares what it would declare if it had set the timer: another order of steps may set or cancel it here.
   */
  | { readonly kind: 'keep'; readonly of: string }
  | Send
  | MakeCall
  | Offer<Message>
  | Choose<Message>
  | Strike
  | CodeEffect;

/** Writes a line of the trace. It triggers nothing. */
export interface Note<Event> {
  readonly kind: 'note';
  readonly by: Actor;
  readonly event: Event;
  /** The note is not the cause of the effects after it. */
  readonly isAside?: true;
}

/** Delivers `message` to the service at an instant. */
export interface Timer<Message> {
  readonly kind: 'timer';
  /** The timer's lane. Timers of one lane come in the order in which they were set; between lanes the order is a choice. */
  readonly of: string;
  /**
   * `step`: work that may happen from `atMs` on. `sleep`: time that passes by itself. `deadline`: a limit that the service
   * sets.
   */
  readonly as: AgendaKind;
  readonly atMs: number;
  readonly message: Message;
  /** A label for people: «the deadline of bump#1». */
  readonly label: string;
  /** For a `step`: the name of a gate of the service's, at which it waits for a place (`ServiceModule.roomAt`). */
  readonly gate?: string;
  /** A later timer of the same lane replaces this one, and `cancel` removes it. */
  readonly isCancellable?: true;
  /** For a `step`: time does not pass this instant before the step has happened. */
  readonly latestMs?: number;
  /** In a timed run, the timer comes later than `atMs`, by a wait that is drawn from this range. */
  readonly wait?: WaitMs;
  /** For a `deadline`: the actor that the trace names if the deadline comes early because other work is slow. */
  readonly owner?: { readonly actor: Actor; readonly isInvocation: boolean };
}

/** Sends a request to the owner of an ARN, in the same step. */
export interface Send {
  readonly kind: 'send';
  readonly to: Arn;
  /** The sender, for the trace. */
  readonly by: Actor;
  readonly request: ServiceRequest;
  /** If set, the answer comes back under this name (`ServiceModule.answered`). Names are unique in the world. */
  readonly call?: CallId;
}

/**
 * Makes an API call of another service, in the same step, as a client would make it. The answer comes back under `as`
 * (`ServiceModule.answered`) in this step, too: only calls that are answered at once can be made. No fault strikes them.
 */
export interface MakeCall {
  readonly kind: 'call';
  /** The sender, for the trace. */
  readonly by: Actor;
  readonly call: AwsCall;
  /** The name of the call. Names are unique in the world. */
  readonly as: CallId;
}

/**
 * A choice with a budget: option 0 is the ordinary course, every other option spends one of `fault`. The service receives the
 * message of the chosen option, or none if that is null. Once the budget is spent, the ordinary course is taken and no question
 * is asked.
 */
export interface Offer<Message> {
  readonly kind: 'offer';
  /** The fault that an option spends, and the name of the question in the run's choices. */
  readonly fault: FaultKind;
  readonly options: readonly (Message | null)[];
}

/**
 * A choice that costs nothing: AWS draws one of the options by chance, and all are the ordinary course. An exploration tries each; a
 * timed run draws by the weights. The service receives the message of the chosen option.
 */
export interface Choose<Message> {
  readonly kind: 'choose';
  /** The name of the question in the run's choices; no fault has it. */
  readonly question: string;
  /** `weight`: a positive whole number. */
  readonly options: readonly { readonly message: Message; readonly weight: number }[];
}

/** A fault that was chosen earlier strikes now. The world counts it and notes it in the trace. */
export interface Strike {
  readonly kind: 'strike';
  readonly fault: FaultKind;
  readonly by: Actor;
  /** The trace names no cause for the fault, and the fault is not the cause of the effects after it. */
  readonly isUncaused?: true;
}

/** The effects that start, run, freeze and kill learners' code. */
export type CodeEffect =
  /**
   * Starts a process. `wait` is how long that takes in a timed run. `first` may begin as soon as Init has succeeded, at the
   * same instant; the `invoke` effect that follows confirms that it did.
   */
  | {
      readonly kind: 'start';
      readonly environment: string;
      /** Counted per environment, from 1: what a process makes of chance is not what the process before it made. */
      readonly process: number;
      readonly settings: EnvironmentSettings;
      readonly first?: HostInvocation;
      readonly wait: WaitMs;
    }
  /** The calls that this invocation makes carry its chain. */
  | (HostInvocation & Chained & { readonly kind: 'invoke'; readonly environment: string })
  /** Freezes the environment: its code does nothing until the next `invoke` thaws it (LS-19). */
  | { readonly kind: 'freeze'; readonly environment: string }
  | { readonly kind: 'kill'; readonly environment: string };

/** What a service did in a step. */
export interface Step<Message, Event> {
  /** In order. Notes come before the reply that they explain. */
  readonly effects: readonly Effect<Message, Event>[];
  readonly footprint: Footprint;
}

/** What a service did with a call. */
export interface Served<Message, Event = never> extends Step<Message, Event> {
  /** Null if the answer comes later as a `reply`: an invocation has begun, or a long poll waits. */
  readonly answer: AwsAnswer | null;
}

/** The result of a call that is answered at once and has no other effect. */
export function answeredAtOnce(answer: AwsAnswer, footprint: Footprint): Served<never> {
  return { answer, effects: [], footprint };
}
