/**
 * What a learner's code printed, beside the verdict. A line is folded where it is too long, and never cut: the error at its end
 * is what a reader looks for.
 *
 * Lines of level `error` always stand; of the others the first few.
 */

import type { Trace } from '../../simulator/trace.ts';
import { count } from '../../words/phrases.ts';
import { folded, harmless, type Page, paint } from './page.ts';

/** At most this many lines are shown beside those of level `error`; the rest is counted. */
const MOST_LINES = 10;

interface PrintedLine {
  readonly text: string;
  readonly isError: boolean;
}

/** What was printed in one run, with a blank line behind it; empty if nothing was. */
export function printedIn(trace: Trace, page: Page): readonly string[] {
  const lines = trace.flatMap(({ actor, event }): readonly PrintedLine[] =>
    event.kind === 'log'
      ? linesOf(event.line).map((line) => ({ text: `${harmless(actor)}: ${line}`, isError: event.level === 'error' }))
      : [],
  );
  return lines.length === 0 ? [] : [...section(lines, page, 2), ''];
}

/** What was printed in some run or other, with a blank line before it; empty if nothing was. */
export function printedText(text: string | undefined, page: Page): readonly string[] {
  if (text === undefined || text.trim() === '') return [];
  return [
    '',
    ...section(
      linesOf(text).map((line) => ({ text: line, isError: false })),
      page,
      0,
    ),
  ];
}

function section(lines: readonly PrintedLine[], page: Page, indent: number): readonly string[] {
  const before = ' '.repeat(indent);
  const shown = lines.filter(({ isError }, index) => isError || index < MOST_LINES);
  const more = lines.length - shown.length;
  return [
    `${before}Your code printed:`,
    ...shown.flatMap(({ text }) => folded(text, page, indent + 2).map((line) => paint(page, 'context', line))),
    ...(more > 0 ? [`${before}  … and ${count(more, 'more line')}`] : []),
  ];
}

function linesOf(text: string): readonly string[] {
  return harmless(text.trimEnd()).split('\n');
}
