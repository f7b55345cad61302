/**
 * The cases of the course check: for each lab the starter, handlers that do no work, the solution, other right answers and every wrong
 * fix, with their required results.
 *
 * Reads the clone's own files and judges finished results. It runs nothing.
 */

import type { Lab } from '../../course/lab.ts';
import type { LabResult } from '../../grader/result.ts';
import { count, list } from '../../words/phrases.ts';
import { answerFolder, mutantFolder, solutionFolder, starterFolder } from '../clone.ts';
import { readLearnerFiles } from '../learner-files.ts';

export type CaseKind = 'starter' | 'idle' | 'solution' | 'answer' | 'mutant';

export interface Case {
  readonly kind: CaseKind;
  /** «starter», «solution», or the name of another answer or of a mutant. */
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  /** For a mutant: the check that must fail. */
  readonly caughtBy?: string;
}

/** The readable cases of a lab, and sentences about those that are unreadable or missing. */
export interface CasesOfLab {
  readonly cases: readonly Case[];
  readonly problems: readonly string[];
  /** Folders that don't exist. */
  readonly absent: readonly string[];
}

/** Reads the cases of a lab. */
export async function casesOf(lab: Lab): Promise<CasesOfLab> {
  const starter = await folder(lab, starterFolder(lab.slug), `harness/course/${lab.slug}/starter`);
  const solution = await folder(lab, solutionFolder(lab.slug), `solutions/${lab.slug}`);
  const problems = [starter, solution].flatMap((read) => (read.kind === 'problem' ? [read.says] : []));
  const absent = [starter, solution].flatMap((read) => (read.kind === 'absent' ? [read.says] : []));
  const given = starter.kind === 'read' ? [{ kind: 'starter', name: 'starter', files: starter.files } as const] : [];
  const idle = given.flatMap(({ files }) => idleCases(files));
  if (starter.kind === 'read' && idle.length === 0)
    problems.push(`no file of ${lab.slug}’s starter exports a handler.`);
  if (solution.kind !== 'read') return { cases: [...given, ...idle], problems, absent };
  const answers: Case[] = [];
  for (const { name } of lab.otherAnswers ?? []) {
    const changed = await overlay(lab, solution.files, answerFolder(lab.slug, name));
    if (changed === null) problems.push(`the other answer «${name}» of ${lab.slug} changes no file.`);
    else answers.push({ kind: 'answer', name, files: changed });
  }
  const mutants: Case[] = [];
  for (const { name, caughtBy } of lab.mutants) {
    const changed = await overlay(lab, solution.files, mutantFolder(lab.slug, name));
    if (changed === null) problems.push(`the mutant «${name}» of ${lab.slug} changes no file.`);
    else mutants.push({ kind: 'mutant', name, files: changed, caughtBy });
  }
  const solved = { kind: 'solution', name: 'solution', files: solution.files } as const;
  return { cases: [...given, ...idle, solved, ...answers, ...mutants], problems, absent };
}

/** Handlers that do no work. Queues call the first one's answer a success, everybody calls the second one's a failure. */
const IDLE: Readonly<Record<string, string>> = {
  'does-nothing': 'export const handler = async () => ({ batchItemFailures: [] });\n',
  'only-throws': "export const handler = async () => {\n  throw new Error('not today');\n};\n",
};

/** The starter, with every handler replaced by one that does no work. */
function idleCases(starter: ReadonlyMap<string, string>): readonly Case[] {
  const isHandler = (text: string): boolean => /\bexport\s+(const|async function|function)\s+handler\b/.test(text);
  if (![...starter.values()].some(isHandler)) return [];
  return Object.entries(IDLE).map(([name, idle]) => ({
    kind: 'idle',
    name,
    files: new Map([...starter].map(([path, text]) => [path, isHandler(text) ? idle : text])),
  }));
}

type Folder =
  | { readonly kind: 'read'; readonly files: ReadonlyMap<string, string> }
  | { readonly kind: 'problem' | 'absent'; readonly says: string };

async function folder(lab: Lab, path: string, shown: string): Promise<Folder> {
  const read = await readLearnerFiles(lab, path, shown);
  if (read === null) return { kind: 'absent', says: `${shown} is missing.` };
  return read.kind === 'read' ? read : { kind: 'problem', says: read.message };
}

/** The solution with a mutant's files in place of its own; null if the mutant has no files, or the same ones. */
async function overlay(
  lab: Lab,
  solution: ReadonlyMap<string, string>,
  path: string,
): Promise<ReadonlyMap<string, string> | null> {
  const files = new Map(solution);
  let changed = false;
  for (const file of lab.editable) {
    const read = await readLearnerFiles({ ...lab, editable: [file] }, path, path);
    const text = read?.kind === 'read' ? read.files.get(file) : undefined;
    if (text === undefined || text === solution.get(file)) continue;
    files.set(file, text);
    changed = true;
  }
  return changed ? files : null;
}

/** What is wrong with the result of a case; null if it is as required. */
export function wrongWith(
  { kind, name, caughtBy }: Case,
  result: LabResult,
  guards: ReadonlySet<string>,
): string | null {
  const failed = result.checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
  if (result.outcome !== 'pass' && failed.length === 0)
    return `${name} could not be judged: ${result.message ?? result.outcome}`;
  switch (kind) {
    case 'solution':
    case 'answer':
      return result.outcome === 'pass' ? null : `${kind === 'answer' ? name : 'the solution'} fails ${list(failed)}`;
    case 'idle':
      return result.score.earned === 0 ? null : `${name} earns ${worth(result)}, for no work`;
    case 'starter': {
      if (result.outcome !== 'fail') return 'the starter passes; it must fail by a check';
      if (result.score.earned > 0) return `the starter earns ${worth(result)}: each check that it passes is a guard`;
      const open = result.checks.filter(({ id, status }) => guards.has(id) && status !== 'pass').map(({ id }) => id);
      if (open.length > 0) return `the starter fails ${list(open)}, which can’t be a guard`;
      const held = [...new Set(result.checks.map(({ task }) => task))].filter(
        (task) => !result.checks.some((check) => check.task === task && check.status === 'fail'),
      );
      return held.length === 0 ? null : `the starter fails no check of ${list(held.map((task) => `task ${task}`))}`;
    }
    case 'mutant':
      if (failed.length === 0) return `${name} passes; ${caughtBy} must catch it`;
      return failed.includes(caughtBy ?? '') ? null : `${name} fails ${list(failed)}, but not ${caughtBy}`;
  }
}

/** «every-bump-counts: 3 points» */
function worth({ checks }: LabResult): string {
  return list(checks.filter(({ points }) => points > 0).map(({ id, points }) => `${count(points, 'point')} for ${id}`));
}

/** Whether the problem is only unfinished work of the author's: a starter that can be judged and passes too much. */
export function isYetToBeDone({ kind }: Case, { outcome, checks }: LabResult): boolean {
  return kind === 'starter' && (outcome === 'pass' || checks.some(({ status }) => status === 'fail'));
}
