/**
 * What a lab is to the harness: the trusted side of `labs/<slug>`.
 *
 * A lab definition holds scenarios, checks, hints and mutants. It never runs a learner's code itself and never decides
 * how schedules are found; the grader does both. Learners don't edit anything in here.
 */

import type { CheckKind } from '../grader/result.ts';
import type { ScenarioClients } from '../host/sdk/client-list.ts';
import type { Downstream, Ledger } from '../simulator/contract/downstream.ts';
import type { FaultKind } from '../simulator/contract/fault.ts';
import type { Trace, TraceEvent } from '../simulator/trace.ts';

export type { Downstream, Ledger } from '../simulator/contract/downstream.ts';

/** What a scenario is given: SDK clients for the deployed stack, as a person with a terminal would have. */
export interface ScenarioContext {
  readonly clients: ScenarioClients;
  /** The stack's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Puts a sentence into the trace. */
  note(text: string): void;
  /** Lets time pass: in the simulator virtual time, on other targets real time. */
  sleep(delayMs: number): Promise<void>;
  /** What a downstream of this lab has written down at this moment. */
  downstream(name: string): Promise<Ledger>;
  /**
   * Does these at the same moment, and goes on when nothing else is left to happen. They share nothing but the stack: what
   * one of them is told, the others don't learn. So the order in which they are answered need not be tried.
   */
  together<Result>(lanes: readonly ((lane: ScenarioContext) => Promise<Result>)[]): Promise<readonly Result[]>;
  /**
   * Waits until something is so. In the simulator: until nothing else is left to happen, whatever the condition says then.
   * Where time is real: until the condition is met or patience is at its end. Checks say what is missing, not this.
   */
  waitUntil(what: string, condition: () => Promise<boolean>): Promise<void>;
}

/** What a scenario hands to the checks: plain data, whatever the checks of this lab need. */
export type Observation = Readonly<Record<string, unknown>>;

/** How far a scenario is explored. Counts are the same on every machine; `forMs` is by the clock, for those who ask for it. */
export type ExplorationPlan =
  /** Every schedule. Where a proof takes more than `maxSchedules`, as many of the simplest are tried, and then some are sampled. */
  | {
      readonly mode: 'exhaustive';
      readonly maxSchedules: number;
      readonly sampleInstead: { readonly schedules: number; readonly seed: number; readonly forMs?: number };
    }
  /** So many schedules, each drawn by chance. `forMs` replaces the number. */
  | { readonly mode: 'sampled'; readonly schedules: number; readonly seed: number; readonly forMs?: number }
  /** One run for each seed under the latency model, without faults: for checks of kind `timed`, and for no others. */
  | { readonly mode: 'timed'; readonly seeds: readonly number[] };

export interface Scenario {
  /** Short, stable, part of every token: `three-at-once`. */
  readonly name: string;
  /** For the reader: «three invocations at once». */
  readonly title: string;
  /** Values for the template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Account-wide concurrency; AWS's default is 1,000 (LS-01). */
  readonly accountConcurrency?: number;
  /**
   * Calls with the same input that it sends at the same moment may be told apart by nobody, its checks included: of all orders
   * in which they arrive one is tried, and stands for the others.
   */
  readonly equalCallsAreAlike?: boolean;
  /** At most this many of each fault in one schedule. */
  readonly faults?: Readonly<Partial<Record<FaultKind, number>>>;
  /** How far its schedules are explored. */
  readonly plan: ExplorationPlan;
  /**
   * Surroundings in which the first schedule is run again at the end, and must go as it went: for a scenario that nobody has
   * shown to be deterministic.
   */
  readonly againIn?: readonly Surroundings[];
  /** Runs until nothing is left to happen; what it returns is what the checks see. */
  run(context: ScenarioContext): Promise<Observation>;
}

/** Lets something run as it is, or with something changed around it. */
export type Surroundings = <Result>(run: () => Promise<Result>) => Promise<Result>;

