/**
 * Merges the parts of one exploration: numbers are added, and of two failures the simpler one stays.
 *
 * Of two equally simple failures, the one whose choices come first stays, so the order of the parts does not matter.
 */

import { invariant } from '../../simulator/kernel/bug.ts';
import {
  asCompared,
  type CheckExploration,
  compareFailures,
  type Failure,
  type ScenarioExploration,
} from './exploration.ts';

/** The parts as one exploration. All parts have judged the same checks, in the same order. */
export function merge(parts: readonly ScenarioExploration[]): ScenarioExploration {
  const [first, ...others] = parts;
  invariant(first !== undefined, 'an exploration without parts');
  return others.reduce(mergeTwo, first);
}

/** Whether a run broke a check. */
export function hasFailed({ checks }: ScenarioExploration): boolean {
  return checks.some(({ check, simplest }) => check.kind !== 'reach' && simplest !== null);
}

/** Whether this exploration broke every check that the other one broke. */
export function failsAsMuch(exploration: ScenarioExploration, other: ScenarioExploration): boolean {
  return other.checks.every(
    ({ check, failing }, at) => check.kind === 'reach' || failing === 0 || exploration.checks[at]?.failing !== 0,
  );
}

/** The numbers of `exploration`, with the simpler failures and further goals of `other`, which explored the same scenario. */
export function withShown(exploration: ScenarioExploration, other: ScenarioExploration): ScenarioExploration {
  const checks = exploration.checks.map((state, at): CheckExploration => {
    const { simplest, reached } = mergeChecks(state, other.checks[at]);
    return { ...state, simplest, reached };
  });
  return { ...exploration, checks };
}

function mergeTwo(a: ScenarioExploration, b: ScenarioExploration): ScenarioExploration {
  const { finding, findingRecord } = a.finding === null ? b : a;
  const standsFor = sumOf(a.standsFor, b.standsFor);
  return {
    ...a,
    exhaustive: a.exhaustive && b.exhaustive,
    explored: a.explored + b.explored,
    checks: a.checks.map((state, at) => mergeChecks(state, b.checks[at])),
    ...(a.timedSeeds === undefined ? {} : { timedSeeds: [...a.timedSeeds, ...(b.timedSeeds ?? [])] }),
    ...(standsFor === undefined ? {} : { standsFor }),
    finding,
    ...(findingRecord === undefined ? {} : { findingRecord }),
  };
}

function mergeChecks(a: CheckExploration, b: CheckExploration | undefined): CheckExploration {
  invariant(b !== undefined && a.check === b.check, 'two parts have looked at different checks');
  const failingOrders = sumOf(a.failingOrders, b.failingOrders);
  return {
    check: a.check,
    failing: a.failing + b.failing,
    ...(failingOrders === undefined ? {} : { failingOrders }),
    simplest: simplerOf(a.simplest, b.simplest),
    ...(a.simplestOfTried === true || b.simplestOfTried === true ? { simplestOfTried: true } : {}),
    reached: a.reached || b.reached,
  };
}

type Orders = ScenarioExploration['standsFor'];

function sumOf(a: Orders, b: Orders): Orders {
  if (a === undefined || b === undefined) return a ?? b;
  const orders = a.orders + b.orders;
  const isExact = Number.isSafeInteger(orders);
  return { orders: isExact ? orders : Number.MAX_SAFE_INTEGER, atLeast: a.atLeast || b.atLeast || !isExact };
}

/** Timed runs have no order of simplicity: the first failing seed stays. */
function simplerOf(a: Failure | null, b: Failure | null): Failure | null {
  if (a === null || b === null) return a ?? b;
  return a.seed === undefined && compareFailures(asCompared(b), asCompared(a)) < 0 ? b : a;
}
