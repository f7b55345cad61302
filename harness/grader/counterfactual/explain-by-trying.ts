/**
 * Explains a failing run by what would have saved it: which pair of its steps, the other way round; or which fault, left out.
 *
 * The pairs are the run's races: only they could have come otherwise. The one that a pattern points at is tried first, then those
 * about what the violation names, then the others, the last first. Trying is `saving.ts`, saying is `explain/`.
 */

import type { Check, Violation } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import { conflict as conflicting } from '../../simulator/kernel/footprint.ts';
import { type Race, type Races, type RacingRun, racesOf } from '../../simulator/kernel/noted-run/races-of-run.ts';
import { type Row, rowsOf } from '../draw/rows.ts';
import { type Conflict, type Explanation, explain, type Saving } from '../explain/explain.ts';
import { numberingOf } from '../explain/numbering.ts';
import { type FailingRun, holdsSwapped, savingFault } from './swapped-race.ts';

/** So many pairs are tried, and in a long run fewer: trying may not take longer than finding. */
const MOST_PAIRS = 40;
const MOST_STEPS_TO_TRY = 4_000;
/** A run of more steps is not looked through for pairs. */
const MOST_STEPS = 1_000;
/** An id in a path is at least so long: «1» stands in many sentences. */
const SHORTEST_ID = 3;

/** Explains; what would have saved the run is tried before it is said. */
export async function explainByTrying(
  runner: ScenarioRunner,
  checks: readonly Check[],
  failing: FailingRun,
  violation: Violation,
): Promise<Explanation> {
  const numbering = numberingOf(failing.trace);
  const explained = explain(failing.trace, violation, { numbering });
  if (failing.run.steps.length > MOST_STEPS) return explained;
  const races = racesOf(failing.run);
  const saving = await whatSaves(runner, checks, failing, races, pairs(failing, races, explained.conflict, violation));
  return saving === null ? explained : explain(failing.trace, violation, { numbering, saving });
}

async function whatSaves(
  runner: ScenarioRunner,
  checks: readonly Check[],
  failing: FailingRun,
  races: Races,
  candidates: readonly Race[],
): Promise<Saving | null> {
  for (const race of candidates) {
    if (await holdsSwapped(runner, checks, failing, races, race)) return { kind: 'swap', ...stepsOf(race) };
  }
  return savingFault(runner, checks, failing, races);
}

/** Steps of a trace count from 1. */
function stepsOf({ first, second }: Race): Conflict {
  return { first: first + 1, second: second + 1 };
}

/** The pairs that are worth trying and can be told, in the order in which they are tried. */
function pairs(
  { trace, run }: FailingRun,
  { races }: Races,
  explained: Conflict | undefined,
  violation: Violation,
): readonly Race[] {
  const rows = new Map(rowsOf(trace).map((row) => [row.step - 1, row]));
  const told = races.filter(({ first, second }) => rows.has(first) && rows.has(second));
  const ranked = told
    .map((race) => ({ race, rank: rankOf(race, run, rows, violation) }))
    .sort((a, b) => b.rank - a.rank || b.race.second - a.race.second || b.race.first - a.race.first)
    .map(({ race }) => race);
  const pointedAt = explained === undefined ? [] : [{ first: explained.first - 1, second: explained.second - 1 }];
  const most = Math.min(MOST_PAIRS, Math.ceil(MOST_STEPS_TO_TRY / run.steps.length));
  return [...pointedAt, ...ranked].slice(0, most);
}

/** Higher for what the violation names, then for calls: whose invocation began first tells a reader little. */
function rankOf(
  { first, second }: Race,
  run: RacingRun,
  rows: ReadonlyMap<number, Row>,
  { headline }: Violation,
): number {
  const isNamed = sharedIds(run, first, second).some((id) => headline.includes(id));
  const areCalls = rows.get(first)?.kind !== 'start' && rows.get(second)?.kind !== 'start';
  return (isNamed ? 2 : 0) + (areCalls ? 1 : 0);
}

/** The values of the keys of all items over which the two conflict. */
function sharedIds(run: RacingRun, first: number, second: number): readonly string[] {
  const [a, b] = [run.touchedBy(first), run.touchedBy(second)];
  const paths = [...a.reads, ...a.writes, ...(a.adds ?? [])];
  return paths
    .filter((path) => conflicting({ reads: [], writes: [path] }, b))
    .flatMap((path) => [...path.matchAll(/"(?:S|N)":"([^"]+)"/g)].map(([, id]) => id ?? ''))
    .filter((id) => id.length >= SHORTEST_ID);
}
