/**
 * The state of one run, which the files of this folder share: the account, the agenda, the clock, the calls on their way, the
 * trace so far.
 *
 * A world creates it for one run and drops it afterwards. It holds data and a few small operations on it; the rules are in
 * the other files.
 */

import type { AwsAnswer, CallId, Input } from '../contract/answer.ts';
import type { Arn } from '../contract/arn.ts';
import type { MetCall } from '../contract/call-fault.ts';
import type { EventChain } from '../contract/event-chain.ts';
import type { FaultCounts, FaultKind } from '../contract/fault.ts';
import type { Footprint } from '../contract/footprint.ts';
import type { Described, Moment } from '../contract/moment.ts';
import type { Actor, Frame } from '../contract/trace-entry.ts';
import type { Host, HostCommand } from '../host.ts';
import { Agenda, type AgendaKind, type Scheduling } from '../kernel/agenda.ts';
import type { Choices } from '../kernel/choices.ts';
import { type AnyService, RESOURCE_TYPES } from '../services/all.ts';
import type { Locate } from '../stack.ts';
import type { Account } from './account.ts';
import { Environments, type LiveEnvironment } from './environments.ts';
import { FaultBudget } from './faults.ts';
import { LIMITS, ofEnvironment, ofScenario, TIMERS, type WatchedEvents } from './footprints.ts';
import { Recorder, type Witness } from './recorder.ts';
import { Waits } from './waits.ts';

export interface WorldOptions {
  /** The deployed account; the world works on a copy. It holds the epoch of virtual time and whether the run is timed. */
  readonly account: Account;
  readonly host: Host;
  readonly choices: Choices;
  readonly faults: FaultCounts;
  /** The APIs at whose calls faults may strike; by default all. */
  readonly faultsAt?: readonly string[];
  readonly maxSteps: number;
  /** The seed of randomness in learners' code. */
  readonly seed: number;
  /**
   * Whether to record where in the learner's code each call was made. That costs time: a replay does it, exploration does
   * not.
   */
  readonly frames: boolean;
  /** Whether to run learners' code even if the host already knows what it will do. */
  readonly afresh: boolean;
  readonly locate: Locate;
  /** The events on whose order a check depends, and what the steps that cause them share. */
  readonly watched?: WatchedEvents;
  /** Is handed every entry of the trace instead of keeping it: the run has an empty one. Only for runs that nothing goes back in. */
  readonly witness?: Witness | undefined;
  /** Equal calls that the scenario sends at once are interchangeable, so only one order of them is explored. */
  readonly equalCallsAreAlike?: boolean;
}

/** A part of the scenario that shares only the stack with the other parts; null: the whole scenario. */
export type ScenarioLane = number | null;

/** A call that its sender has made and whose answer has not arrived. */
export interface PendingCall {
  readonly id: CallId;
  readonly actor: Actor;
  /** The API, as AWS spells it. */
  readonly service: string;
  readonly operation: string;
  readonly input: Input;
  /** The service that the call is for. */
  readonly target: AnyService;
  readonly sentAs: number;
  readonly frame: Frame | undefined;
  /** Null for the scenario's calls. */
  readonly environment: LiveEnvironment | null;
  /** The number that the environment gave this call. */
  readonly numberInEnvironment: number;
  /** For a call of the scenario: the lane that waits for the answer. */
  readonly scenarioLane?: ScenarioLane | undefined;
  /** Settles the scenario's promise. */
  readonly settle: ((answer: AwsAnswer) => void) | null;
  /** The number that the service gave the call when it was sent. For an `Invoke`: the number of the invocation. */
  readonly number: number | null;
  /** The chain of the invocation that made it. */
  readonly chain: EventChain | null;
  appliedAs: number;
  /** Its arrival, as a number of the agenda. */
  onAgenda: number | null;
  /** Its sender no longer waits for it. */
  isGivenUp: boolean;
  /** The calls that did nothing because of a meeting while this one was on its way. */
  readonly met: MetCall[];
}

/** A service that waits for the answer to a request of its own. */
export interface AskingService {
  readonly service: AnyService;
  /** The cause of the request. */
  readonly cause: number | null;
}

/** The owner of a deadline, for the trace. */
export interface DeadlineOwner {
  readonly actor: Actor;
  readonly isInvocation: boolean;
}

export class RunContext {
  readonly options: WorldOptions;
  readonly account: Account;
  readonly agenda = new Agenda();
  readonly clock = { nowMs: 0, step: 0, preemptions: 0 };
  readonly recorder: Recorder;
  readonly faults: FaultBudget;
  readonly waits: Waits;
  readonly environments = new Environments();
  /** What services learn about the step that is running. */
  readonly moment: Moment;
  readonly calls = new Map<CallId, PendingCall>();
  /** Sequence numbers on the agenda of the services' cancellable timers, by lane. */
  readonly timers = new Map<string, number>();
  /** The owners of deadlines, by lane. */
  readonly deadlineOwners = new Map<string, DeadlineOwner>();
  /** The commands for the host that are not yet delivered. */
  commands: HostCommand[] = [];
  /** Calls whose answer was lost before their service gave one. Their senders no longer wait for it. */
  readonly lost = new Map<CallId, PendingCall>();
  /** Wakes the parts of the scenario that wait for rest. */
  readonly waitingForRest: (() => void)[] = [];
  /** Services that wait for an answer, by the name of their request. */
  readonly asking = new Map<CallId, AskingService>();
  /** Whether footprints are wanted. Only a reduction needs them, and composing their paths costs time. */
  readonly isAskedForFootprints: boolean;
  lastCall = 0;
  faultsSpent = 0;
  /** The scenario has an answer to which it has not reacted yet. */
  scenarioWoken = true;
  /** The learner's code stalled or used something that is refused: the run is over. */
  foundSomething = false;

