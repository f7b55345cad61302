/**
 * What one run consists of, shared by the files of this folder: queues, tables, the clock, the trace so far.
 *
 * Created by a world for one run and dropped with it. Holds data and two small conveniences; the rules are beside it.
 */

import type { Host, HostCommand } from '../host.ts';
import { Agenda, type AgendaKind, type Scheduling } from '../kernel/agenda.ts';
import type { Choices } from '../kernel/choices.ts';
import type { AwsAnswer, CallId, Footprint, ServiceName } from '../services/service.ts';
import type { Locate } from '../stack.ts';
import type { Actor, FaultKind, Frame, TraceEvent } from '../trace.ts';
import { type Account, cloneAccount } from './account.ts';
import type { Downstream, Ledger } from './downstream.ts';
import { Environments, type LiveEnvironment } from './environments.ts';
import { FaultBudget } from './faults.ts';
import { LIMITS, ofEnvironment, ofScenario, TIMERS, WATCHED } from './footprints.ts';
import { Latency, type LatencyModel } from './latency.ts';
import { Recorder } from './recorder.ts';

export interface WorldOptions {
  /** The deployed account; the world works on a copy. */
  readonly account: Account;
  readonly host: Host;
  readonly choices: Choices;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly maxSteps: number;
  /** The wall-clock instant that virtual time 0 stands for. */
  readonly epochMs: number;
  /** For chance in learners' code. */
  readonly seed: number;
  /** Record where in the learner's code each call was made. Costs time; a replay does, exploration doesn't. */
  readonly frames: boolean;
  /** Really run learners' code, also where the host knows what it will do. */
  readonly afresh: boolean;
  readonly locate: Locate;
  /** Makes it a timed run and says how long things take. Without it calls take no time, and any order may be. */
  readonly latency?: LatencyModel;
  /** Events whose order among themselves a check looks at: steps that make them are not taken to commute. */
  readonly watched?: ReadonlySet<TraceEvent['kind']>;
  /**
   * Equal calls that the scenario sends at once are interchangeable: nobody asks which of them was which. Only one order of
   * them is offered.
   */
  readonly equalCallsAreAlike?: boolean;
  /** The harness's own systems that the stack may invoke. */
  readonly downstreams?: readonly Downstream[];
}

export const SCENARIO: Actor = 'scenario';

/** A part of the scenario that shares nothing with the others but the stack; null: all of it. */
export type ScenarioLane = number | null;

/** A call that has left its sender and whose answer has not arrived. */
export interface PendingCall {
  readonly id: CallId;
  readonly actor: Actor;
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly sentAs: number;
  readonly frame: Frame | undefined;
  /** Null for the scenario's calls. */
  readonly environment: LiveEnvironment | null;
  /** The environment's own number of this call. */
  readonly number: number;
  /** Of a call of the scenario: which lane of it waits. */
  readonly scenarioLane?: ScenarioLane;
  /** Settles the scenario's promise. */
  readonly settle: ((answer: AwsAnswer) => void) | null;
  /** Of an `Invoke`: the number of the invocation that it asks for. */
  readonly invocationNumber: number | null;
  appliedAs: number;
}

export class RunContext {
  readonly options: WorldOptions;
  readonly account: Account;
  readonly agenda = new Agenda();
  readonly clock = { nowMs: 0, step: 0 };
  readonly recorder: Recorder;
  readonly faults: FaultBudget;
  readonly latency: Latency;
  readonly environments = new Environments();
  readonly calls = new Map<CallId, PendingCall>();
  /** Sequence numbers on the agenda, by whose deadline it is. */
  readonly deadlines = new Map<string, number>();
  /** Whose visibility timeouts they are, by the name that a learner knows. */
  readonly queuesOfDeadlines = new Map<string, string>();
  /** What the host is to do next. */
  commands: HostCommand[] = [];
  /** Calls whose answer got lost before their service had one. */
  readonly lost = new Set<CallId>();
  /** Wakes the parts of the scenario that wait until nothing else is left to happen. */
  readonly waitingForRest: (() => void)[] = [];
  /** What each downstream has written down, by its name. */
  readonly ledgers: Map<string, Ledger>;
  /** Who among the services made a call to another, by the call's name: what to do with the answer. */
  readonly answeredToServices = new Map<CallId, (answer: AwsAnswer, cause: number | null) => void>();
  /** Only a reduction asks what steps look at and change; naming it costs something. */
  readonly isAskedForFootprints: boolean;
  /** A message is being delivered once more: whoever polls takes it in the same step. */
  redelivering = false;
  lastCall = 0;
  faultsSpent = 0;
  /** The scenario has got an answer that it has not reacted to yet. */
  scenarioWoken = true;
  /** The learner's code stalled or was refused something: the run is over. */
  foundSomething = false;

  constructor(options: WorldOptions) {
    this.options = options;
    this.isAskedForFootprints = options.choices.touch !== undefined;
    this.account = cloneAccount(options.account);
    this.recorder = new Recorder(this.clock, (event) => {
      if (options.watched?.has(event.kind)) this.touch(WATCHED);
    });
    this.faults = new FaultBudget(options.faults, (footprint) => this.touch(footprint));
    this.latency = new Latency(options.latency ?? null, options.choices);
    this.ledgers = new Map(options.downstreams?.map(({ name, ledger }) => [name, ledger]));
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
   * the latest moment of some work) while other work is possible: whoever sets one may keep a sleep from coming, whoever takes it
   * back lets it come. Limits among themselves commute, as long as nobody sleeps.
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

/** The instant of the step that is running. */
export function instantOf({ clock, options }: RunContext): { readonly nowMs: number; readonly epochMs: number } {
  return { nowMs: clock.nowMs, epochMs: options.epochMs };
}
