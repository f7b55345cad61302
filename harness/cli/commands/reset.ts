/**
 * `raceproof reset <lab>`: puts the starter back and keeps the learner's work in a dated copy.
 *
 * It asks first, unless `--yes` is given. If nothing would change, it says so. The copy is complete before the first file is
 * replaced.
 */

import { count, list } from '../../words/phrases.ts';
import { UsageError } from '../arguments.ts';
import { labNamed } from '../grading.ts';
import { Interrupted } from '../interrupted.ts';
import type { Io } from '../io.ts';
import { planReset, resetLab } from '../keeping/reset-lab.ts';
import { oneKey } from '../terminal.ts';
import { type Command, EXIT_REFUSED } from './command.ts';

export const RESET_COMMAND: Command = {
  name: 'reset',
  positionals: ['lab'],
  options: { yes: { type: 'flag', says: 'do not ask' } },
  async run(given, io) {
    const { slug } = labNamed(given.positional(0));
    const plan = await planReset(io.clone, slug);
    const files = [...plan.replaced.keys()];
    if (files.length === 0) {
      io.out(`labs/${slug} is as the starter gives it out; there is nothing to put back.\n`);
      return 0;
    }
    if (!given.flag('yes') && !(await confirmed(slug, files, io))) {
      io.err('Nothing was changed.\n');
      return EXIT_REFUSED;
    }
    const copy = await resetLab(io.clone, plan, new Date());
    io.out(`labs/${slug} is the starter again: ${list(files)}.\n`);
    io.out(`Your work is kept in ${copy}. To take a file back, copy it from there.\n`);
    return 0;
  },
};

async function confirmed(slug: string, files: readonly string[], io: Io): Promise<boolean> {
  const what = `${count(files.length, 'file')} of labs/${slug} with the starter’s: ${list(files)}`;
  if (io.terminal === null) {
    throw new UsageError(`This would replace ${what}. Your work would be kept in a copy. Say so with --yes.`);
  }
  io.err(`Replace ${what}? Your work is kept in a copy. [y/N] `);
  const key = await oneKey(io.terminal, io.signal);
  io.err(`${key === 'y' || key === 'Y' ? 'yes' : 'no'}\n`);
  if (key === null) throw new Interrupted();
  return key === 'y' || key === 'Y';
}
