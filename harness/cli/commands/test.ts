/**
 * `raceproof test <lab>`: grades the learner's own copy and says whether it holds.
 *
 * What `npm test` in a lab runs. The verdict and the exit code are decided before vitest is shown the result.
 */

import { notices, reportForTerminal } from '../../grader/report/terminal.ts';
import { presentThroughVitest } from '../../grader/report/vitest/present.ts';
import { EXIT_CODES } from '../../grader/result.ts';
import { UsageError } from '../arguments.ts';
import { labFolder } from '../clone.ts';
import { filesIn, gradeFiles, labNamed } from '../grading.ts';
import { rememberFirstBeginning } from '../keeping/beginnings.ts';
import { rememberVerdict } from '../keeping/memory.ts';
import { didYouMean } from '../near-name.ts';
import { typeNotices } from '../type-notices.ts';
import type { Command } from './command.ts';

const TARGETS = ['simulator', 'localstack', 'aws'];

export const test: Command = {
  name: 'test',
  positionals: ['lab'],
  options: { target: { type: 'value', says: 'simulator (the default)' } },
  async run(given, io) {
    const lab = labNamed(given.positional(0));
    checkTarget(given.value('target') ?? 'simulator', lab.slug);
    const read = await filesIn(lab, labFolder(lab.slug), `labs/${lab.slug}`);
    const typed = typeNotices(read, io.signal);
    const result = await gradeFiles(lab, read, io);
    await rememberFirstBeginning(io.clone, lab.slug);
    await rememberVerdict(io.clone, result);
    io.out(reportForTerminal(result, io.page));
    const judged = result.checks.some(({ status }) => status === 'pass' || status === 'fail');
    if (judged) await presentThroughVitest(result, io.page.color);
    const warnings = notices(await typed, io.page);
    if (warnings.length > 0) io.out(`${warnings.join('\n')}\n`);
    return EXIT_CODES[result.outcome];
  },
};

/** Refuses what is not a target, and what is not one yet, with the way out. */
export function checkTarget(target: string, slug: string): void {
  if (target === 'simulator') return;
  const wayOut = `Run «npm test -w labs/${slug}» without --target: the simulator judges every order of events, and needs no Docker and no account.`;
  if (TARGETS.includes(target)) throw new UsageError(`The target ${target} is not there yet. ${wayOut}`);
  throw new UsageError(`There is no target «${target}».${didYouMean(target, TARGETS)} ${wayOut}`);
}
