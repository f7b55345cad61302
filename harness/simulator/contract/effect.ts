/**
 * What follows from a step of a service: one closed union for all services, carried out by one interpreter (`world/interpreter.ts`).
 *
 * Effects are plain data. A service asks for them and does nothing itself: the world keeps the agenda, the choices, the trace, the
 * hosts, and the way from one service to another. Effects are carried out in order, and a note is the cause of what comes after it.
 */

import type { AgendaKind } from '../kernel/agenda.ts';
import type { AwsAnswer, CallId } from './answer.ts';
import type { Arn } from './arn.ts';
import type { EnvironmentSettings, HostInvocation } from './code.ts';
import type { FaultKind } from './fault.ts';
import type { Footprint } from './footprint.ts';
import type { WaitMs } from './latency.ts';
import type { ServiceRequest } from './service-request.ts';
import type { Actor } from './trace-entry.ts';

/** `Message`: what the service tells itself later. `Event`: what it writes into the trace. */
export type Effect<Message, Event> =
  /** The answer to a call, or to what another service asked, that was not answered at once. */
  | { readonly kind: 'reply'; readonly call: CallId; readonly answer: AwsAnswer }
  | Note<Event>
  | Timer<Message>
  /** Takes the cancellable timer of this name back, if there is one. */
  | { readonly kind: 'cancel'; readonly of: string }
  | Send
  | Offer<Message>
  | Strike
  | CodeEffect;

/** A line of the trace. It triggers nothing. */
export interface Note<Event> {
  readonly kind: 'note';
  readonly by: Actor;
  readonly event: Event;
  /** It is not the cause of what comes after it. */
  readonly isAside?: true;
}

/** The service will be told `message` at an instant. */
export interface Timer<Message> {
  readonly kind: 'timer';
  /** Its lane: timers of one lane come in the order in which they were set; between lanes the order is a choice. */
  readonly of: string;
  /** `step`: work that may happen from `atMs` on. `sleep`: time that passes by itself. `deadline`: a limit of the service. */
  readonly as: AgendaKind;
  readonly atMs: number;
  readonly message: Message;
  /** For people: «the deadline of bump#1». */
  readonly label: string;
  /** A later timer of the same lane takes its place, and `cancel` takes it back. */
  readonly isCancellable?: true;
  /** Of a `step`: time does not pass this instant before it has happened. */
  readonly latestMs?: number;
  /** In a timed run it comes later than `atMs` by a wait drawn from here. */
  readonly wait?: WaitMs;
  /** Of a `deadline`: what the trace says if it comes early because other work is slow. */
  readonly owner?: { readonly actor: Actor; readonly isInvocation: boolean };
}

/** Something for the owner of an ARN, in this very step. */
export interface Send {
  readonly kind: 'send';
  readonly to: Arn;
  /** Who sends, for the trace. */
  readonly by: Actor;
  readonly request: ServiceRequest;
  /** If it is given, the answer comes back under this name (`ServiceModule.answered`). Unique in the world. */
  readonly call?: CallId;
}

/**
 * A choice with a budget: option 0 is the ordinary course, every other option spends one of `fault`. The service is told the message
 * of the chosen option; null tells it nothing. Without budget left the ordinary course is taken and no question is asked.
 */
export interface Offer<Message> {
  readonly kind: 'offer';
  /** Which is also the name of the question that the run's choices are asked. */
  readonly fault: FaultKind;
  readonly options: readonly (Message | null)[];
}

/** A fault that was chosen earlier strikes now: it is counted, and the trace says so. */
export interface Strike {
  readonly kind: 'strike';
  readonly fault: FaultKind;
  readonly by: Actor;
  /** The trace names no cause for it, and it is not the cause of what comes after it. */
  readonly isUncaused?: true;
}

/** What becomes of learners' code. */
export type CodeEffect =
  /**
   * A process is made: `wait` is how long that takes in a timed run. `first` may begin as soon as Init has succeeded, at the same
   * instant; the `invoke` that follows says that it did.
   */
  | {
      readonly kind: 'start';
      readonly environment: string;
      readonly settings: EnvironmentSettings;
      readonly first?: HostInvocation;
      readonly wait: WaitMs;
    }
  | (HostInvocation & { readonly kind: 'invoke'; readonly environment: string })
  /** Nothing of this environment goes on until its next `invoke` thaws it (LS-19). */
  | { readonly kind: 'freeze'; readonly environment: string }
  | { readonly kind: 'kill'; readonly environment: string };

/** What a service did in a step. */
export interface Step<Message, Event> {
  /** In order: notes come before the reply that they explain. */
  readonly effects: readonly Effect<Message, Event>[];
  readonly footprint: Footprint;
}

/** What a service did with a call. */
export interface Served<Message, Event = never> extends Step<Message, Event> {
  /** Null if the answer comes later, as a `reply`: an invocation has begun, a poll waits. */
  readonly answer: AwsAnswer | null;
}

/** A call that was answered at once and has no other consequence. */
export function answeredAtOnce(answer: AwsAnswer, footprint: Footprint): Served<never> {
  return { answer, effects: [], footprint };
}
