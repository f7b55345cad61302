/**
 * What an exploration is asked and what it answers: numbers, the state of each check, the simplest failure.
 *
 * Types, and the order of failures by how simple they are. Runs nothing.
 */

import type { Check, Violation } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import type { Pick } from '../../simulator/kernel/choices.ts';
import type { Finding } from '../findings/finding.ts';

/** What makes one failing run simpler than another: fewest faults, then fewest switches, then shortest. */
export interface Cost {
  readonly faults: number;
  readonly switches: number;
  readonly steps: number;
}

export interface Failure {
  readonly violation: Violation;
  readonly record: readonly Pick[];
  readonly cost: Cost;
  /** Of a timed run, which stands for its whole record. */
  readonly seed?: number;
}

export interface CheckExploration {
  readonly check: Check;
  failing: number;
  /** How many orders the failing runs stand for: counted, or at least so many. Absent where each run is one order. */
  failingOrders?: { readonly orders: number; readonly atLeast: boolean };
  /** The simplest failing run; for `reach`, the words for the case that no run shows it. */
  simplest: Failure | null;
  /** Set if the simplest is only that of those that were tried, although everything was explored. */
  simplestOfTried?: true;
  reached: boolean;
}

export interface ScenarioExploration {
  /** False if a cap was met: then «all» must not be said. */
  readonly exhaustive: boolean;
  readonly explored: number;
  readonly seed?: number;
  /** The seeds of timed runs. */
  readonly timedSeeds?: readonly number[];
  readonly checks: readonly CheckExploration[];
  /** How many orders the explored ones stand for, if that is more; counted exactly, or at least so many. */
  readonly standsFor?: { readonly orders: number; readonly atLeast: boolean };
  /** Not exhaustive, but all schedules with at most so many faults and switches were tried: so many schedules. */
  readonly bounds?: { readonly faults: number; readonly switches: number; readonly schedules: number };
  /** How many of the explored ones were drawn by chance, and for how long, where that was asked for. */
  readonly sampled?: { readonly schedules: number; readonly forMs?: number };
  /** Steps that race, as far as not everything was tried; and how many pairs were seen in both orders. */
  readonly races?: { readonly pairs: number; readonly bothWays: number };
  /** Why no verdict is possible; exploration ended with it. */
  readonly finding: Finding | null;
  /** The record of the run that the finding came from. */
  readonly findingRecord?: readonly Pick[];
}

export interface ExplorationOptions extends ScenarioRunner {
  readonly checks: readonly Check[];
  readonly seed?: number;
  /** A part of an exploration whose beginning was looked at closely already. */
  readonly isPart?: true;
  onProgress?(explored: number): void;
  readonly signal?: AbortSignal;
}

/** Whether the first is simpler. */
export function cheaper(a: Cost, b: Cost): boolean {
  return (
    a.faults - b.faults < 0 ||
    (a.faults === b.faults && (a.switches < b.switches || (a.switches === b.switches && a.steps < b.steps)))
  );
}

/** Less than 0 if the first is simpler, more if the second is; of two that cost the same, whose record comes first. */
export function compareFailures(
  a: { readonly cost: Cost; readonly chosen: readonly number[] },
  b: { readonly cost: Cost; readonly chosen: readonly number[] },
): number {
  if (cheaper(a.cost, b.cost)) return -1;
  if (cheaper(b.cost, a.cost)) return 1;
  const at = a.chosen.findIndex((chosen, position) => chosen !== b.chosen[position]);
  return at < 0 ? a.chosen.length - b.chosen.length : (a.chosen[at] ?? 0) - (b.chosen[at] ?? 0);
}
