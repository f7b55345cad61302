/**
 * The right answers of a lab, with the code that differs from its starter: the solution, then the other designs that pass.
 *
 * They are read at build time from the folders that the course's own tests grade.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import type { Lab } from '../../harness/course/lab.ts';

export interface Answer {
  /** For links on the page. */
  readonly id: string;
  readonly title: string;
  readonly design?: string;
  /** In the clone: `solutions/dedupe`. */
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly code: string }[];
}

/** Astro runs in the site's folder. */
const ROOT = join(process.cwd(), '..');

/** The solution first. */
export function answersOf({ slug, otherAnswers = [] }: Pick<Lab, 'slug' | 'otherAnswers'>): readonly Answer[] {
  const solution = `solutions/${slug}`;
  return [
    { id: 'solution', title: 'The solution', folder: solution, files: filesOf(slug, solution) },
    ...otherAnswers.map(({ name, design }): Answer => {
      const folder = `harness/course/${slug}/other-answers/${name}`;
      return { id: name, title: titled(name), design, folder, files: filesOf(slug, folder) };
    }),
  ];
}

/** «no-clock-no-transaction» → «No clock, no transaction». */
function titled(name: string): string {
  const words = name.replaceAll('-no-', ', no ').replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** The files below a folder that differ from the starter's, by path. */
function filesOf(slug: string, folder: string): Answer['files'] {
  const root = join(ROOT, folder);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
    .map((path) => ({ path, code: readFileSync(join(root, path), 'utf8') }))
    .filter(({ path, code }) => code !== starterText(slug, path))
    .map(({ path, code }) => ({ path, code: code.trimEnd() }));
}

function starterText(slug: string, path: string): string | null {
  try {
    return readFileSync(join(ROOT, 'harness', 'course', slug, 'starter', path), 'utf8');
  } catch {
    return null;
  }
}
