/**
 * `raceproof test <lab>`: grades the learner's own copy and says whether it holds.
 *
 * What `npm test` in a lab runs. The verdict and the exit code are decided before vitest is shown the result.
 */

import { notices, reportForTerminal } from '../../grader/report/terminal.ts';
import { presentThroughVitest } from '../../grader/report/vitest/present.ts';
import { EXIT_CODES } from '../../grader/result.ts';
import { labFolder } from '../clone.ts';
import { filesIn, gradeFiles, labNamed } from '../grading.ts';
import { rememberFirstBeginning } from '../keeping/beginnings.ts';
import { rememberVerdict } from '../keeping/memory.ts';
import { chosenTarget, gradeFilesOn, TARGET_OPTIONS } from '../on-target.ts';
import { typeNotices } from '../type-notices.ts';
import type { Command } from './command.ts';

const FRESH = {
  type: 'flag',
  says: 'explore everything, also what is unchanged since it was explored before',
} as const;

export const test: Command = {
  name: 'test',
  positionals: ['lab'],
  options: { ...TARGET_OPTIONS, fresh: FRESH },
  async run(given, io) {
    const lab = labNamed(given.positional(0));
    const target = chosenTarget(given, lab.slug);
    const read = await filesIn(lab, labFolder(lab.slug), `labs/${lab.slug}`);
    const typed = typeNotices(read, io.signal);
    const before = given.flag('fresh') ? 'renew' : 'use';
    const result = await (target === null
      ? gradeFiles(lab, read, io, { before })
      : gradeFilesOn(target, lab, read, io));
    await rememberFirstBeginning(io.clone, lab.slug);
    // What is remembered is a verdict on every order; a few runs in real time must not stand in its place.
    if (target === null) await rememberVerdict(io.clone, result);
    io.out(reportForTerminal(result, io.page));
    const judged = result.checks.some(({ status }) => status === 'pass' || status === 'fail');
    if (judged) await presentThroughVitest(result, io.page.color);
    const warnings = notices(await typed, io.page);
    if (warnings.length > 0) io.out(`${warnings.join('\n')}\n`);
    return EXIT_CODES[result.outcome];
  },
};
