/**
 * The cases of the course check: for each lab the starter, the solution, other right answers and every wrong fix, with their
 * required results.
 *
 * Reads the clone's own files and judges finished results. It runs nothing.
 */

import type { Lab } from '../../course/lab.ts';
import type { LabResult } from '../../grader/result.ts';
import { list } from '../../words/phrases.ts';
import { answerFolder, mutantFolder, solutionFolder, starterFolder } from '../clone.ts';
import { readLearnerFiles } from '../learner-files.ts';

export type CaseKind = 'starter' | 'solution' | 'answer' | 'mutant';

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
  const given: Case[] = starter.kind === 'read' ? [{ kind: 'starter', name: 'starter', files: starter.files }] : [];
  if (solution.kind !== 'read') return { cases: given, problems, absent };
  given.push({ kind: 'solution', name: 'solution', files: solution.files });
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
  return { cases: [...given, ...answers, ...mutants], problems, absent };
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
export function wrongWith({ kind, name, caughtBy }: Case, result: LabResult): string | null {
  const failed = result.checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
  if (result.outcome !== 'pass' && failed.length === 0)
    return `${name} could not be judged: ${result.message ?? result.outcome}`;
  switch (kind) {
    case 'solution':
    case 'answer':
      return result.outcome === 'pass' ? null : `${kind === 'answer' ? name : 'the solution'} fails ${list(failed)}`;
    case 'starter': {
      if (result.outcome !== 'fail') return 'the starter passes; it must fail by a check';
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

/** Whether the problem is only unfinished work of the author's: a starter that can be judged and passes too much. */
export function isYetToBeDone({ kind }: Case, { outcome, checks }: LabResult): boolean {
  return kind === 'starter' && (outcome === 'pass' || checks.some(({ status }) => status === 'fail'));
}
