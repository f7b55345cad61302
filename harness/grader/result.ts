/**
 * The one result model. Terminal, page, vitest and files are pure functions of it, and none of them decides what a run meant.
 *
 * It holds only what was done: `exploration.mode` says whether every schedule was tried or some were sampled. Exit codes follow
 * from `outcome`: pass 0, fail 1, ungraded 2, harness-error 3.
 */

import type { HostKind } from '../platform/platform.ts';
import type { Frame } from '../simulator/contract/trace-entry.ts';
import type { Trace } from '../simulator/trace.ts';
import type { FindingKind } from './findings/finding.ts';

export type GradingOutcome = 'pass' | 'fail' | 'ungraded' | 'harness-error';

export const EXIT_CODES: Readonly<Record<GradingOutcome, 0 | 1 | 2 | 3>> = {
  pass: 0,
  fail: 1,
  ungraded: 2,
  'harness-error': 3,
};

/**
 * `invariant`: never broken in any schedule. `at-rest`: true when no event is left. `timed`: deadline, throughput or cost,
 * judged in timed runs only. `reach`: at least one schedule shows it, so that nothing passes vacuously. `template`: judged
 * once, on the deployed template.
 */
export type CheckKind = 'invariant' | 'at-rest' | 'timed' | 'reach' | 'template';

/** What was explored, in numbers that may be printed as they are. */
export interface Exploration {
  /**
   * `exhaustive`: every schedule within the fault budget was run and no run met a cap. `timed`: one run for each seed under a
   * latency model.
   */
  readonly mode: 'exhaustive' | 'sampled' | 'timed';
  readonly explored: number;
  /**
   * The number of orders that the explored ones stand for: counted, or a lower bound. Absent if it equals the number explored.
   */
  readonly standsFor?: {
    readonly orders: number;
    readonly atLeast: boolean;
    /** How many of these orders broke this check. Absent if not all of them were counted, and for `reach`. */
    readonly failing?: number;
  };
  /** How many of the explored schedules broke this check; null for a check that stops at the first. */
  readonly failing: number | null;
  readonly seed?: number;
  /**
   * Sampled, but all schedules with at most this many preemptions and these faults were run as well; `explored` is their
   * number. A preemption: the lane that acted last could have gone on, and another lane acted.
   */
  readonly bounds?: { readonly switches: number; readonly faults?: string; readonly explored: number };
  /**
   * How many of the explored schedules were drawn at random. The first has the seed `seed`, and each further one takes the next
   * number. Absent if all or none were drawn. `forMs`: sampling lasted this long, in milliseconds.
   */
  readonly sampled?: { readonly schedules: number; readonly forMs?: number };
  /** Set where not everything was tried: pairs of steps that race, and how many of them were seen in both orders. */
  readonly races?: { readonly pairs: number; readonly bothWays: number };
  /** The seeds of timed runs, and the latency model from which they drew. */
  readonly timed?: { readonly seeds: readonly number[]; readonly model: string };
  /** The number of situations in which the scenario was explored. Absent if there is one. */
  readonly situations?: number;
  /** The fault budget in words, if there is one: «≤ 1 crash». */
  readonly faults?: string;
  /** The exploration was done before on this machine, and nothing that it depends on has changed since. */
  readonly cached?: true;
}

/**
 * A step that a violation is about, by `TraceEntry.step`. `erases`: it erased the write of the actor `whose`. `repeats`: it is the
 * nth time that something happened which should happen once. `crowds`: it brought the nth request at once to a downstream that takes `most`.
 * `since`: the read on which it was based; where it crowds, the first of the requests that it met.
 */
export type MarkedStep = { readonly step: number; readonly since?: number } & (
  | { readonly kind: 'erases'; readonly whose: string }
  | { readonly kind: 'repeats'; readonly nth: number }
  | { readonly kind: 'crowds'; readonly nth: number; readonly most: number }
);

