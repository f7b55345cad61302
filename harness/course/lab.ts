/**
 * A lab as the harness sees it: the trusted side of `labs/<slug>`.
 *
 * A lab definition holds scenarios, checks, hints and mutants. It never runs a learner's code itself and never decides how
 * schedules are found; the grader does both. Learners edit nothing in this folder.
 */

import type { CheckKind } from '../grader/result.ts';
import type { ScenarioClients } from '../host/sdk/client-list.ts';
import type { Downstream, Ledger } from '../simulator/contract/downstream.ts';
import type { FaultKind } from '../simulator/contract/fault.ts';
import type { Policies } from '../simulator/contract/policies.ts';
import type { Trace, TraceEvent } from '../simulator/trace.ts';

export type { Downstream, Ledger } from '../simulator/contract/downstream.ts';

/** A request to a function URL. */
export interface HttpRequest {
  /** `GET` unless it says otherwise. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a client of HTTP gets, whatever the status. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case, without `set-cookie`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The values of all headers `set-cookie`. */
  readonly cookies: readonly string[];
  readonly body: string;
}

/** What a scenario can use: SDK clients for the deployed stack, as a person with a terminal would have. */
export interface ScenarioContext {
  readonly clients: ScenarioClients;
  /** The stack's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Makes a request to a function URL of the stack. Resolves with any answer, whatever its status. */
  fetch(address: string, request?: HttpRequest): Promise<HttpAnswer>;
  /** Adds a sentence to the trace. */
  note(text: string): void;
  /** Waits: in the simulator for virtual time, on other targets for real time. */
  sleep(delayMs: number): Promise<void>;
  /** What a downstream of this lab has recorded so far. */
  downstream(name: string): Promise<Ledger>;
  /**
   * Does these at the same moment, and resolves when no other event is left. They share only the stack: what one of them
   * learns, the others don't learn. So the order of their answers need not be tried.
   */
  together<Result>(lanes: readonly ((lane: ScenarioContext) => Promise<Result>)[]): Promise<readonly Result[]>;
  /**
   * Waits until a condition is true. In the simulator: until no other event is left, whatever the condition says then. In real
   * time: until the condition is true or a time limit is reached. Checks say what is missing; this does not.
   */
  waitUntil(what: string, condition: () => Promise<boolean>): Promise<void>;
}

/** What a scenario returns to the checks: any plain data that the checks of this lab need. */
export type Observation = Readonly<Record<string, unknown>>;

/**
 * Every schedule. If a proof takes more than `maxSchedules`, or more than `maxWork`, that many of the simplest are tried, and then
 * some are sampled. Work is counted in steps of short runs (`grader/exploration/work.ts`); absent: in proportion to the schedules.
 */
export interface ExhaustivePlan {
  readonly mode: 'exhaustive';
  readonly maxSchedules: number;
  readonly maxWork?: number | undefined;
  readonly sampleInstead: { readonly schedules: number; readonly seed: number; readonly forMs?: number };
}

/** How far a scenario is explored. Counts are the same on every machine; only `forMs` is measured by the clock. */
export type ExplorationPlan =
  | ExhaustivePlan
  /** This many schedules, each drawn at random. `forMs` replaces the number. */
  | {
      readonly mode: 'sampled';
      readonly schedules: number;
      readonly seed: number;
      readonly forMs?: number;
      /** Stops sampling after so many steps of all runs together, and after at least one run. */
      readonly maxSteps?: number;
    }
  /** One run for each seed under the latency model, without faults: only for checks of kind `timed`. */
  | { readonly mode: 'timed'; readonly seeds: readonly number[] };

/**
 * The data with which a run of a scenario begins. What is the same in every situation will be relied on by a wrong answer, so a
 * scenario has several: names, amounts, hours, neighbours, a state from before.
 */
