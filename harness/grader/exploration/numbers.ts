/**
 * The numbers of an exploration as the result has them, and the sentence that says how simple the shown failure is.
 *
 * It says only what was done: «shortest» only if all schedules were tried, and a number of orders only if they were counted.
 */

import type { Scenario } from '../../course/lab.ts';
import { situationsOf } from '../../scenario/situations.ts';
import type { FaultKind } from '../../simulator/contract/fault.ts';
import { FAULT_WORDS } from '../../simulator/contract/fault-words.ts';
import { LATENCY_MODEL } from '../../simulator/contract/latency.ts';
import { mostFaultsOf } from '../../simulator/world/faults.ts';
import { count, thousands } from '../../words/phrases.ts';
import type { Exploration } from '../result.ts';
import type { CheckExploration, ScenarioExploration } from './exploration.ts';

/** What was explored for this check. */
export function numbersOf(scenario: Scenario, exploration: ScenarioExploration, state: CheckExploration): Exploration {
  const { explored, exhaustive, seed, timedSeeds } = exploration;
  return {
    mode: timedSeeds !== undefined ? 'timed' : exhaustive ? 'exhaustive' : 'sampled',
    explored,
    failing: state.check.kind === 'reach' ? null : state.failing,
    ...(seed === undefined ? {} : { seed }),
    ...(exhaustive ? {} : beyondProof(scenario, exploration)),
    ...(timedSeeds === undefined ? {} : { timed: { seeds: timedSeeds, model: LATENCY_MODEL } }),
    ...standsForMore(exploration, state),
    ...(situationsOf(scenario).length === 1 ? {} : { situations: situationsOf(scenario).length }),
    ...faultsInWords(scenario.faults ?? {}),
  };
}

/** Says so if all schedules without faults and with fewer preemptions were tried and none of them failed. */
function noneSimpler({ bounds }: ScenarioExploration, { simplest }: CheckExploration): string {
  if (bounds === undefined || simplest === null || simplest.cost.faults > 0) return '';
  return simplest.cost.preemptions <= bounds.preemptions + 1 ? ', and none with fewer switches does' : '';
}

/** Where not everything was tried: the bounds, the samples, and how many racing pairs were seen in both orders. */
function beyondProof(
  { faults: budget = {} }: Scenario,
  { bounds, sampled, races }: ScenarioExploration,
): Pick<Exploration, 'bounds' | 'sampled' | 'races'> {
  return {
    ...(bounds === undefined
      ? {}
      : {
          bounds: {
            switches: bounds.preemptions,
            ...faultsWithin(bounds.faults, budget),
            explored: bounds.schedules,
          },
        }),
    ...(sampled === undefined ? {} : { sampled }),
    ...(races === undefined ? {} : { races }),
  };
}

/** The whole budget in its own words, or a part of it as a number of faults. */
function faultsWithin(most: number, budget: Budget): { faults?: string } {
  if (most >= mostFaultsOf(budget)) return faultsInWords(budget);
  return { faults: most === 0 ? 'no fault' : `≤ ${count(most, 'fault')}` };
}

/** Says in one sentence how simple the shown failure is: among all schedules, or among those that were tried. */
export function howSimple(exploration: ScenarioExploration, state: CheckExploration): string {
  const { timedSeeds } = exploration;
  if (timedSeeds !== undefined)
    return `${state.failing} of the ${timedSeeds.length} timed runs fail; this is the one with seed ${state.simplest?.seed ?? ''}.`;
  const faults = state.simplest?.cost.faults ?? 0;
  const takes = faults === 0 ? 'It takes no fault.' : `It takes ${faults === 1 ? '1 fault' : `${faults} faults`}.`;
  const { explored, exhaustive, standsFor } = exploration;
  if (!exhaustive)
    return `${takes} ${thousands(state.failing)} of the ${count(explored, 'schedule')} that were tried fail; this is the simplest of them${noneSimpler(exploration, state)}.`;
  const all = standsFor?.orders ?? explored;
  const failing = state.failingOrders?.orders ?? state.failing;
  if (standsFor?.atLeast === true || state.simplestOfTried === true) {
    const tried = state.simplestOfTried === true ? 'the simplest of those that were tried' : 'the shortest';
    return `${takes} ${thousands(state.failing)} of the ${count(explored, 'schedule')} that were run, one of each equivalence class, fail; this is ${tried}.`;
  }
  if (failing === 1) return `${takes} It is the only failing schedule of ${thousands(all)}.`;
  return `${takes} This is the shortest of the ${thousands(failing)} failing schedules, of ${thousands(all)} in all.`;
}

type Budget = Readonly<Partial<Record<FaultKind, number>>>;

function standsForMore(
  { standsFor, explored }: ScenarioExploration,
  { check, failing, failingOrders }: CheckExploration,
): Pick<Exploration, 'standsFor'> {
  if (standsFor === undefined || standsFor.orders === explored) return {};
  if (check.kind === 'reach' || standsFor.atLeast) return { standsFor };
  return { standsFor: { ...standsFor, failing: failingOrders?.orders ?? failing } };
}

function faultsInWords(budget: Budget): { faults?: string } {
  const words = Object.entries(budget)
    .filter(([, most]) => most > 0)
    .map(([fault, most]) => `≤ ${most} ${FAULT_WORDS[fault as FaultKind].budget[most === 1 ? 0 : 1]}`);
  return words.length === 0 ? {} : { faults: [...new Set(words)].join(' and ') };
}