/** A check's «no»: what went wrong in this run. */
export interface Violation {
  /** One sentence with a number in it: «3 bumps were answered, but the counter says 2.» */
  readonly headline: string;
  /** Chooses the hint. */
  readonly hintId: string;
}

export interface Check {
  /** Stable, never renamed. */
  readonly id: string;
  readonly task: number;
  readonly title: string;
  readonly kind: Exclude<CheckKind, 'template'>;
  /** The scenario it is judged in. */
  readonly scenario: string;
  readonly points: number;
  /**
   * What it looks at; `observation` unless said otherwise. `invocations`: of the trace, only the events
   * `invocation-started` and `invocation-ended`, which every target records. Only the simulator has the whole `trace`.
   */
  readonly sees?: 'observation' | 'invocations' | 'trace';
  /**
   * Of a check that sees the trace: the events whose order it looks at. Without it the check is judged in every single
   * schedule; with it, in one of each kind.
   */
  readonly watches?: readonly TraceEvent['kind'][];
  /**
   * The reach check that measures the danger. Where schedules can't be chosen, this check passes only if the danger came
   * up; else it is «not provoked in n runs».
   */
  readonly provokedBy?: string;
  /**
   * Judges one finished run. For `reach`: returns null when this run shows it, and the violation is what to say if no
   * run did. For every other kind: null when all is well.
   */
  judge(run: { readonly observation: Observation; readonly trace: Trace }): Violation | null;
}

/**
 * Values of the template that must come from its parameters: a literal in their place would keep the lab from being
 * deployed in two sizes. Judged once, on the template.
 */
export interface TemplateCheck {
  readonly id: string;
  readonly task: number;
  readonly title: string;
  readonly points: number;
  readonly hintId: string;
  readonly follows: readonly {
    readonly logicalId: string;
    /** A path into the resource's properties: `Timeout`, `RedrivePolicy.maxReceiveCount`. */
    readonly property: string;
    readonly parameter: string;
    /** A value that neither the story nor a scenario uses: the property must follow it. */
    readonly probe: string;
  }[];
}

/** What can't be had on a target that is not the simulator, each with the reason, as a learner reads it. */
export interface TargetLimits {
  /** By scenario name: it isn't run there. */
  readonly notRun?: Readonly<Record<string, string>>;
  /** By check id: it isn't judged there. */
  readonly notJudged?: Readonly<Record<string, string>>;
}

/** A plausible wrong fix: files that replace the solution's, and the check that must catch it. */
export interface Mutant {
  readonly name: string;
  /** The check that must fail. */
  readonly caughtBy: string;
  /** What it teaches, in a sentence a learner should read. */
  readonly lesson: string;
}

/** Another design that is right: files that replace the solution's, and pass. */
export interface OtherAnswer {
  readonly name: string;
  /** What is different about it, in a sentence. */
  readonly design: string;
}

/** Three tiers for one kind of failure: a nudge, the concept, the shape of the fix. */
export interface Hint {
  readonly id: string;
  readonly tiers: readonly [string, string, string];
}

export interface Lab {
  readonly slug: string;
  /** Grows when a token of an older version would no longer mean the same. */
  readonly version: number;
  readonly title: string;
  /** The learner's files, relative to `labs/<slug>`: exactly these are read, nothing else. */
  readonly editable: readonly string[];
  readonly tasks: readonly { readonly number: number; readonly title: string }[];
  readonly scenarios: readonly Scenario[];
  readonly checks: readonly Check[];
  readonly templateChecks?: readonly TemplateCheck[];
  /** The systems that this lab protects; their names are the values of template parameters. */
  readonly downstreams?: readonly Downstream[];
  readonly targets?: { readonly localstack?: TargetLimits; readonly aws?: TargetLimits };
  readonly hints: readonly Hint[];
  readonly mutants: readonly Mutant[];
  readonly otherAnswers?: readonly OtherAnswer[];
}
