/**
 * The options of `explore`: template, code, faults, how far to look. Types alone; `wrong-options.ts` checks them.
 */

import type { ScenarioContext } from '../course/lab.ts';
import type { Downstream } from '../simulator/contract/downstream.ts';
import type { FaultKind } from '../simulator/contract/fault.ts';
import type { Trace, TraceEvent } from '../simulator/trace.ts';

/** SDK clients for the deployed stack, its outputs, and virtual time. A scenario may await nothing else. */
export type ExploredWorld = ScenarioContext;

/** A rule about the whole trace of a run, for what no SDK client can see: «never two of them at once». */
export interface Invariant {
  /** A short name, for the reader of a failure. */
  readonly name: string;
  /** Null if the run keeps the rule, else what went wrong, in one sentence. */
  judge(trace: Trace): string | null;
  /**
   * The events whose order it looks at. With it, one schedule of each kind is enough; without it, every schedule is tried.
   */
  readonly watches?: readonly TraceEvent['kind'][];
}

/** How schedules are sampled where not all are tried. */
export interface Sampling {
  /** The number of samples. Default: 2,000. */
  readonly samples?: number;
  /** The seed of the first sample. Each further sample takes the next number. Default: 1. */
  readonly seed?: number;
  /**
   * How long to sample by the clock, in milliseconds, in place of `samples`. The result then differs from machine to machine.
   */
  readonly forMs?: number;
}

/** How far to look. */
export type Mode =
  /**
   * Every schedule. If a proof takes more than `schedules` (default: 20,000), that many of the simplest are tried, which have
   * few switches between lanes and few faults, and some of the rest are sampled. The answer says so.
   */
  | ({ readonly kind: 'exhaustive'; readonly schedules?: number } & Sampling)
  /** Only samples. */
  | ({ readonly kind: 'sampled' } & Sampling);

/** The subject of an exploration, and how it is explored. */
export interface ExploreOptions {
  /** A CloudFormation template: its path, or its text (which has more than one line). */
  readonly template: string | URL;
  /**
   * The handlers' source: a folder, or texts by path. Paths are those of the template: `Code: src/` and `Handler: sell.handler`
   * mean `src/sell.ts`. A folder's paths are relative to the template's own folder. If the folder is elsewhere, or the template
   * is a text, they are relative to the folder that contains it.
   */
  readonly code: string | URL | Readonly<Record<string, string>>;
  /** Values for the template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** At most this many of each fault in one schedule. Default: none. */
  readonly faults?: Readonly<Partial<Record<FaultKind, number>>>;
  /** Systems outside the account that handlers call by `Invoke`. */
  readonly downstreams?: readonly Downstream[];
  /**
   * Promises that nothing, your assertions included, distinguishes calls with the same input that the scenario sends at the
   * same moment. Then one order of them is tried and stands for the others.
   */
  readonly equalCallsAreAlike?: boolean;
  /** Default: every schedule. */
  readonly mode?: Mode;
  /** `in-realm` is faster and for code that you trust; `isolated` runs handlers in a child process. */
  readonly host?: 'in-realm' | 'isolated';
  /** Judged in every schedule, beside the scenario's own assertions. */
  readonly invariants?: readonly Invariant[];
  /** A token from a failure. Then only that run is repeated. */
  readonly replay?: string;
}
