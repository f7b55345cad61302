/**
 * What one run consists of, shared by the files of this folder: the account, the agenda, the clock, calls on their way, the trace so far.
 *
 * Created by a world for one run and dropped with it. Holds data and a few small conveniences; the rules are beside it.
 */

import type { AwsAnswer, CallId, Input } from '../contract/answer.ts';
import type { Arn } from '../contract/arn.ts';
import type { FaultCounts, FaultKind } from '../contract/fault.ts';
import type { Footprint } from '../contract/footprint.ts';
import type { Described, Moment } from '../contract/moment.ts';
import type { Actor, Frame } from '../contract/trace-entry.ts';
import type { Host, HostCommand } from '../host.ts';
import { Agenda, type AgendaKind, type Scheduling } from '../kernel/agenda.ts';
import type { Choices } from '../kernel/choices.ts';
import type { AnyService } from '../services/all.ts';
import type { Locate } from '../stack.ts';
import type { TraceEvent } from '../trace.ts';
import type { Account } from './account.ts';
import { Environments, type LiveEnvironment } from './environments.ts';
import { FaultBudget } from './faults.ts';
import { LIMITS, ofEnvironment, ofScenario, TIMERS, WATCHED } from './footprints.ts';
import { Recorder } from './recorder.ts';
import { Waits } from './waits.ts';

export interface WorldOptions {
  /** The deployed account; the world works on a copy. It says what virtual time 0 stands for, and whether the run is timed. */
  readonly account: Account;
  readonly host: Host;
  readonly choices: Choices;
  readonly faults: FaultCounts;
  readonly maxSteps: number;
  /** For chance in learners' code. */
  readonly seed: number;
  /** Record where in the learner's code each call was made. Costs time; a replay does, exploration doesn't. */
  readonly frames: boolean;
  /** Really run learners' code, also where the host knows what it will do. */
  readonly afresh: boolean;
  readonly locate: Locate;
  /** Events whose order among themselves a check looks at: steps that make them are not taken to commute. */
  readonly watched?: ReadonlySet<TraceEvent['kind']>;
  /**
   * Equal calls that the scenario sends at once are interchangeable: nothing depends on which of them is which. Only one order of
   * them is offered.
   */
  readonly equalCallsAreAlike?: boolean;
}

/** A part of the scenario that shares nothing with the others but the stack; null: all of it. */
export type ScenarioLane = number | null;

/** A call that has left its sender and whose answer has not arrived. */
export interface PendingCall {
  readonly id: CallId;
  readonly actor: Actor;
  /** The API, as AWS spells it. */
  readonly service: string;
  readonly operation: string;
  readonly input: Input;
  /** The service that it is for. */
  readonly target: AnyService;
  readonly sentAs: number;
  readonly frame: Frame | undefined;
  /** Null for the scenario's calls. */
  readonly environment: LiveEnvironment | null;
  /** The environment's own number of this call. */
  readonly numberInEnvironment: number;
  /** Of a call of the scenario: which lane of it waits. */
  readonly scenarioLane?: ScenarioLane;
  /** Settles the scenario's promise. */
  readonly settle: ((answer: AwsAnswer) => void) | null;
  /** What its service gave it when it set out: of an `Invoke`, the number of the invocation that it asks for. */
  readonly number: number | null;
  appliedAs: number;
}

/** A service that waits for what it asked of another one. */
export interface AskingService {
  readonly service: AnyService;
  /** The cause of its asking. */
  readonly cause: number | null;
}

/** Whose limit a deadline is, for the trace. */
export interface DeadlineOwner {
  readonly actor: Actor;
  readonly isInvocation: boolean;
}

