/**
 * Where things lie in the clone, seen from this file and not from the current folder.
 *
 * Says where the harness may write, too: one cache folder, and nothing else in the clone.
 */

import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** The folder of the clone. */
export function cloneRoot(): string {
  return ROOT;
}

/** Where a learner edits a lab. */
export function labFolder(slug: string): string {
  return join(ROOT, 'labs', slug);
}

/** The lab as a fresh clone has it. */
export function starterFolder(slug: string): string {
  return join(ROOT, 'harness', 'course', slug, 'starter');
}

export function mutantFolder(slug: string, mutant: string): string {
  return join(ROOT, 'harness', 'course', slug, 'mutants', mutant);
}

export function solutionFolder(slug: string): string {
  return join(ROOT, 'solutions', slug);
}

export function siteFolder(): string {
  return join(ROOT, 'site');
}

/** The only place in the clone that the harness writes to, besides site/dist. */
export function cacheFolder(): string {
  return join(ROOT, 'node_modules', '.cache', 'raceproof');
}
