/**
 * The paths of the clone, relative to this file and not to the current folder.
 *
 * It also says where the harness may write: into a cache that can be deleted at any time, and into `.raceproof`, which belongs
 * to the learner. The harness writes into labs/ only on the commands reset and update.
 */

import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** The folders that commands for learners read and write. Tests use a clone of their own. */
export interface Clone {
  /** The folder in which a learner edits a lab. */
  lab(slug: string): string;
  /** The lab as a fresh clone has it. */
  starter(slug: string): string;
  /** What is kept for this learner: progress, hints shown, copies of their work. Never part of a commit. */
  readonly own: string;
  /** The cached explorations, which can be deleted at any time. */
  readonly explored: string;
  readonly root: string;
}

/** The clone with this root. */
export function cloneAt(root: string): Clone {
  return {
    root,
    own: join(root, '.raceproof'),
    explored: join(root, 'node_modules', '.cache', 'raceproof', 'explored'),
    lab: (slug) => join(root, 'labs', slug),
    starter: (slug) => join(root, 'harness', 'course', slug, 'starter'),
  };
}

/** The folder of the clone. */
export function cloneRoot(): string {
  return ROOT;
}

/** The folder in which a learner edits a lab. */
export function labFolder(slug: string): string {
  return join(ROOT, 'labs', slug);
}

/** The lab as a fresh clone has it. */
export function starterFolder(slug: string): string {
  return join(ROOT, 'harness', 'course', slug, 'starter');
}

/** The trusted side of a lab. */
export function courseFolder(slug: string): string {
  return join(ROOT, 'harness', 'course', slug);
}

export function mutantFolder(slug: string, mutant: string): string {
  return join(ROOT, 'harness', 'course', slug, 'mutants', mutant);
}

export function answerFolder(slug: string, answer: string): string {
  return join(ROOT, 'harness', 'course', slug, 'other-answers', answer);
}

export function solutionFolder(slug: string): string {
  return join(ROOT, 'solutions', slug);
}

export function siteFolder(): string {
  return join(ROOT, 'site');
}

/** The only folder of the clone into which the harness writes, besides site/dist. */
export function cacheFolder(): string {
  return join(ROOT, 'node_modules', '.cache', 'raceproof');
}
