/**
 * What an exploration is asked and what it answers: numbers, the state of each check, the simplest failure.
 *
 * Types, and the order of failures by how simple they are. This file runs nothing.
 */

import type { Check, Violation } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import type { Pick } from '../../simulator/kernel/choices.ts';
import type { Finding } from '../findings/finding.ts';

/** What makes one failing run simpler than another: fewest faults, then fewest preemptions, then shortest. */
export interface Cost {
  readonly faults: number;
  readonly preemptions: number;
  readonly steps: number;
}

export interface Failure {
  readonly violation: Violation;
  readonly record: readonly Pick[];
  readonly cost: Cost;
  /** The seed of a timed run. It stands for the whole record. */
  readonly seed?: number;
}

export interface CheckExploration {
  readonly check: Check;
  failing: number;
  /** How many orders the failing runs stand for: counted, or a lower bound. Absent where each run is one order. */
  failingOrders?: { readonly orders: number; readonly atLeast: boolean };
  /** The simplest failing run. For `reach`: what to say if no run shows it. */
  simplest: Failure | null;
  /** Set if there may be a simpler one than `simplest`, although every kind of schedule was explored. */
  simplestOfTried?: true;
  reached: boolean;
}

export interface ScenarioExploration {
  /** False if a cap was met: then a result must not say «all». */
  readonly exhaustive: boolean;
  readonly explored: number;
  readonly seed?: number;
  /** The seeds of timed runs. */
  readonly timedSeeds?: readonly number[];
  readonly checks: readonly CheckExploration[];
  /** How many orders the explored schedules stand for, if that is more: counted, or a lower bound. */
  readonly standsFor?: { readonly orders: number; readonly atLeast: boolean };
  /** Not exhaustive, but all schedules with at most this many faults and preemptions were tried, and how many those were. */
  readonly bounds?: { readonly faults: number; readonly preemptions: number; readonly schedules: number };
  /** How many of the explored schedules were drawn by chance; and for how long, where sampling went by the clock. */
  readonly sampled?: { readonly schedules: number; readonly forMs?: number };
  /** Where not everything was tried: how many pairs of steps race, and how many of these were seen in both orders. */
  readonly races?: { readonly pairs: number; readonly bothWays: number };
  /** Why no verdict is possible. The exploration ended with it. */
  readonly finding: Finding | null;
  /** The record of the run that the finding came from. */
  readonly findingRecord?: readonly Pick[];
}

export interface ExplorationOptions extends ScenarioRunner {
  readonly checks: readonly Check[];
  readonly seed?: number;
  /** Set for a part of an exploration whose beginning was verified closely already. */
  readonly isPart?: true;
  onProgress?(explored: number): void;
  readonly signal?: AbortSignal;
}

/** Whether `a` is simpler. */
export function cheaper(a: Cost, b: Cost): boolean {
  return (
    a.faults - b.faults < 0 ||
    (a.faults === b.faults && (a.preemptions < b.preemptions || (a.preemptions === b.preemptions && a.steps < b.steps)))
  );
}

/** Less than 0 if `a` is simpler, more if `b` is. Of two that cost the same, the one whose choices come first is simpler. */
export function compareFailures(
  a: { readonly cost: Cost; readonly chosen: readonly number[] },
  b: { readonly cost: Cost; readonly chosen: readonly number[] },
): number {
  if (cheaper(a.cost, b.cost)) return -1;
  if (cheaper(b.cost, a.cost)) return 1;
  const at = a.chosen.findIndex((chosen, position) => chosen !== b.chosen[position]);
  return at < 0 ? a.chosen.length - b.chosen.length : (a.chosen[at] ?? 0) - (b.chosen[at] ?? 0);
}
