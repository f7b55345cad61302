/**
 * What an exploration is asked and what it answers: numbers, the state of each check, the simplest failure.
 *
 * Types, and the order of failures by how simple they are. Runs nothing.
 */

import type { Check, Violation } from '../../course/lab.ts';
import type { Pick } from '../../simulator/kernel/choices.ts';
import type { Finding } from '../finding.ts';
import type { ScenarioRunner } from '../run-scenario.ts';

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
  /** The simplest failing run; for `reach`, the words for the case that no run shows it. */
  simplest: Failure | null;
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
  /** Why no verdict is possible; exploration ended with it. */
  readonly finding: Finding | null;
  /** The record of the run that the finding came from. */
  readonly findingRecord?: readonly Pick[];
}

export interface ExploreOptions extends ScenarioRunner {
  readonly checks: readonly Check[];
  readonly seed?: number;
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
