/**
 * Decides which lanes a drawing has, from left to right: sources, then workers, then what they work on.
 *
 * Names only, and how they are shortened. The drawing decides how wide a lane is and what it holds.
 */

import { SCENARIO } from '../../simulator/contract/trace-entry.ts';
import { clip } from '../report/page.ts';
import type { Row } from './rows.ts';

/** Queues, then invocations by number, then downstreams, then tables. The scenario has a lane only where there are no tables. */
export function lanesOf(rows: readonly Row[]): readonly string[] {
  const sources = sourceLanesOf(rows);
  const tables = new Set(
    rows.flatMap(({ effect, from }) => [
      ...(effect?.in === 'table' ? [effect.lane] : []),
      ...(from === undefined || sources.has(from) ? [] : [from]),
    ]),
  );
  const downstreams = new Set(rows.flatMap(({ effect }) => (effect?.in === 'downstream' ? [effect.lane] : [])));
  const actors = new Set(
    rows.flatMap(({ actor, from, notes }) => [
      actor,
      ...(from !== undefined && sources.has(from) ? [from] : []),
      ...notes.map((note) => note.actor),
    ]),
  );
  const isOther = (actor: string) => actor !== SCENARIO && !sources.has(actor) && !downstreams.has(actor);
  const others = [...actors].filter(isOther);
  const scenario = tables.size === 0 && actors.has(SCENARIO) ? [SCENARIO] : [];
  return [...scenario, ...[...sources].sort(byName), ...others.sort(byName), ...downstreams, ...tables];
}

/** The lane for a step of the scenario where there are tables: the table that it read or wrote. Empty: the last lane. */
export function placeOfScenario({ effect, from }: Row): string {
  return effect?.lane ?? from ?? '';
}

/** «put: balance = 50000», «read: balance = 800». */
export function sayOfScenario({ text, effect }: Row): string {
  return effect === undefined ? text.replace(/^get →/, 'read:') : `${text}: ${effect.text}`;
}

/** The lanes of queues, from which other lanes take work. */
export function sourceLanesOf(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(rows.flatMap(({ sources = [] }) => sources));
}

/**
 * Each lane's name in at most `widths` characters, so that lanes can be told apart: «gift-card#1» becomes «…card#1», since its number is
 * what distinguishes it. A name whose beginning another lane shares keeps its end, too; every other keeps its beginning.
 */
export function shortNames(lanes: readonly string[], widths: readonly number[]): readonly string[] {
  return lanes.map((lane, index) => {
    const width = widths[index] ?? 0;
    const begins = [...lane].slice(0, Math.max(0, width - 1)).join('');
    const isShared = lanes.some((other) => other !== lane && other.startsWith(begins));
    return isShared || /#\d+$/.test(lane) ? clipStart(lane, width) : clip(lane, width);
  });
}

/** Cuts a text at its beginning. */
function clipStart(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width
    ? text
    : `…${characters.slice(characters.length - Math.max(0, width - 1)).join('')}`;
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