export class RunContext {
  readonly options: WorldOptions;
  readonly account: Account;
  readonly agenda = new Agenda();
  readonly clock = { nowMs: 0, step: 0 };
  readonly recorder: Recorder;
  readonly faults: FaultBudget;
  readonly waits: Waits;
  readonly environments = new Environments();
  /** What services are told of the step that is running. */
  readonly moment: Moment;
  readonly calls = new Map<CallId, PendingCall>();
  /** Sequence numbers on the agenda of the services' cancellable timers, by their lanes. */
  readonly timers = new Map<string, number>();
  /** By the lane of a deadline. */
  readonly deadlineOwners = new Map<string, DeadlineOwner>();
  /** What the host is to do next. */
  commands: HostCommand[] = [];
  /** Calls whose answer got lost before their service had one: to their senders they are over. */
  readonly lost = new Map<CallId, PendingCall>();
  /** Wakes the parts of the scenario that wait until all is at rest. */
  readonly waitingForRest: (() => void)[] = [];
  /** Services that wait for what they asked of others, by the name under which they asked. */
  readonly asking = new Map<CallId, AskingService>();
  /** Only a reduction asks what steps look at and change; naming it costs something. */
  readonly isAskedForFootprints: boolean;
  lastCall = 0;
  faultsSpent = 0;
  /** The scenario has got an answer that it has not reacted to yet. */
  scenarioWoken = true;
  /** The learner's code stalled or was refused something: the run is over. */
  foundSomething = false;

  constructor(options: WorldOptions) {
    this.options = options;
    this.isAskedForFootprints = options.choices.touch !== undefined;
    this.account = options.account.copy();
    this.recorder = new Recorder(this.clock, (event) => {
      if (options.watched?.has(event.kind)) this.touch(WATCHED);
    });
    this.faults = new FaultBudget(options.faults, (footprint) => this.touch(footprint));
    this.waits = new Waits(this.account.settings.isTimed, options.choices);
    this.moment = new RunMoment(this);
  }

  /** Puts something on the agenda, `afterMs` from now; returns the number by which it can be cancelled. */
  schedule(
    kind: AgendaKind,
    afterMs: number,
    about: Pick<Scheduling, 'lane' | 'label' | 'cause' | 'alike' | 'latestMs'>,
    run: () => void,
  ): number {
    const { nowMs, step } = this.clock;
    const { lane, label, cause, alike, latestMs } = about;
    this.#touchTime(kind, latestMs);
    const event = { kind, atMs: nowMs + afterMs, lane, label, cause, run };
    if (alike === undefined && latestMs === undefined) return this.agenda.schedule(event, nowMs, step);
    const happen = () => {
      this.#touchTime(kind, latestMs);
      run();
    };
    return this.agenda.schedule({ ...about, ...event, run: happen }, nowMs, step);
  }

  /** Takes something off the agenda: what waits for a later instant may be the next that time moves to. */
  cancel(seq: number | null | undefined): void {
    if (seq === undefined || seq === null) return;
    const kind = this.agenda.kindOf(seq);
    if (kind !== null) this.#touchTime(kind, undefined);
    this.agenda.cancel(seq);
  }

  /**
   * What waits for time changed. Which sleep comes first is a matter of all of them, and time does not pass a limit (a deadline, or
   * the latest moment of some work) while other work is possible: a step that sets one may keep a sleep from coming, a step that takes
   * it back lets it come. Limits among themselves commute, as long as there is no sleep.
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

  /** Says what the running step looks at or changes: two steps that have nothing in common may change places. */
  touch(footprint: Footprint): void {
    if (this.isAskedForFootprints) this.options.choices.touch?.(footprint);
  }

  /** Gives the host something to do: the environment is not what it was. */
  command(command: HostCommand): void {
    if (this.isAskedForFootprints) this.touch(ofEnvironment(command.environment).changed);
    this.commands.push(command);
  }

  /** The scenario got what it waited for, or one of its lanes did. */
  wakeScenario(lane: ScenarioLane): void {
    this.touch(ofScenario(lane));
    this.scenarioWoken = true;
  }

  /** The learner asked for what a run does not have: noted, and the end of the run. */
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
