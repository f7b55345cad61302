/**
 * `raceproof course-check`: grades the grader.
 *
 * In every lab the starter must fail by a check, handlers that do no work must earn nothing, the solution must pass, and every wrong
 * fix must be caught by the check that is named for it. Each result must fit the published JSON Schema. Prints a table; exit code 1 on any miss. In an unfinished lab, missing parts are only listed, but broken
 * parts are misses as in any other lab.
 */

import type { CourseLab } from '../../course/kit/definition.ts';
import type { Lab } from '../../course/lab.ts';
import { everyLab } from '../../course/labs.ts';
import { guardsOf } from '../../grader/judgement/points.ts';
import { pad, paint } from '../../grader/report/page.ts';
import type { LabResult } from '../../grader/result.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import { count, duration, thousands } from '../../words/phrases.ts';
import { type Arguments, UsageError } from '../arguments.ts';
import { type Case, casesOf, isYetToBeDone, wrongWith } from '../course/cases.ts';
import { differencesFromStarter, missingFrom, neverShown, withoutHints } from '../course/completeness.ts';
import { Graders } from '../course/graders.ts';
import { scoreLabs } from '../course/mutants/report.ts';
import { askedOfNewLabs } from '../course/requirements.ts';
import { readResultSchema } from '../course/schema-complaints.ts';
import { labNamed } from '../grading.ts';
import type { Io } from '../io.ts';
import { WORKERS_OPTION, workersFrom } from '../workers.ts';
import type { Command } from './command.ts';

export const COURSE_CHECK_COMMAND: Command = {
  name: 'course-check',
  positionals: ['lab?'],
  options: {
    pristine: { type: 'flag', says: 'labs/ must equal the starters, too' },
    'in-realm': { type: 'flag', says: 'run the code in this process: faster' },
    workers: { ...WORKERS_OPTION.workers, says: 'how many answers are graded at once. As many as there are cores' },
    full: { type: 'flag', says: 'explore wrong fixes to the end, too' },
    mutate: { type: 'flag', says: 'change the right answers by standard operators, and count what is caught' },
    sample: { type: 'number', says: 'with --mutate: at most this many mutants of each answer' },
  },
  async run(given, io) {
    const only = given.positional(0);
    const chosen = only === '' ? everyLab : [labNamed(only)];
    const host = given.flag('in-realm') ? 'in-realm' : 'isolated';
    const graders = new Graders({ threads: workersFrom(given), host, signal: io.signal });
    try {
      if (given.flag('mutate')) return await mutate(chosen, graders, sampleFrom(given), io);
      const how = { graders, full: given.flag('full'), pristine: given.flag('pristine') };
      return await checkLabs(chosen, how, io);
    } finally {
      graders.close();
    }
  },
};

async function checkLabs(chosen: readonly CourseLab[], how: How, io: Io): Promise<number> {
  const states: LabState[] = [];
  for (const lab of chosen) states.push(await checkLab(lab, how, io));
  const misses = states.flatMap(({ lab, missing, broken }) =>
    [...(lab.unfinished ? [] : missing), ...broken].map((miss) => `${lab.slug}: ${miss}`),
  );
  for (const state of states) if (state.lab.unfinished) sayUnfinished(state, io);
  if (misses.length > 0) {
    sayMisses(misses, io);
    return 1;
  }
  const finished = chosen.filter(({ unfinished }) => !unfinished).length;
  if (finished > 0) io.out(`\n${count(finished, 'lab')} as ${finished === 1 ? 'it' : 'they'} should be.\n`);
  return 0;
}

function sayMisses(misses: readonly string[], io: Io): void {
  io.out(`\n${misses.map((miss) => `${paint(io.page, 'broken', '✗')} ${miss}\n`).join('')}`);
}

/** How many mutants of each answer are asked for; all of them if nothing is said. Throws a {@link UsageError}. */
function sampleFrom(given: Arguments): number | undefined {
  const asked = given.number('sample');
  if (asked === undefined || (given.flag('mutate') && Number.isInteger(asked) && asked >= 1)) return asked;
  throw new UsageError('--sample needs --mutate and a number from 1, for example --mutate --sample 20.');
}

/** Changes the right answers of each lab by mutation operators. Exit code 1 if the checks of a lab catch too few of the mutants. */
async function mutate(
  labs: readonly CourseLab[],
  graders: Graders,
  sample: number | undefined,
  io: Io,
): Promise<number> {
  const finished = labs.filter(({ unfinished }) => !unfinished);
  const misses = await scoreLabs(finished, { graders, ...(sample === undefined ? {} : { sample }) }, io);
  if (misses.length === 0) return 0;
  sayMisses(misses, io);
  return 1;
}

