/**
 * Chooses the races of a failing run that are worth swapping, in the order in which they are tried.
 *
 * First the race that a known pattern points at, then races over an item that the violation names, then races between calls.
 * Among equals, the last race of the run comes first. This file runs nothing.
 */

import type { Violation } from '../../course/lab.ts';
import { conflict as conflicting } from '../../simulator/kernel/footprint.ts';
import type { Race, Races, RacingRun } from '../../simulator/kernel/recorded-run/races.ts';
import { type Row, rowsOf } from '../draw/rows.ts';
import type { Conflict } from '../explain/saving.ts';
import type { FailingRun } from './tried-run.ts';

/** At most this many races are tried. */
const MOST_RACES = 40;
/**
 * A limit on the steps of all tries together: in a long run fewer races are tried, so that trying takes no longer than finding.
 */
const MOST_STEPS_TO_TRY = 4_000;
/** Shorter ids in a footprint's path are not looked for in the violation, because «1» occurs in many sentences. */
const SHORTEST_ID = 3;

/**
 * The races that are worth trying and that a sentence can describe. `pointedAt`: two steps of the trace, which count from 1.
 */
export function candidateRaces(
  { trace, run }: FailingRun,
  { races }: Races,
  pointedAt: Conflict | undefined,
  violation: Violation,
): readonly Race[] {
  const rows = new Map(rowsOf(trace).map((row) => [row.step - 1, row]));
  const told = races.filter(({ first, second }) => rows.has(first) && rows.has(second));
  const ranked = told
    .map((race) => ({ race, rank: rankOf(race, run, rows, violation) }))
    .sort((a, b) => b.rank - a.rank || b.race.second - a.race.second || b.race.first - a.race.first)
    .map(({ race }) => race);
  const first = pointedAt === undefined ? [] : [{ first: pointedAt.first - 1, second: pointedAt.second - 1 }];
  const most = Math.min(MOST_RACES, Math.ceil(MOST_STEPS_TO_TRY / run.steps.length));
  return [...first, ...ranked].slice(0, most);
}

/**
 * Higher for races over items that the violation names, then for calls: which of two invocations began first tells a reader
 * little.
 */
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

/** The values in the keys of all items on which the two steps conflict. */
function sharedIds(run: RacingRun, first: number, second: number): readonly string[] {
  const [a, b] = [run.footprintOf(first), run.footprintOf(second)];
  const paths = [...a.reads, ...a.writes, ...(a.adds ?? [])];
  return paths
    .filter((path) => conflicting({ reads: [], writes: [path] }, b))
    .flatMap((path) => [...path.matchAll(/"(?:S|N)":"([^"]+)"/g)].map(([, id]) => id ?? ''))
    .filter((id) => id.length >= SHORTEST_ID);
}
