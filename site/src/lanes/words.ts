/**
 * A run in words, one sentence per step, for readers who don't see the drawing or prefer text.
 *
 * It says what the drawing says and uses the same numbers.
 */

import { rowsOf } from '../../../harness/grader/draw/rows.ts';
import { sayMark } from '../../../harness/grader/explain/marked-step.ts';
import { harmless } from '../../../harness/grader/report/page.ts';
import type { MarkedStep } from '../../../harness/grader/result.ts';
import type { RowEffect } from '../../../harness/simulator/contract/shown.ts';
import type { Trace } from '../../../harness/simulator/trace.ts';

/** One sentence per step, in order; the first is step 1. */
export function inWords(trace: Trace, marked: readonly MarkedStep[] = []): readonly string[] {
  const wrong = new Map(marked.map((mark) => [mark.step, sayWrong(mark)]));
  return rowsOf(trace).map((row) => {
    const { actor, text, effect, notes, step, sources = [] } = row;
    const wrote = effect === undefined ? '' : sayEffect(effect);
    const more = notes.map((note) => ` ${note.actor}: ${note.text}.`).join('');
    const who = sources.includes(actor) ? `In the ${actor}:` : actor;
    return harmless(`${who} ${sayText(text)}${wrote}${wrong.get(step) ?? ''}.${more}`);
  });
}

function sayWrong(mark: MarkedStep): string {
  switch (mark.kind) {
    case 'erases':
      return `. This erases the write of ${mark.whose}`;
    case 'repeats':
      return `, ${sayMark(mark)}`;
    case 'crowds':
      return `. These are ${mark.nth} requests at once, and it takes ${mark.most}`;
  }
}

/** Replaces the drawing's arrows by words. */
function sayText(text: string): string {
  return text.replace(/^get → /, 'get finds ').replace(/^(message.*|\d+ messages) → /, 'sends $1 to ');
}

function sayEffect({ lane, in: where, text }: RowEffect): string {
  if (where === 'table') return `: the ${lane} now holds ${text}`;
  return text === 'at work' ? ` ${lane}, which is now at work` : ` ${lane}, which answers ${text}`;
}