/** What the check has found about a lab, in sentences without its name. */
interface LabState {
  readonly lab: CourseLab;
  /** The parts that every lab needs and this one does not have yet. */
  readonly missing: readonly string[];
  /** The parts that exist and are wrong. */
  readonly broken: readonly string[];
}

function sayUnfinished({ lab, missing }: LabState, io: Io): void {
  const all = [...missing, ...askedOfNewLabs(lab)].map((what) => `  · ${what}\n`);
  const done = `Nothing that a program sees is missing. Take «unfinished: true» out of harness/course/${lab.slug}/lab.ts.`;
  const head = paint(io.page, 'strong', `unfinished: ${lab.slug}`);
  io.out(`\n${head}, which learners don’t see. ${all.length === 0 ? `${done}\n` : `Missing:\n${all.join('')}`}`);
}

interface How {
  readonly graders: Graders;
  /** Wrong fixes are explored to the end, too. */
  readonly full: boolean;
  /** `labs/` must equal the starters, too. */
  readonly pristine: boolean;
}

/** This many random schedules catch most wrong fixes. A wrong fix that passes them is explored to the end. */
const QUICK_SCHEDULES = 200;

/** The lab with a short exploration: of the scenario of the check that must catch the wrong fix. */
function quick(lab: Lab, caughtBy: string | undefined): Lab {
  const catching = lab.checks.find(({ id }) => id === caughtBy)?.scenario ?? lab.scenarios[0]?.name;
  const checks = lab.checks.filter(({ scenario }) => scenario === catching);
  const scenarios = lab.scenarios
    .filter(({ name }) => name === catching)
    .map((scenario) => {
      if (scenario.plan.mode !== 'exhaustive') return scenario;
      return { ...scenario, plan: { mode: 'sampled', schedules: QUICK_SCHEDULES, seed: 42 } as const };
    });
  return { ...lab, checks, scenarios };
}

async function gradeCase(lab: Lab, item: Case, { graders, full }: How): Promise<LabResult> {
  if (item.kind === 'mutant' && !full) {
    const result = await graders.grade(quick(lab, item.caughtBy), item.files);
    if (wrongWith(item, result, guardsOf(lab)) === null) return result;
  }
  return graders.grade(lab, item.files);
}

async function checkLab(lab: CourseLab, how: How, io: Io): Promise<LabState> {
  const { cases, problems, absent } = await casesOf(lab);
  const width = Math.max(0, ...cases.map(({ name }) => name.length));
  const results: LabResult[] = [];
  const complaintsAbout = await readResultSchema();
  const missing = [...(await missingFrom(lab)), ...absent];
  const broken = [...(how.pristine ? await differencesFromStarter(lab) : []), ...problems];
  io.out(`${paint(io.page, 'strong', lab.slug)}\n`);
  const graded = how.graders.each(cases, (item) => gradeCase(lab, item, how));
  for (const [at, item] of cases.entries()) {
    const result = await graded[at];
    invariant(result !== undefined, 'every case is graded');
    const wrong = wrongWith(item, result, guardsOf(lab));
    results.push(result);
    broken.push(...complaintsAbout(result).map((what) => `the result of ${item.name} breaks its JSON Schema: ${what}`));
    if (wrong !== null) (isYetToBeDone(item, result) ? missing : broken).push(wrong);
    io.out(`${row(item, result, wrong, width, io)}\n`);
  }
  return {
    lab,
    missing: [...new Set([...missing, ...withoutHints(lab, results), ...neverShown(lab, results)])],
    broken,
  };
}

function row({ name, kind, caughtBy }: Case, result: LabResult, wrong: string | null, width: number, io: Io): string {
  const sign = wrong === null ? paint(io.page, 'held', '✓') : paint(io.page, 'broken', '✗');
  const failed = result.checks.find(({ id, status }) => status === 'fail' && (kind !== 'mutant' || id === caughtBy));
  const explored = Math.max(0, ...result.checks.map(({ exploration }) => exploration?.explored ?? 0));
  const what = result.outcome === 'pass' ? 'holds' : failed === undefined ? result.outcome : `fails ${failed.id}`;
  const numbers = `${thousands(explored)} explored, ${duration(result.durationMs)}`;
  return `  ${sign} ${pad(name, width)}  ${pad(what, 26)}  ${paint(io.page, 'context', numbers)}`;
}
