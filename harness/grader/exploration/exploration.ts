/**
 * The input and the result of an exploration: numbers, the state of each check, the simplest failure.
 *
 * Types, and the order of failures by how simple they are. This file runs nothing.
 */

import type { Check, Violation } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import type { Pick } from '../../simulator/kernel/choices.ts';
import { tellingChoices } from '../../simulator/kernel/recorded-run/recorded-run.ts';
import type { Finding } from '../findings/finding.ts';
import type { WorkMeter } from './work.ts';

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
  /** The number of orders that the failing runs stand for: counted, or a lower bound. Absent if each run is one order. */
  failingOrders?: { readonly orders: number; readonly atLeast: boolean };
  /** The simplest failing run. For `reach`: the violation to report if no run shows it. */
  simplest: Failure | null;
  /** Set if a simpler failure than `simplest` may exist, although every kind of schedule was explored. */
  simplestOfTried?: true;
  reached: boolean;
}

export interface ScenarioExploration {
  /** False if a cap was met. Then a result must not say «all». */
  readonly exhaustive: boolean;
  readonly explored: number;
  readonly seed?: number;
  /** The seeds of timed runs. */
  readonly timedSeeds?: readonly number[];
  readonly checks: readonly CheckExploration[];
  /** The number of orders that the explored schedules stand for, if it is larger: counted, or a lower bound. */
  readonly standsFor?: { readonly orders: number; readonly atLeast: boolean };
  /** Set if the exploration is not exhaustive but tried all schedules within these bounds; `schedules` is their number. */
  readonly bounds?: { readonly faults: number; readonly preemptions: number; readonly schedules: number };
  /** How many of the explored schedules were drawn at random, and for how long if a clock limited the sampling. */
  readonly sampled?: { readonly schedules: number; readonly forMs?: number };
  /** Set where not everything was tried: how many pairs of steps race, and how many of them were seen in both orders. */
  readonly races?: { readonly pairs: number; readonly bothWays: number };
  /** Why no verdict is possible. A finding ends the exploration. */
  readonly finding: Finding | null;
  /** The record of the run with the finding. */
  readonly findingRecord?: readonly Pick[];
}

export interface ExplorationOptions extends ScenarioRunner {
  readonly checks: readonly Check[];
  readonly seed?: number;
  /** Set for a part of an exploration whose first runs were already verified closely. */
  readonly isPart?: true;
  /** Counts the work of this part. */
  readonly work?: WorkMeter;
  /** `broken`: what the first failing schedule has broken, in one sentence. */
  onProgress?(explored: number, broken?: string): void;
  readonly signal?: AbortSignal;
}

/** Whether `a` is simpler. */
export function cheaper(a: Cost, b: Cost): boolean {
  return (
    a.faults - b.faults < 0 ||
    (a.faults === b.faults && (a.preemptions < b.preemptions || (a.preemptions === b.preemptions && a.steps < b.steps)))
  );
}

/** What decides which of two failures is simpler. */
export interface ComparedFailure {
  readonly cost: Cost;
  /** Its telling choices: those that tell one record from another. Either all that are compared are indexes, or all are places. */
  readonly chosen: readonly number[];
}

/** A failure that has been run, as it is compared. */
export function asCompared({ cost, record }: Omit<Failure, 'violation'>): ComparedFailure {
  return { cost, chosen: tellingChoices(record) };
}

/**
 * Negative if `a` is simpler, positive if `b` is. Of two failures with equal costs, the one whose choices come first is
 * simpler.
 */
export function compareFailures(a: ComparedFailure, b: ComparedFailure): number {
  if (cheaper(a.cost, b.cost)) return -1;
  if (cheaper(b.cost, a.cost)) return 1;
  const at = a.chosen.findIndex((chosen, position) => chosen !== b.chosen[position]);
  return at < 0 ? a.chosen.length - b.chosen.length : (a.chosen[at] ?? 0) - (b.chosen[at] ?? 0);
}