export interface Situation {
  /** In a few words, for the trace: «the first attempt never arrives». */
  readonly title: string;
  /**
   * The instant at which it begins, in milliseconds since 1970; by default Monday, 5 January 2026, 09:00 UTC. A target in real time
   * begins now.
   */
  readonly startsAtMs?: number;
  /** Values for the template's parameters, in place of the scenario's. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What the simulator does where AWS says nothing, if it is not the usual. A target in real time does as it does. */
  readonly policies?: Partial<Policies>;
}

export interface Scenario {
  /** A short, stable name, which is part of every token: `three-at-once`. */
  readonly name: string;
  /** The name for readers: «three invocations at once». */
  readonly title: string;
  /** Values for the template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The account's limit of concurrent executions; AWS's default is 1,000 (LS-01). */
  readonly accountConcurrency?: number;
  /**
   * How much of that no reservation may use. AWS keeps 100 (LS-04); a scenario that makes its account small makes this small, too, or nothing could be
   * reserved in it.
   */
  readonly unreservedFloor?: number;
  /**
   * Promises that nothing, its checks included, distinguishes calls with the same input that it sends at the same moment. Then
   * one order of their arrivals is tried and stands for the others.
   */
  readonly equalCallsAreAlike?: boolean;
  /** At most this many of each fault in one schedule. */
  readonly faults?: Readonly<Partial<Record<FaultKind, number>>>;
  /**
   * The APIs, as AWS spells them (`DynamoDB`), at whose calls these faults may strike; by default all. Faults that strike elsewhere, at a
   * delivery for example, don't ask.
   */
  readonly faultsAt?: readonly string[];
  /** How far its schedules are explored. */
  readonly plan: ExplorationPlan;
  /**
   * Surroundings in which the first schedule is run again at the end and must go the same way: for a scenario that was never
   * shown to be deterministic.
   */
  readonly againIn?: readonly Surroundings[];
  /**
   * What a run can begin with; without them there is one ordinary situation. The situation is the first choice of each run: a proof
   * tries every schedule in every situation, a sample draws one. Targets in real time run the first one.
   */
  readonly situations?: readonly [Situation, ...Situation[]];
  /** Runs until no event is left. The checks see what it returns. */
  run(context: ScenarioContext, situation: Situation): Promise<Observation>;
}

/** Runs a function, unchanged or with something changed around it. */
export type Surroundings = <Result>(run: () => Promise<Result>) => Promise<Result>;

/** How a run breaks a check. */
export interface Violation {
  /** One sentence with a number in it: «3 bumps were answered, but the counter says 2.» */
  readonly headline: string;
  /** Selects the hint. */
  readonly hintId: string;
  /** What it is about, as far as the headline does not say so. Explanations and drawings blame nothing else. */
  readonly about?: ViolationSubject;
}

/** What a violation is about. */
export interface ViolationSubject {
  /** Names as the keys of items, requests and messages hold them: «notify-me», «o-17». */
  readonly names: readonly string[];
  /** Something happened to them more often than it should, so each time that it happened is part of what is wrong. */
  readonly tooOften?: true;
  /** A downstream had more requests at one moment than it takes. */
  readonly crowd?: Crowd;
}

/** A downstream, and how many requests it takes at once. */
export interface Crowd {
  readonly downstream: string;
  readonly most: number;
}

