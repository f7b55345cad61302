/**
 * `raceproof diff <lab>`: what the learner changed in the starter, as a unified diff.
 *
 * `patch -p0` and `git apply -p0` read its output. It judges nothing; the exit code is 0 whether or not something was changed.
 */

import { harmless, type Page, paint, type Tone } from '../../grader/report/page.ts';
import type { Clone } from '../clone.ts';
import { unifiedDiff } from '../compare/unified.ts';
import { labNamed } from '../grading.ts';
import { type OwnFile, readOwnFiles, readStarter } from '../keeping/lab-tree.ts';
import type { Command } from './command.ts';

export const DIFF_COMMAND: Command = {
  name: 'diff',
  positionals: ['lab'],
  options: {},
  async run(given, io) {
    const { slug } = labNamed(given.positional(0));
    const { lines, odd } = await diffOfLab(io.clone, slug, io.page);
    for (const problem of odd) io.err(`${problem}\n`);
    if (lines.length > 0) io.out(`${lines.join('\n')}\n`);
    else if (odd.length === 0) io.err(`${unchanged(slug)}\n`);
    return 0;
  },
};

/** The lines of the diff, and sentences about files that are no text of the learner's own. */
export async function diffOfLab(
  clone: Clone,
  slug: string,
  page: Page,
): Promise<{ readonly lines: readonly string[]; readonly odd: readonly string[] }> {
  const starter = await readStarter(clone.starter(slug), slug);
  const own = await readOwnFiles(clone.lab(slug), slug, starter.keys());
  const odd = [...own].flatMap(([path, file]) => (file.kind === 'odd' ? [`labs/${slug}/${path} ${file.problem}`] : []));
  const lines = [...starter].flatMap(([path, text]) => changesOf(slug, path, text, own.get(path)));
  return { lines: lines.map((line) => painted(line, page)), odd };
}

export function unchanged(slug: string): string {
  return `labs/${slug} is as the starter gives it out.`;
}

function changesOf(slug: string, path: string, starter: string, own: OwnFile | undefined): readonly string[] {
  if (own?.kind === 'odd') return [];
  const before = { name: `harness/course/${slug}/starter/${path}`, text: starter };
  if (own?.kind === 'text') return unifiedDiff(before, { name: `labs/${slug}/${path}`, text: own.text });
  return unifiedDiff(before, { name: '/dev/null', text: '' });
}

/**
 * With colour, control characters are removed, so that no line can repaint the terminal; without, `patch` must get every byte.
 */
function painted(line: string, page: Page): string {
  return page.color ? paint(page, toneOf(line), harmless(line)) : line;
}

function toneOf(line: string): Tone {
  if (line.startsWith('---') || line.startsWith('+++')) return 'strong';
  if (line.startsWith('-')) return 'broken';
  if (line.startsWith('+')) return 'held';
  return 'context';
}