  constructor(options: WorldOptions) {
    this.options = options;
    this.isAskedForFootprints = options.choices.touch !== undefined;
    this.account = options.account.copy();
    this.recorder = new Recorder(
      this.clock,
      (event) => {
        const shared = options.watched?.get(event.kind);
        if (shared !== undefined) this.touch(shared);
      },
      options.witness,
    );
    this.faults = new FaultBudget(options.faults, (footprint) => this.touch(footprint));
    this.waits = new Waits(this.account.settings.isTimed, options.choices);
    this.moment = new RunMoment(this);
  }

  /** Puts an item on the agenda, `afterMs` from now, and returns the number with which it can be cancelled. */
  schedule(
    kind: AgendaKind,
    afterMs: number,
    about: Pick<Scheduling, 'lane' | 'label' | 'cause' | 'alike' | 'latestMs' | 'gate'>,
    run: () => void,
  ): number {
    const { nowMs, step } = this.clock;
    const { lane, label, cause, alike, latestMs, gate } = about;
    this.#touchTime(kind, latestMs);
    const event = { kind, atMs: nowMs + afterMs, lane, label, cause, run };
    if (alike === undefined && latestMs === undefined) {
      return this.agenda.schedule(gate === undefined ? event : { ...event, gate }, nowMs, step);
    }
    const happen = () => {
      this.#touchTime(kind, latestMs);
      run();
    };
    return this.agenda.schedule({ ...about, ...event, run: happen }, nowMs, step);
  }

  /** Removes an item from the agenda. That can change which instant time moves to next. */
  cancel(seq: number | null | undefined): void {
    if (seq === undefined || seq === null) return;
    const kind = this.agenda.kindOf(seq);
    if (kind !== null) this.#touchTime(kind, undefined);
    this.agenda.cancel(seq);
  }

  /** Leaves an item on the agenda, in a step that could have set or removed it in another order of steps. */
  keep(seq: number | undefined): void {
    const kind = seq === undefined ? null : this.agenda.kindOf(seq);
    if (kind !== null) this.#touchTime(kind, undefined);
  }

  /**
   * Records that the items which wait for time have changed. All sleeps together determine which one comes first. Time does
   * not pass a limit (a deadline, or the latest moment of some work) while other work is enabled, so a step that sets a limit
   * can delay a sleep, and a step that removes one can enable it. Two limits commute as long as there is no sleep.
   */
  #touchTime(kind: AgendaKind, latestMs: number | undefined): void {
    if (!this.isAskedForFootprints) return;
    if (kind === 'sleep') {
      this.touch(TIMERS);
      this.touch(LIMITS.looked);
    } else if (kind === 'deadline' || latestMs !== undefined) {
      this.touch(LIMITS.changed);
      if (this.agenda.sleeps > 0 || this.faults.mayStrike('deadline')) this.touch(TIMERS);
    }
  }

  /** Records what the running step reads or writes. Two steps whose footprints do not conflict may swap places. */
  touch(footprint: Footprint): void {
    if (this.isAskedForFootprints) this.options.choices.touch?.(footprint);
  }

  /** Adds a command for the host, which changes the state of the environment. */
  command(command: HostCommand): void {
    if (this.isAskedForFootprints) this.touch(ofEnvironment(command.environment).changed);
    this.commands.push(command);
  }

  /** Marks that the scenario, or one of its lanes, has received what it waited for. */
  wakeScenario(lane: ScenarioLane): void {
    this.touch(ofScenario(lane));
    this.scenarioWoken = true;
  }

  /** Notes that the learner's code used something that a run does not have, and ends the run. */
  refuse(
    actor: Actor,
    cause: number | null,
    refusal: { readonly what: string; readonly advice: string; readonly frame?: Frame | undefined },
  ): void {
    const { what, advice, frame } = refusal;
    this.recorder.note(actor, cause, { kind: 'refused', what, advice, ...(frame === undefined ? {} : { frame }) });
    this.foundSomething = true;
  }
}

/** The moment of the step that is running. */
class RunMoment implements Moment {
  readonly epochMs: number;
  readonly isTimed: boolean;
  readonly hasBegun = true;
  readonly resourceTypes = RESOURCE_TYPES;
  readonly #context: RunContext;

  constructor(context: RunContext) {
    const { epochMs, isTimed } = context.account.settings;
    this.epochMs = epochMs;
    this.isTimed = isTimed;
    this.#context = context;
  }

  get nowMs(): number {
    return this.#context.clock.nowMs;
  }

  mayStrike(fault: FaultKind): boolean {
    return this.#context.faults.mayStrike(fault);
  }

  isAllowed(fault: FaultKind): boolean {
    return this.#context.faults.isAllowed(fault);
  }

  decidesBy(fault: FaultKind): boolean {
    return this.#context.faults.decidesBy(fault);
  }

  describe(arn: Arn): Described {
    return this.#context.account.describe(arn);
  }

  isSenderAlive(id: CallId): boolean {
    const call = this.#context.calls.get(id) ?? this.#context.lost.get(id);
    return call !== undefined && (call.environment === null || call.environment.alive);
  }
}