export interface Check {
  /** A stable id, never renamed. */
  readonly id: string;
  readonly task: number;
  readonly title: string;
  readonly kind: Exclude<CheckKind, 'template'>;
  /** The scenario in which it is judged. */
  readonly scenario: string;
  readonly points: number;
  /**
   * The untouched starter passes it: it guards what is there. Its points count once a check of the same task holds that the starter
   * fails.
   */
  readonly guard?: true;
  /**
   * What it looks at; by default `observation`. `invocations`: only the events `invocation-started` and `invocation-ended` of
   * the trace, which every target records. Only the simulator has the whole `trace`.
   */
  readonly sees?: 'observation' | 'invocations' | 'trace';
  /**
   * For a check that sees the trace: the events whose order it looks at. Without it the check is judged in every schedule; with
   * it, in one of each kind.
   */
  readonly watches?: readonly TraceEvent['kind'][];
  /** Lists of the events that it watches: neighbours of one list may change places, and it judges the same. */
  readonly commuting?: readonly (readonly TraceEvent['kind'][])[];
  /**
   * The reach check that measures the danger. This check passes only if the danger came up in some run; else nothing was put to the
   * test, and it is neither held nor broken.
   */
  readonly provokedBy?: string;
  /**
   * Judges one finished run. For `reach`: null if this run shows it; the violation is what to report if no run does. For every
   * other kind: null if all is well.
   */
  judge(run: { readonly observation: Observation; readonly trace: Trace }): Violation | null;
}

/**
 * Values of the template that must come from its parameters, because with a literal in their place the lab could not be
 * deployed in two sizes. Judged once, on the template.
 */
export interface TemplateCheck {
  readonly id: string;
  readonly task: number;
  readonly title: string;
  readonly points: number;
  /**
   * The untouched starter passes it: it guards what is there. Its points count once a check of the same task holds that the starter
   * fails.
   */
  readonly guard?: true;
  readonly hintId: string;
  readonly follows: readonly FollowedValue[];
}

/** A value in a template that must come from a parameter. */
export type FollowedValue = {
  readonly parameter: string;
  /** A value that neither the story nor a scenario uses. The property must follow it. */
  readonly probe: string;
} & (
  | {
      readonly logicalId: string;
      /** A path into the resource's properties: `Timeout`, `RedrivePolicy.maxReceiveCount`. */
      readonly property: string;
      /** The resource may do without the property. If it has it, it must follow. */
      readonly mayBeAbsent?: true;
    }
  /** One of these properties must follow, of whatever resource: for a value that different designs have in different places. */
  | { readonly somewhere: readonly string[] }
);

/** What another target than the simulator can't show, each with the reason, as a learner reads it. */
export interface TargetLimits {
  /** By scenario name: scenarios that aren't run there. */
  readonly notRun?: Readonly<Record<string, string>>;
  /** By check id: checks that aren't judged there. */
  readonly notJudged?: Readonly<Record<string, string>>;
}

/** A plausible wrong fix: files that replace the solution's, and the check that must catch it. */
export interface Mutant {
  readonly name: string;
  /** The check that must fail. */
  readonly caughtBy: string;
  /** The lesson that it teaches, in a sentence for learners. */
  readonly lesson: string;
}

/** Another right design: files that replace the solution's, and pass. */
export interface OtherAnswer {
  readonly name: string;
  /** How it differs, in a sentence. */
  readonly design: string;
}

/** Three tiers for one kind of failure: a nudge, the concept, the shape of the fix. */
export interface Hint {
  readonly id: string;
  readonly tiers: readonly [string, string, string];
}

export interface Lab {
  readonly slug: string;
  /** Increased when a token of an older version would no longer mean the same. */
  readonly version: number;
  readonly title: string;
  /** The learner's files, relative to `labs/<slug>`. Only these are read. */
  readonly editable: readonly string[];
  /** A folder from which handlers may import npm packages of their own. The labs of the course have none. */
  readonly packagesFrom?: string;
  readonly tasks: readonly { readonly number: number; readonly title: string }[];
  readonly scenarios: readonly Scenario[];
  readonly checks: readonly Check[];
  readonly templateChecks?: readonly TemplateCheck[];
  /** The systems that this lab protects. Template parameters pass their names to the stack. */
  readonly downstreams?: readonly Downstream[];
  readonly targets?: { readonly localstack?: TargetLimits; readonly aws?: TargetLimits };
  readonly hints: readonly Hint[];
  readonly mutants: readonly Mutant[];
  readonly otherAnswers?: readonly OtherAnswer[];
}
