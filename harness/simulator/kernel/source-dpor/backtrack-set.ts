/**
 * The rules that extend the backtrack sets of a run's choice points, so that in the end each is a source set: every execution
 * that is possible from a point has an initial in the point's set.
 *
 * There are four rules. A race is reversed: an initial of the reversal joins the backtrack set of the point at which the
 * earlier step ran (Abdulla, Aronis, Jonsson and Sagonas, Source Sets, 2017). A step that was disabled joins it, too. A step that
 * waits for a place races with the steps that have taken it (`waiting-rule.ts`). The fourth, the waking rule, is ours, for
 * footprints that depend on state (ADR 30). Changes backtrack sets and the predecessors of steps, and nothing else.
 */

import { conflict } from '../footprint.ts';
import type { StepPoint } from './choice-point.ts';
import type { EnabledStep, WaitingStep } from './enabled-step.ts';
import { relateToEarlier } from './happens-before.ts';
import { addFirstEnabled, initialsBehind, isEnabledAt, isExploredFrom } from './initials.ts';
import { addWaiting, hasMadePlace } from './waiting-rule.ts';

/** A run that has ended. */
export interface ExploredRun {
  readonly steps: readonly StepPoint[];
  /** After how many steps the run came to rest, each time. No step from behind a rest can come before it. */
  readonly restsAfter: readonly number[];
  /** What was enabled when the run ended; empty if nothing was left to happen. */
  readonly enabledAtEnd: readonly EnabledStep[];
  /** What waited for a place when the run ended. */
  readonly waitingAtEnd: readonly WaitingStep[];
}

/**
 * Extends the backtrack sets by everything that this run calls for, and finds the predecessors of its steps.
 *
 * @param firstNew The steps before this place were the same in an earlier run, and have been looked at then.
 */
export function extendBacktrackSets(run: ExploredRun, firstNew: number): void {
  addDisabled(run, firstNew);
  const { steps, restsAfter } = run;
  for (let j = Math.max(0, firstNew); j < steps.length; j += 1) {
    const step = steps[j] as StepPoint;
    const { predecessors, races } = relateToEarlier(steps, j, restsAfter);
    step.predecessors = predecessors;
    for (const i of races) addInitialOf(steps, i, j);
    addWaking(steps, j);
    const waiting = steps[j + 1]?.waiting ?? (j + 1 === steps.length ? run.waitingAtEnd : []);
    addWaiting(steps, j, waiting, restsAfter);
  }
}

/**
 * A step that ran disables another one if that was enabled before it and is not enabled after it. No race tells of a step that
 * did not run, so the disabled step joins the backtrack set at once. At a rest nothing is left: what was enabled at the last
 * step before it and did not run has been disabled.
 */
function addDisabled({ steps, enabledAtEnd, restsAfter }: ExploredRun, firstNew: number): void {
  for (const [n, point] of steps.entries()) {
    // The last of the old steps is looked at again: what is enabled after it may be new.
    if (n < firstNew - 1) continue;
    const after = restsAfter.includes(n + 1) ? [] : (steps[n + 1]?.enabled ?? enabledAtEnd);
    for (const { key } of point.enabled) {
      if (key !== point.chosen.key && !after.some((step) => step.key === key)) point.backtrackSet.add(key);
    }
  }
}

/**
 * Reverses a pair: step `j` is to come once before step `i`. The sequence to explore from the point of `i` is then every step
 * between them that does not happen after `i`, and `j` at its end. An initial of that sequence is a step of it before which no
 * other step of it happens. One of the initials must be explored from the point of `i`; if none is in the backtrack set yet, the
 * first that is enabled there joins it, and if none is enabled there, everything does.
 */
function addInitialOf(steps: readonly StepPoint[], i: number, j: number): void {
  const point = steps[i] as StepPoint;
  const { chosen } = steps[j] as StepPoint;
  // A deadline that comes only when nothing else is enabled cannot come earlier.
  if (chosen.lastResort && !isEnabledAt(point, chosen.key)) return;
  if (hasMadePlace(point, steps, i, j)) return;
  const initials = initialsBehind(steps, i, j, j).map((place) => steps[place] as StepPoint);
  if (initials.some((step) => isExploredFrom(point, step))) return;
  addFirstEnabled(
    point,
    initials.map((step) => step.chosen.key),
  );
}

/**
 * The waking rule. Source-DPOR takes the footprint of a step to be the same wherever the step is enabled. Here it may depend on
 * state: a step may touch other things once another step has come before it, so two steps that are independent of each other
 * can decide together what a third one does. If a step slept until step `i` woke it, and step `j` would have woken it, too, then
 * `j` must once come before `i`, while that step still sleeps. No race of this run asks for it, since by now the step that was
 * woken may touch something else.
 */
function addWaking(steps: readonly StepPoint[], j: number): void {
  const step = steps[j] as StepPoint;
  for (let i = 0; i < j; i += 1) {
    const point = steps[i] as StepPoint;
    if (point.sleepSet.size === 0 || step.predecessors.has(i)) continue;
    for (const [key, branches] of point.sleepSet) {
      if (key === step.chosen.key) continue;
      const isWokenByBoth = branches.some(
        ({ footprint }) => conflict(footprint, point.footprint) && conflict(footprint, step.footprint),
      );
      if (!isWokenByBoth) continue;
      addInitialOf(steps, i, j);
      break;
    }
  }
}