/** The shortest schedule that breaks a check. */
export interface Counterexample {
  /** For example `lost-update@1.three-at-once.7c1e0a21.…`. It replays this run anywhere. */
  readonly token: string;
  /** What went wrong, in one sentence with a number in it. */
  readonly headline: string;
  /** For example «It takes no fault. This is the shortest of the 1,512 failing schedules.» */
  readonly shortest: string;
  /** Why, in sentences that name the numbered steps. */
  readonly because: readonly string[];
  readonly trace: Trace;
  /**
   * Had the first of these two steps come after the second, and all else as it was, the run would have held: it was tried. Other
   * steps differ only where that follows from the two. By `TraceEntry.step`.
   */
  readonly swap?: { readonly first: number; readonly second: number };
  /** The steps that are wrong in it: what the violation is about. Drawings show them as broken. */
  readonly marked?: readonly MarkedStep[];
  /** The learner's line to look at first. */
  readonly frame?: Frame & { readonly text?: string };
}

export interface CheckResult {
  /** Stable, never renamed: `every-bump-counts`. */
  readonly id: string;
  readonly task: number;
  readonly title: string;
  readonly kind: CheckKind;
  /**
   * `error`: the learner's code could not be judged by this check (it did not load, it stalled, it asked for a socket).
   * `not-provoked`: the check held, but the danger never came up, so nothing was put to the test. `not-judged`, on targets in real
   * time: this target can't show what the check looks at; `message` says why. Neither is a pass.
   */
  readonly status: 'pass' | 'fail' | 'error' | 'skipped' | 'not-provoked' | 'not-judged';
  readonly points: number;
  readonly maxPoints: number;
  /** It holds as it held before any work. Its points count once other work of its task holds. */
  readonly unearned?: true;
  /** For fail, error, skipped: one or two sentences that say what happened, where, and what to do next. */
  readonly message?: string;
  readonly frame?: Frame & { readonly text?: string };
  /** The kind of failure. It selects the hint. */
  readonly hintId?: string;
  readonly exploration?: Exploration;
  /** In place of `exploration` on a target in real time, where no order can be chosen. */
  readonly runs?: RealTimeRuns;
  readonly counterexample?: Counterexample;
}

/** What runs in real time showed of one check. */
export interface RealTimeRuns {
  readonly count: number;
  /** How many of them broke it; for `reach`: how many did not show it. */
  readonly failing: number;
}

/** Where a lab was run: `simulator` judges orders, the others run in real time. */
export type TargetName = 'simulator' | 'localstack';

/** Something to know that decides nothing: a type error in the learner's code, «IAM is not enforced». */
export interface Notice {
  readonly kind: 'type-error' | 'not-awaited' | 'not-enforced' | 'output-truncated' | 'other';
  readonly message: string;
  readonly frame?: Frame & { readonly text?: string };
}

/** What the checks of one task come to. */
export interface TaskTotals {
  readonly task: number;
  readonly title: string;
  /** Every check of the task passed. */
  readonly holds: boolean;
  /** `other`: neither held nor broken, since it could not be judged, was not put to the test, or is not judged on this target. */
  readonly checks: { readonly passed: number; readonly failed: number; readonly other: number };
  readonly score: { readonly earned: number; readonly max: number };
}

export interface LabResult {
  readonly schema: 'raceproof-result/1';
  readonly lab: string;
  readonly labVersion: number;
  readonly labTitle: string;
  readonly harness: string;
  readonly node: string;
  readonly target: TargetName;
  /** For a target that is not the simulator, which one exactly: «LocalStack 4.14.0 at http://127.0.0.1:4566». */
  readonly targetDetail?: string;
  /** Where the learner's code ran: a child process, this process, or a Lambda function of the target. */
  readonly host: HostKind | 'deployed';
  readonly outcome: GradingOutcome;
  readonly durationMs: number;
  readonly score: { readonly earned: number; readonly max: number };
  /** The totals of each task of which checks were planned, in the order of the tasks. Empty in the result of an error before any lab. */
  readonly tasks: readonly TaskTotals[];
  /** If the code or template could not be judged at all: the one sentence that says why, with file and line. */
  readonly message?: string;
  /** The kind of the finding that this sentence reports, if it is about the code or the template. */
  readonly finding?: FindingKind;
  readonly checks: readonly CheckResult[];
  readonly notices: readonly Notice[];
  /** What the learner's code printed in the counterexample or in the first schedule, capped. */
  readonly learnerOutput?: string;
  readonly integrity: {
    /** sha-256 of the editable files as graded. */
    readonly submissionSha256: string;
    /** How many checks the lab plans. It equals `checks.length`, or the result is a bug. */
    readonly plannedChecks: number;
  };
}
