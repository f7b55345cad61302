/**
 * A run in words, one sentence per step, for those who don't see the drawing or would rather read.
 *
 * Says what the drawing says and numbers the steps alike.
 */

import { type Effect, rowsOf } from '../../../harness/grader/draw/rows.ts';
import { accessesOf } from '../../../harness/grader/explain/accesses.ts';
import { staleWrites } from '../../../harness/grader/explain/stale-write.ts';
import { harmless } from '../../../harness/grader/report/page.ts';
import type { Trace } from '../../../harness/simulator/trace.ts';

/** One sentence per step, in order; the first is step 1. */
export function inWords(trace: Trace): readonly string[] {
  const erased = new Map(staleWrites(accessesOf(trace)).map(({ write, between }) => [write.entry.step, between.actor]));
  return rowsOf(trace).map((row) => {
    const { actor, text, effect, notes, step } = row;
    const wrote = effect === undefined ? '' : sayEffect(effect);
    const other = erased.get(step);
    const erases = other === undefined ? '' : `. This erases the write of ${other}`;
    const more = notes.map((note) => ` ${note.actor}: ${note.text}.`).join('');
    return harmless(`${actor} ${text.replace(' → ', ' finds ')}${wrote}${erases}.${more}`);
  });
}

function sayEffect({ lane, in: where, text }: Effect): string {
  if (where === 'table') return `: the ${lane} now holds ${text}`;
  return text === 'at work' ? ` ${lane}, which is now at work` : ` ${lane}, which answers ${text}`;
}
