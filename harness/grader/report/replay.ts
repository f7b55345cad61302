/**
 * A replayed run as a text for the terminal: what it broke, the drawing, why, and what to know about the replay itself.
 *
 * A pure function of the replay. It prints nothing.
 */

import { drawTrace } from '../draw/terminal.ts';
import type { ReplayResult } from '../replay/replay.ts';
import { block, harmless, type Page, paint } from './page.ts';

type Replayed = Extract<ReplayResult, { kind: 'replayed' }>;

/** The whole text, ending in a line break. */
export function reportReplay(replayed: Replayed, token: string, page: Page): string {
  const { violations, trace, because, swap, marked } = replayed;
  const broken = violations.length > 0;
  const lines = [
    firstLine(replayed, token, page),
    '',
    ...violations.flatMap(({ headline }) => block(page, harmless(headline))),
    ...(broken ? [''] : []),
    ...drawTrace(trace, { ...page, columns: page.columns - 2 }, { swap, marked, because }).map((line) =>
      line === '' ? '' : `  ${line}`,
    ),
    '',
    ...(because.length === 0 ? [] : [...block(page, harmless(because.join(' '))), '']),
    ...aboutTheReplay(replayed, page),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function firstLine({ violations, diverged }: Replayed, token: string, page: Page): string {
  const run = paint(page, 'strong', token.split('.').slice(0, 2).join(' · '));
  if (diverged !== undefined) return `○ ${run} · another run now`;
  if (violations.length === 0) return `${paint(page, 'held', '✓')} ${run} · holds under this schedule`;
  return `${paint(page, 'broken', '✗')} ${run} · broken under this schedule`;
}

function aboutTheReplay({ sameCode, diverged }: Replayed, page: Page): readonly string[] {
  if (diverged !== undefined) {
    const left = `the run left its way after step ${diverged.atStep}: ${diverged.why}.`;
    const text = sameCode
      ? `Your code is the one that this token names, and yet ${left} Check that the token was copied as it was printed.`
      : `Your code has changed since this token was printed, and ${left} Run the lab again to see whether it holds under every schedule.`;
    return block(page, harmless(text));
  }
  if (sameCode) return [];
  return block(
    page,
    'Your code has changed since this token was printed: this is the same schedule with the new code. It is one of many; run the lab to try them all.',
  );
}
