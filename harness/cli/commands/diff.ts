/**
 * `raceproof diff <lab>`: what the learner changed in the starter, as a unified diff.
 *
 * `patch -p0` and `git apply -p0` read what it prints. It judges nothing; exit code 0 whether something was changed or not.
 */

import { harmless, type Page, paint, type Tone } from '../../grader/report/page.ts';
import { unifiedDiff } from '../compare/unified.ts';
import { labNamed } from '../grading.ts';
import { type OwnFile, readOwnFiles, readStarter } from '../keeping/lab-tree.ts';
import type { Command } from './command.ts';

export const diff: Command = {
  name: 'diff',
  positionals: ['lab'],
  options: {},
  async run(given, io) {
    const { slug } = labNamed(given.positional(0));
    const starter = await readStarter(io.clone.starter(slug), slug);
    const own = await readOwnFiles(io.clone.lab(slug), slug, starter.keys());
    const odd = [...own].flatMap(([path, file]) =>
      file.kind === 'odd' ? [`labs/${slug}/${path} ${file.problem}\n`] : [],
    );
    const lines = [...starter].flatMap(([path, text]) => changesOf(slug, path, text, own.get(path)));
    for (const problem of odd) io.err(problem);
    if (lines.length > 0) io.out(`${lines.map((line) => painted(line, io.page)).join('\n')}\n`);
    else if (odd.length === 0) io.err(`labs/${slug} is as the starter gives it out.\n`);
    return 0;
  },
};

function changesOf(slug: string, path: string, starter: string, own: OwnFile | undefined): readonly string[] {
  if (own?.kind === 'odd') return [];
  const before = { name: `harness/course/${slug}/starter/${path}`, text: starter };
  if (own?.kind === 'text') return unifiedDiff(before, { name: `labs/${slug}/${path}`, text: own.text });
  return unifiedDiff(before, { name: '/dev/null', text: '' });
}

/** In colour a line can't repaint the terminal; without, it is what `patch` has to read. */
function painted(line: string, page: Page): string {
  return page.color ? paint(page, toneOf(line), harmless(line)) : line;
}

function toneOf(line: string): Tone {
  if (line.startsWith('---') || line.startsWith('+++')) return 'strong';
  if (line.startsWith('-')) return 'broken';
  if (line.startsWith('+')) return 'held';
  return 'context';
}
