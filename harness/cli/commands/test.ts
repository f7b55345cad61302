/**
 * `raceproof test <lab>`: grades the learner's own copy and says whether it holds.
 *
 * `npm test` in a lab runs it. Verdict and exit code are decided before anything is shown; vitest lists the
 * checks where `CI` is set or `--list` asks for it.
 */

import type { CourseLab } from '../../course/kit/definition.ts';
import { type Budget, withBudget } from '../../grader/exploration/budget.ts';
import { type ReportOptions, reportForTerminal } from '../../grader/report/terminal.ts';
import { EXIT_CODES, type LabResult } from '../../grader/result.ts';
import { stepsAfterPass } from '../after-pass.ts';
import type { Arguments } from '../arguments.ts';
import { BUDGET_OPTIONS, chosenBudget, isAsGoodAsTheLabs, refuseBudget } from '../budget.ts';
import { gradeFiles, labNamed, learnerFilesIn } from '../grading.ts';
import type { Io } from '../io.ts';
import { rememberFirstBeginning } from '../keeping/beginnings.ts';
import { rememberVerdict } from '../keeping/memory.ts';
import { chosenTarget, gradeFilesOn, TARGET_OPTIONS } from '../on-target.ts';
import { originOfPages } from '../pages-served.ts';
import { chosenReportFile, SHOWING_OPTIONS } from '../report-file/report-file.ts';
import { startTypeNotices } from '../type-notices.ts';
import { WORKERS_OPTION, workersFrom } from '../workers.ts';
import type { Command } from './command.ts';

const FRESH = {
  type: 'flag',
  says: 'explore everything, also what is unchanged since it was explored before',
} as const;

export const TEST_COMMAND: Command = {
  name: 'test',
  positionals: ['lab'],
  options: {
    ...SHOWING_OPTIONS,
    list: { type: 'flag', says: 'list the checks through vitest, too, as where CI is set' },
    fresh: FRESH,
    ...BUDGET_OPTIONS,
    ...TARGET_OPTIONS,
    ...WORKERS_OPTION,
  },
  async run(given, io) {
    const lab = labNamed(given.positional(0));
    const chosen = chosenBudget(given);
    const { budget, seed } = chosen;
    const target = chosenTarget(given, lab.slug);
    const workers = workersFrom(given);
    const file = chosenReportFile(given, io);
    if (target !== null) refuseBudget(given, 'real time runs a scenario as often as --runs says.');
    const read = await learnerFilesIn(lab, io.clone.lab(lab.slug), `labs/${lab.slug}`);
    const typed = startTypeNotices(read, io.signal);
    const result = await (target === null
      ? gradeFiles(withBudget(lab, budget), read, io, { before: beforeOf(given, budget), seed, workers })
      : gradeFilesOn(target, lab, read, io));
    await rememberFirstBeginning(io.clone, lab.slug);
    // Only a verdict as strong as the lab's own is remembered. A smaller exploration, or runs in real time, are no verdict.
    if (target === null && isAsGoodAsTheLabs(lab, chosen, result)) await rememberVerdict(io.clone, result);
    const told = { ...result, notices: [...result.notices, ...(await typed.soon())] };
    await file?.write(told);
    const judged = told.checks.some(({ status }) => status === 'pass' || status === 'fail');
    // The list comes first, since the last lines on the screen are the ones that are read.
    if (judged && (io.buildServer || given.flag('list'))) await io.listChecks(told, io.page.color);
    io.out(reportForTerminal(told, io.page, await optionsOf(lab, told, given.flag('all'), io)));
    return EXIT_CODES[told.outcome];
  },
};

/** What the report says beside the result: how much of it, whether the pages are served, and where to go from a pass. */
async function optionsOf(lab: CourseLab, { outcome, checks }: LabResult, all: boolean, io: Io): Promise<ReportOptions> {
  const hasAddress = checks.some(({ counterexample }) => counterexample !== undefined);
  return {
    all,
    folder: `labs/${lab.slug}`,
    ...(hasAddress ? { pagesAt: await originOfPages(lab.slug, io.clone) } : {}),
    ...(outcome === 'pass' ? { afterPass: await stepsAfterPass(lab, io.clone) } : {}),
  };
}

/** How much was done in a given time depends on the machine's load, so it is never kept for the next run. */
function beforeOf(given: Arguments, { forMs }: Budget): 'use' | 'renew' | 'ignore' {
  if (forMs !== undefined) return 'ignore';
  return given.flag('fresh') ? 'renew' : 'use';
}
