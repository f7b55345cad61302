/**
 * Chooses the pairs of steps of a failing run that are worth swapping, in the order in which they are tried.
 *
 * First the pairs that a known pattern points at, then races over an item that the violation names, then races between calls.
 * Among equals, the last race of the run comes first. This file runs nothing.
 */

import type { Violation } from '../../course/lab.ts';
import { conflict as conflicting } from '../../simulator/kernel/footprint.ts';
import { canBeReversed, type Race, type Races, type RacingRun } from '../../simulator/kernel/recorded-run/races.ts';
import { type Row, rowsOf } from '../draw/rows.ts';
import type { Conflict } from '../explain/saving.ts';
import { isNamedIn, namesInKey } from '../explain/subject.ts';
import type { FailingRun } from './tried-run.ts';

/** At most this many races are tried. */
const MOST_RACES = 40;
/**
 * A limit on the steps of all tries together, because each try takes as long as the run. A long run has often failed in several places, and then
 * no single swap saves it: a dozen tries saved neither failure of a Saturday of 347 steps (the starter of `dedupe`).
 */
const MOST_STEPS_TO_TRY = 1_500;

/**
 * The races that are worth trying and that a sentence can describe. `pointedAt`: pairs of steps of the trace, which
 * count from 1; a pair that the code or a queue keeps in its order is no candidate.
 */
export function candidateRaces(
  { trace, run }: FailingRun,
  found: Races,
  pointedAt: readonly Conflict[],
  violation: Violation,
): readonly Race[] {
  const rows = new Map(rowsOf(trace).map((row) => [row.step - 1, row]));
  const told = found.races.filter(({ first, second }) => rows.has(first) && rows.has(second));
  const ranked = told
    .map((race) => ({ race, rank: rankOf(race, run, rows, violation) }))
    .sort((a, b) => b.rank - a.rank || b.race.second - a.race.second || b.race.first - a.race.first)
    .map(({ race }) => race);
  const first = pointedAt
    .map((pair) => ({ first: pair.first - 1, second: pair.second - 1 }))
    .filter((pair) => canBeReversed(pair, found));
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
  { headline, about }: Violation,
): number {
  const names = sharedNames(run, first, second);
  const isNamed = names.some((name) => about?.names.includes(name) === true || isNamedIn(headline, name));
  const areCalls = rows.get(first)?.kind !== 'start' && rows.get(second)?.kind !== 'start';
  return (isNamed ? 2 : 0) + (areCalls ? 1 : 0);
}

/** The values in the keys of all items on which the two steps conflict. */
function sharedNames(run: RacingRun, first: number, second: number): readonly string[] {
  const [a, b] = [run.footprintOf(first), run.footprintOf(second)];
  const paths = [...a.reads, ...a.writes, ...(a.adds ?? [])];
  return paths.filter((path) => conflicting({ reads: [], writes: [path] }, b)).flatMap(namesInKey);
}
