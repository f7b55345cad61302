/**
 * A run in words, one sentence per step, for readers who don't see the drawing or prefer text.
 *
 * It says what the drawing says and uses the same numbers.
 */

import { rowsOf } from '../../../harness/grader/draw/rows.ts';
import { staleWrites } from '../../../harness/grader/explain/stale-write.ts';
import { harmless } from '../../../harness/grader/report/page.ts';
import type { RowEffect } from '../../../harness/simulator/contract/shown.ts';
import { ShownTrace } from '../../../harness/simulator/services/shown.ts';
import type { Trace } from '../../../harness/simulator/trace.ts';

/** One sentence per step, in order; the first is step 1. */
export function inWords(trace: Trace): readonly string[] {
  const erased = new Map(
    staleWrites(new ShownTrace(trace).accesses()).map(({ write, between }) => [write.entry.step, between.actor]),
  );
  return rowsOf(trace).map((row) => {
    const { actor, text, effect, notes, step, sources = [] } = row;
    const wrote = effect === undefined ? '' : sayEffect(effect);
    const other = erased.get(step);
    const erases = other === undefined ? '' : `. This erases the write of ${other}`;
    const more = notes.map((note) => ` ${note.actor}: ${note.text}.`).join('');
    const who = sources.includes(actor) ? `In the ${actor}:` : actor;
    return harmless(`${who} ${sayText(text)}${wrote}${erases}.${more}`);
  });
}

/** Replaces the drawing's arrows by words. */
function sayText(text: string): string {
  return text.replace(/^get → /, 'get finds ').replace(/^(message.*|\d+ messages) → /, 'sends $1 to ');
}

function sayEffect({ lane, in: where, text }: RowEffect): string {
  if (where === 'table') return `: the ${lane} now holds ${text}`;
  return text === 'at work' ? ` ${lane}, which is now at work` : ` ${lane}, which answers ${text}`;
}
