/**
 * Which lanes a drawing has, from left to right: where things come from, who works, what is worked upon.
 *
 * Names only; how wide a lane is and what stands in it is the business of the drawing.
 */

import type { Row } from './rows.ts';

/** Queues, then invocations by number, then downstreams, then tables. The scenario has a lane only where there are no tables. */
export function lanesOf(rows: readonly Row[]): readonly string[] {
  const tables = new Set(
    rows.flatMap(({ effect, from }) => [
      ...(effect?.in === 'table' ? [effect.lane] : []),
      ...(from === undefined || isQueue(from) ? [] : [from]),
    ]),
  );
  const downstreams = new Set(rows.flatMap(({ effect }) => (effect?.in === 'downstream' ? [effect.lane] : [])));
  const actors = new Set(
    rows.flatMap(({ actor, from, notes }) => [
      actor,
      ...(from !== undefined && isQueue(from) ? [from] : []),
      ...notes.map((note) => note.actor),
    ]),
  );
  const queues = [...actors].filter(isQueue);
  const others = [...actors].filter((actor) => actor !== 'scenario' && !isQueue(actor) && !downstreams.has(actor));
  const scenario = tables.size === 0 && actors.has('scenario') ? ['scenario'] : [];
  return [...scenario, ...queues.sort(byName), ...others.sort(byName), ...downstreams, ...tables];
}

/** Where a step of the scenario stands beside tables: at what it looked into or changed. Empty: in the last lane. */
export function placeOfScenario({ effect, from }: Row): string {
  return effect?.lane ?? from ?? '';
}

/** «put: balance = 50000», «read: balance = 800». */
export function sayOfScenario({ text, effect }: Row): string {
  return effect === undefined ? text.replace(/^get →/, 'read:') : `${text}: ${effect.text}`;
}

/** See `queueLane`. */
export function isQueue(lane: string): boolean {
  return lane.startsWith('queue ');
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
