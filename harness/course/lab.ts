/**
 * What a lab is to the harness: the trusted side of `labs/<slug>`.
 *
 * A lab definition holds scenarios, checks, hints and mutants. It never runs a learner's code itself and never decides
 * how schedules are found; the grader does both. Learners don't edit anything in here.
 */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CheckKind } from '../grader/result.ts';
import type { FaultKind, Trace } from '../simulator/trace.ts';

/** What a scenario is given: SDK clients for the deployed stack, as a person with a terminal would have. */
export interface ScenarioContext {
  readonly clients: {
    readonly lambda: LambdaClient;
    readonly dynamodb: DynamoDBClient;
    readonly documents: DynamoDBDocumentClient;
  };
  /** The stack's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Puts a sentence into the trace. */
  note(text: string): void;
}

/** What a scenario hands to the checks: plain data, whatever the checks of this lab need. */
export type Observation = Readonly<Record<string, unknown>>;

export interface Scenario {
  /** Short, stable, part of every token: `three-at-once`. */
  readonly name: string;
  /** For the reader: «three invocations at once». */
  readonly title: string;
  /** Values for the template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Account-wide concurrency; AWS's default is 1,000 (LS-01). */
  readonly accountConcurrency?: number;
  /** At most this many of each fault in one schedule. */
  readonly faults?: Readonly<Partial<Record<FaultKind, number>>>;
  /** `exhaustive` gives up being exhaustive, and says so, at `maxSchedules`. */
  readonly explore:
    | {
        readonly mode: 'exhaustive';
        readonly maxSchedules: number;
        readonly sampleInstead: { readonly schedules: number; readonly seed: number };
      }
    | { readonly mode: 'sampled'; readonly schedules: number; readonly seed: number };
  /** Runs until nothing is left to happen; what it returns is what the checks see. */
  run(context: ScenarioContext): Promise<Observation>;
}

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
   * Judges one finished run. For `reach`: returns null when this run shows it, and the violation is what to say if no
   * run did. For every other kind: null when all is well.
   */
  judge(run: { readonly observation: Observation; readonly trace: Trace }): Violation | null;
}

/** A plausible wrong fix: files that replace the solution's, and the check that must catch it. */
export interface Mutant {
  readonly name: string;
  /** The check that must fail. */
  readonly caughtBy: string;
  /** What it teaches, in a sentence a learner should read. */
  readonly lesson: string;
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
  readonly hints: readonly Hint[];
  readonly mutants: readonly Mutant[];
}
