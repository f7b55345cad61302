/**
 * What every lab must have, as far as a program can check: in its definition, in its folders, on its page.
 *
 * Reads files. It grades nothing; cases.ts has the required results of starters, solutions and wrong fixes.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CourseLab } from '../../course/kit/definition.ts';
import type { LabResult } from '../../grader/result.ts';
import { cloneRoot, courseFolder, labFolder, starterFolder } from '../clone.ts';
import { readLabTree } from '../keeping/lab-tree.ts';
import { missingOnPage } from './lesson-page.ts';
import { missingInDefinition } from './requirements.ts';

/** Sentences about what is missing, without the lab's name; empty if the lab is complete. */
export async function missingFrom(lab: CourseLab): Promise<readonly string[]> {
  return [
    ...(await missingInStarter(lab)),
    ...missingInDefinition(lab),
    ...(await missingFiles(lab)),
    ...(await missingOnPage(lab)),
  ];
}

async function missingInStarter(lab: CourseLab): Promise<readonly string[]> {
  const starter = starterFolder(lab.slug);
  const readme = await read(join(starter, 'README.md'));
  const sources = await Promise.all(lab.editable.map((path) => read(join(starter, path))));
  const all = sources.join('\n');
  const unmarked = lab.tasks.filter(({ number }) => !new RegExp(`TODO \\(task ${number}\\)`).test(all));
  const worth = [...lab.checks, ...(lab.templateChecks ?? [])].filter(({ points }) => points > 0);
  return [
    ...(readme.trim() === ''
      ? ['the starter has no README.md']
      : worth
          .filter(({ id }) => !readme.includes(`\`${id}\``))
          .map(({ id }) => `the starter’s README.md does not say what \`${id}\` asks`)),
    ...unmarked.map(({ number }) => `no TODO marks task ${number} in the starter`),
  ];
}

async function missingFiles({ slug, puzzle }: CourseLab): Promise<readonly string[]> {
  const own = [...((await readLabTree(courseFolder(slug))) ?? new Map<string, string>()).keys()];
  const learners = await read(join(labFolder(slug), 'package.json'));
  const lesson = `site/test/browser/lessons/${slug}.ts`;
  return [
    ...(learners.includes(`lab ${slug}"`) ? [] : [`labs/${slug} has no package.json whose test grades this lab`]),
    ...(own.some((path) => path.endsWith('.test.ts')) ? [] : ['no test holds what its checks say']),
    ...(own.includes('costs.ts') ? [] : [`no cost table (harness/course/${slug}/costs.ts)`]),
    ...(puzzle !== 'by-hand' || own.includes('puzzle/puzzle.ts')
      ? []
      : [`no puzzle (harness/course/${slug}/puzzle/puzzle.ts), and the lab says that it has one`]),
    ...((await read(join(cloneRoot(), lesson))) === ''
      ? [`${lesson} does not say what the test of its page looks for`]
      : []),
  ];
}

/** The kinds of failure that occurred and have no hints. */
export function withoutHints(lab: CourseLab, results: readonly LabResult[]): readonly string[] {
  const known = new Set(lab.hints.map(({ id }) => id));
  const seen = new Set(results.flatMap(({ checks }) => checks.flatMap(({ hintId }) => hintId ?? [])));
  return [...seen].filter((id) => !known.has(id)).map((id) => `no hints for the failure «${id}»`);
}

/**
 * The kinds of failure that a check can name and no wrong answer shows: perhaps the check can't fail that way. A check of kind reach names
 * a danger that was not met, which most wrong answers meet.
 */
export function neverShown(lab: CourseLab, results: readonly LabResult[]): readonly string[] {
  const seen = new Set(results.flatMap(({ checks }) => checks.flatMap(({ hintId }) => hintId ?? [])));
  const judged = lab.checks
    .filter(({ kind }) => kind !== 'reach')
    .flatMap(({ id }) => lab.failuresByCheck[id] ?? [])
    .concat((lab.templateChecks ?? []).map(({ hintId }) => hintId));
  const failed = new Set(
    results.flatMap(({ checks }) => checks.flatMap(({ id, status }) => (status === 'fail' ? [id] : []))),
  );
  const held = [...lab.checks.filter(({ kind }) => kind !== 'reach'), ...(lab.templateChecks ?? [])];
  return [
    ...held.filter(({ id }) => !failed.has(id)).map(({ id }) => `no wrong answer fails ${id}`),
    ...[...new Set(judged)].filter((id) => !seen.has(id)).map((id) => `no wrong answer shows the failure «${id}»`),
  ];
}

/** The paths at which a learner's folder differs from the starter. */
export async function differencesFromStarter(lab: CourseLab): Promise<readonly string[]> {
  const paths = [...lab.editable, 'README.md'];
  const different: string[] = [];
  for (const path of paths) {
    const [given, own] = await Promise.all([
      read(join(starterFolder(lab.slug), path)),
      read(join(labFolder(lab.slug), path)),
    ]);
    if (given !== own) different.push(`labs/${lab.slug}/${path} differs from the starter`);
  }
  return different;
}

async function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
