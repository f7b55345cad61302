/**
 * `raceproof grade <lab> --from <folder>`: grades a submission in another folder.
 *
 * Only the lab's editable files are read from that folder. Scenarios, checks and everything else come from this clone. Nothing
 * is written next to the submission, so the folder may be read-only.
 */

import { resolve } from 'node:path';
import type { Lab } from '../../course/lab.ts';
import { withBudget } from '../../grader/exploration/budget.ts';
import { reportAsJson } from '../../grader/report/json.ts';
import { reportForTerminal } from '../../grader/report/terminal.ts';
import { EXIT_CODES } from '../../grader/result.ts';
import { type Arguments, UsageError, usageOf } from '../arguments.ts';
import { BUDGET_OPTIONS, chosenBudget, refuseBudget } from '../budget.ts';
import { gradeFiles, labNamed, learnerFilesIn } from '../grading.ts';
import { chosenTarget, gradeFilesOn, TARGET_OPTIONS } from '../on-target.ts';
import { lookQuickly } from '../quick-look.ts';
import { chosenReportFile, SHOWING_OPTIONS } from '../report-file/report-file.ts';
import { startTypeNotices } from '../type-notices.ts';
import { WORKERS_OPTION, workersFrom } from '../workers.ts';
import type { Command } from './command.ts';

export const GRADE_COMMAND: Command = {
  name: 'grade',
  positionals: ['lab'],
  options: {
    from: { type: 'value', says: 'the folder of the submission' },
    ...TARGET_OPTIONS,
    json: { type: 'flag', says: 'print the whole result as JSON, also of an error' },
    ...SHOWING_OPTIONS,
    ...BUDGET_OPTIONS,
    'skip-types': { type: 'flag', says: 'leave the warnings about types out: faster' },
    quick: { type: 'flag', says: 'a first look: few schedules, up to the first task that fails; no verdict' },
    task: { type: 'number', says: 'with --quick, begin with this task' },
    progress: { type: 'flag', says: 'print progress on standard error, one JSON object per line' },
    'skip-unchanged': {
      type: 'flag',
      says: 'do not explore again what is unchanged on this machine: for your own copy, not for marks',
    },
    ...WORKERS_OPTION,
    'in-realm': { type: 'flag', says: 'run the code in this process: faster, and only for code that you trust' },
  },
  async run(given, io) {
    const lab = labNamed(given.positional(0));
    const from = given.value('from');
    if (from === undefined)
      throw new UsageError(`Say which folder to grade: ${usageOf(GRADE_COMMAND)} --from <folder>`);
    const { budget, seed } = chosenBudget(given);
    const target = chosenTarget(given, lab.slug);
    const workers = workersFrom(given);
    const file = chosenReportFile(given, io);
    if (target !== null) refuseBudget(given, 'real time runs a scenario as often as --runs says.');
    if (given.flag('quick')) refuseBudget(given, '--quick has its own numbers.');
    const firstTask = firstTaskFrom(given, lab);
    const read = await learnerFilesIn(lab, resolve(io.cwd, from), from);
    const host = given.flag('in-realm') ? 'in-realm' : 'isolated';
    const typed = given.flag('skip-types') ? null : startTypeNotices(read, io.signal);
    const onProgress = given.flag('progress')
      ? (state: object): void => io.err(`${JSON.stringify(state)}\n`)
      : undefined;
    const before = given.flag('skip-unchanged') && budget.forMs === undefined ? 'use' : 'ignore';
    const options = { host, seed, onProgress, before, workers } as const;
    const gradeHere = () =>
      given.flag('quick')
        ? lookQuickly(lab, read, io, { ...options, firstTask })
        : gradeFiles(withBudget(lab, budget), read, io, options);
    const graded = await (target === null ? gradeHere() : gradeFilesOn(target, lab, read, io));
    const result = { ...graded, notices: [...graded.notices, ...((await typed?.soon()) ?? [])] };
    await file?.write(result);
    const allCommand = `${usageOf(GRADE_COMMAND).replace('<lab>', lab.slug)} --from ${from} --all`;
    const shown = { all: given.flag('all'), allCommand, folder: from.replace(/\/+$/, '') };
    io.out(given.flag('json') ? reportAsJson(result) : reportForTerminal(result, io.page, shown));
    return EXIT_CODES[result.outcome];
  },
};

/** The task with which a first look begins, if one was named. Throws a {@link UsageError} if the lab has no such task. */
function firstTaskFrom(given: Arguments, lab: Lab): number | undefined {
  const task = given.number('task');
  if (task === undefined) return undefined;
  if (!given.flag('quick')) throw new UsageError('--task has no meaning without --quick: a verdict is on all tasks.');
  if (lab.tasks.some(({ number }) => number === task)) return task;
  throw new UsageError(`--task needs a number from 1 to ${lab.tasks.length}, and ${task} is none.`);
}
