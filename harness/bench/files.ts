/**
 * Reads the learner's files of a lab, for benchmarks: those of its solution, or of another folder.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Lab } from '../course/lab.ts';

/** The files by their paths in the lab; `folder` is relative to this file. */
export function labFilesIn({ editable }: Pick<Lab, 'editable'>, folder: string): ReadonlyMap<string, string> {
  const root = fileURLToPath(new URL(`${folder}/`, import.meta.url));
  return new Map(editable.map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]));
}

/** The files of the lab's solution. */
export function filesOfSolution(lab: Pick<Lab, 'slug' | 'editable'>): ReadonlyMap<string, string> {
  return labFilesIn(lab, `../../solutions/${lab.slug}`);
}
