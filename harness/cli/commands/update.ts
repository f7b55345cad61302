/**
 * `raceproof update [lab]`: brings a newer starter into the learner's files; with `--pull` git brings it into the clone first.
 *
 * Reports for each file what was done with it. Exit code 2 if the learner has to decide something.
 */

import { labs } from '../../course/labs.ts';
import { pad, paint } from '../../grader/report/page.ts';
import { unreachable } from '../../simulator/kernel/bug.ts';
import { count, list } from '../../words/phrases.ts';
import { labNamed } from '../grading.ts';
import type { Io } from '../io.ts';
import { rememberFirstBeginning } from '../keeping/beginnings.ts';
import { pullCourse, putBack } from '../keeping/pull.ts';
import { BESIDE, type FileUpdate, type LabUpdate, updateLab } from '../keeping/update-lab.ts';
import { type Command, EXIT_REFUSED } from './command.ts';

export const UPDATE_COMMAND: Command = {
  name: 'update',
  positionals: ['lab?'],
  options: { pull: { type: 'flag', says: 'let git bring in the newest course first' } },
  async run(given, io) {
    const only = given.positional(0);
    const chosen = only === '' ? labs : [labNamed(only)];
    await putBack(io.clone);
    if (given.flag('pull')) {
      // After the pull it is no longer known which starter these files began with, so it is recorded before.
      for (const { slug } of labs) await rememberFirstBeginning(io.clone, slug);
      const news = await pullCourse(io.clone, new Date());
      io.out(news === 0 ? 'The course is the newest.\n' : `${count(news, 'commit')} of the course brought in.\n`);
    }
    let undecided = false;
    for (const { slug } of chosen) {
      const updated = await updateLab(io.clone, slug, new Date());
      say(slug, updated, io);
      undecided ||= isUndecided(updated);
    }
    return undecided ? EXIT_REFUSED : 0;
  },
};

function isUndecided(updated: LabUpdate): boolean {
  if (updated.kind !== 'updated') return updated.kind === 'beginning-unknown';
  return updated.files.some(({ kind }) => kind === 'conflict' || kind === 'odd');
}

function say(slug: string, updated: LabUpdate, io: Io): void {
  switch (updated.kind) {
    case 'current':
      io.out(`${slug}: nothing new in the starter.\n`);
      return;
    case 'beginning-unknown':
      io.err(
        `${slug}: which starter your files began with is not known, so nothing was changed. ${list(updated.files)} differ from the starter that is here: «npx --no raceproof diff ${slug}» shows how, and «npx --no raceproof reset ${slug}» begins anew and keeps your work.\n`,
      );
      return;
    case 'updated':
      sayFiles(slug, updated, io);
      return;
    default:
      unreachable(updated, 'outcome of an update');
  }
}

function sayFiles(slug: string, { files, copy }: LabUpdate & { kind: 'updated' }, io: Io): void {
  const width = Math.max(...files.map(({ path }) => path.length));
  io.out(`${paint(io.page, 'strong', slug)}\n`);
  for (const file of files) {
    const undecided = file.kind === 'conflict' || file.kind === 'odd';
    const sign = undecided ? paint(io.page, 'broken', '✗') : paint(io.page, 'held', '✓');
    io.out(`  ${sign} ${pad(file.path, width)}  ${sayFile(slug, file)}\n`);
  }
  io.out(`  Your files as they were are kept in ${copy}.\n`);
}

function sayFile(slug: string, file: FileUpdate): string {
  const beside = `the new starter’s lies beside it in ${file.path.split('/').at(-1)}${BESIDE}`;
  switch (file.kind) {
    case 'taken':
      return file.isNew ? 'is new' : 'is the new starter’s: you had not changed it';
    case 'merged':
      return 'has the new starter’s changes, and yours';
    case 'odd':
      return `stays as it is, since it ${file.problem} ${beside}`;
    case 'conflict': {
      const places = file.conflicts.map(
        ({ mineLine, theirsLine }) => `labs/${slug}/${file.path}:${mineLine} (line ${theirsLine} there)`,
      );
      return `stays yours; ${beside}. Both changed ${list(places)}`;
    }
    default:
      return unreachable(file, 'outcome of a file’s update');
  }
}
