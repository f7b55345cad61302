/**
 * `raceproof test <lab>`: grades the learner's own copy and says whether it holds.
 *
 * `npm test` in a lab runs it. Verdict and exit code are decided before vitest receives the result.
 */

import { type Budget, withBudget } from '../../grader/exploration/budget.ts';
import { notices, reportForTerminal } from '../../grader/report/terminal.ts';
import { EXIT_CODES } from '../../grader/result.ts';
import type { Arguments } from '../arguments.ts';
import { BUDGET_OPTIONS, chosenBudget, isAsGoodAsTheLabs, refuseBudget } from '../budget.ts';
import { labFolder } from '../clone.ts';
import { gradeFiles, labNamed, learnerFilesIn } from '../grading.ts';
import { rememberFirstBeginning } from '../keeping/beginnings.ts';
import { rememberVerdict } from '../keeping/memory.ts';
import { chosenTarget, gradeFilesOn, TARGET_OPTIONS } from '../on-target.ts';
import { startTypeNotices } from '../type-notices.ts';
import { presentThroughVitest } from '../vitest/present.ts';
import { WORKERS_OPTION, workersFrom } from '../workers.ts';
import type { Command } from './command.ts';

const FRESH = {
  type: 'flag',
  says: 'explore everything, also what is unchanged since it was explored before',
} as const;

export const TEST_COMMAND: Command = {
  name: 'test',
  positionals: ['lab'],
  options: { ...BUDGET_OPTIONS, ...TARGET_OPTIONS, fresh: FRESH, ...WORKERS_OPTION },
  async run(given, io) {
    const lab = labNamed(given.positional(0));
    const chosen = chosenBudget(given);
    const { budget, seed } = chosen;
    const target = chosenTarget(given, lab.slug);
    const workers = workersFrom(given);
    if (target !== null) refuseBudget(given, 'real time runs a scenario as often as --runs says.');
    const read = await learnerFilesIn(lab, labFolder(lab.slug), `labs/${lab.slug}`);
    const typed = startTypeNotices(read, io.signal);
    const result = await (target === null
      ? gradeFiles(withBudget(lab, budget), read, io, { before: beforeOf(given, budget), seed, workers })
      : gradeFilesOn(target, lab, read, io));
    await rememberFirstBeginning(io.clone, lab.slug);
    // Only a verdict as strong as the lab's own is remembered. A smaller exploration, or runs in real time, are no verdict.
    if (target === null && isAsGoodAsTheLabs(lab, chosen, result)) await rememberVerdict(io.clone, result);
    io.out(reportForTerminal(result, io.page));
    const judged = result.checks.some(({ status }) => status === 'pass' || status === 'fail');
    if (judged) await presentThroughVitest(result, io.page.color);
    const warnings = notices(await typed.soon(), io.page);
    if (warnings.length > 0) io.out(`${warnings.join('\n')}\n`);
    return EXIT_CODES[result.outcome];
  },
};

/** How much was done in a given time depends on the machine's load, so it is never kept for the next run. */
function beforeOf(given: Arguments, { forMs }: Budget): 'use' | 'renew' | 'ignore' {
  if (forMs !== undefined) return 'ignore';
  return given.flag('fresh') ? 'renew' : 'use';
}
