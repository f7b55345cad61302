/**
 * What every lab must have besides code: a README, a task in the starter, hints for every kind of failure, and with
 * `--pristine` a learner's folder that equals the starter.
 *
 * Reads files and the lab's definition. It grades nothing.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../../course/lab.ts';
import type { LabResult } from '../../grader/result.ts';
import { labFolder, starterFolder } from '../clone.ts';

/** Sentences about what is missing; none if nothing is. */
export async function missingFrom(lab: Lab, pristine: boolean): Promise<readonly string[]> {
  return [...(await missingTexts(lab)), ...inconsistent(lab), ...(pristine ? await differences(lab) : [])];
}

async function missingTexts(lab: Lab): Promise<readonly string[]> {
  const starter = starterFolder(lab.slug);
  const readme = await read(join(starter, 'README.md'));
  const sources = await Promise.all(lab.editable.map((path) => read(join(starter, path))));
  const all = sources.join('\n');
  const unmarked = lab.tasks.filter(({ number }) => !new RegExp(`TODO \\(task ${number}\\)`).test(all));
  return [
    ...(readme.trim() === '' ? [`${lab.slug}: the starter has no README.md`] : []),
    ...unmarked.map(({ number }) => `${lab.slug}: no TODO marks task ${number} in the starter`),
  ];
}

function inconsistent(lab: Lab): readonly string[] {
  const checks = new Set([...lab.checks, ...(lab.templateChecks ?? [])].map(({ id }) => id));
  const scenarios = new Set(lab.scenarios.map(({ name }) => name));
  return [
    ...lab.mutants
      .filter(({ caughtBy }) => !checks.has(caughtBy))
      .map(({ name, caughtBy }) => `${lab.slug}: the mutant ${name} names a check ${caughtBy}, which does not exist`),
    ...lab.checks
      .filter(({ scenario }) => !scenarios.has(scenario))
      .map(({ id, scenario }) => `${lab.slug}: the check ${id} names a scenario ${scenario}, which does not exist`),
    ...(lab.mutants.length < 6 ? [`${lab.slug}: only ${lab.mutants.length} mutants; a lab has at least six`] : []),
  ];
}

/** Kinds of failure that occurred and have no hints. */
export function withoutHints(lab: Lab, results: readonly LabResult[]): readonly string[] {
  const known = new Set(lab.hints.map(({ id }) => id));
  const seen = new Set(results.flatMap(({ checks }) => checks.flatMap(({ hintId }) => hintId ?? [])));
  return [...seen].filter((id) => !known.has(id)).map((id) => `${lab.slug}: no hints for the failure «${id}»`);
}

async function differences(lab: Lab): Promise<readonly string[]> {
  const paths = [...lab.editable, 'README.md'];
  const different: string[] = [];
  for (const path of paths) {
    const [given, own] = await Promise.all([
      read(join(starterFolder(lab.slug), path)),
      read(join(labFolder(lab.slug), path)),
    ]);
    if (given !== own) different.push(`${lab.slug}: labs/${lab.slug}/${path} differs from the starter`);
  }
  return different;
}

async function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
