/**
 * `raceproof new-lab <slug>`: begins a lab from the skeleton, for authors of labs.
 *
 * The new lab runs at once, is unfinished and is not shown to learners. The course check lists what it lacks.
 */

import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { pad, paint } from '../../grader/report/page.ts';
import { list } from '../../words/phrases.ts';
import { UsageError } from '../arguments.ts';
import { type BegunLab, beginLab } from '../authoring/begin-lab.ts';
import type { Io } from '../io.ts';
import type { Command } from './command.ts';

export const NEW_LAB_COMMAND: Command = {
  name: 'new-lab',
  positionals: ['slug'],
  options: {},
  async run(given, io) {
    const slug = given.positional(0);
    await mustBeInside(io);
    say(slug, await beginLab(io.clone.root, slug), io);
    return 0;
  },
};

/**
 * A lab is written into this command's own clone. A command typed elsewhere may be meant for another clone, so it is refused.
 */
async function mustBeInside({ cwd, clone }: Io): Promise<void> {
  const [here, root] = await Promise.all([cwd, clone.root].map((path) => realpath(path).catch(() => path)));
  const way = relative(root ?? '', here ?? '');
  if (way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && way !== here)) return;
  throw new UsageError(
    `A new lab would be written into ${clone.root}, and this folder lies outside it. Go there and run it again: cd ${clone.root}`,
  );
}

/** A description of each place, in the order of the places. */
const WHAT = [
  'scenario, checks, hints, mutants and the starter',
  'what learners edit: a copy of the starter',
  'the solution',
  'the page, a draft',
] as const;

function say(slug: string, { number, title, places, changed }: BegunLab, io: Io): void {
  const width = Math.max(...places.map(({ length }) => length));
  const row = (place: string, what: string) => `  ${pad(place, width)}  ${paint(io.page, 'context', what)}\n`;
  io.out(`${paint(io.page, 'strong', slug)} is begun: lab ${number}, «${title}».\n\n`);
  for (const [index, place] of places.entries()) io.out(row(place, WHAT[index] ?? ''));
  io.out(
    `\n${list(changed)} know it. It runs as it is; learners don’t see it while its lab.ts says «unfinished: true».\n\n`,
  );
  const next = [`npm run course -- ${slug}`, `npm test -w labs/${slug}`] as const;
  const wide = Math.max(...next.map(({ length }) => length));
  io.out(`  ${pad(next[0], wide)}  ${paint(io.page, 'context', 'checks what is there, and lists what is missing')}\n`);
  io.out(`  ${pad(next[1], wide)}  ${paint(io.page, 'context', 'grades it as a learner would')}\n`);
}
