/**
 * A learner's files beside the solution's, as a unified diff for each file that differs.
 *
 * Who may see it is decided elsewhere: it names the answer.
 */

import { join } from 'node:path';
import type { Lab } from '../../course/lab.ts';
import type { Clone } from '../clone.ts';
import { readLabTree, readOwnFiles } from '../keeping/lab-tree.ts';
import { unifiedDiff } from './unified.ts';

export interface ComparedFile {
  /** Relative to the lab's folder. */
  readonly path: string;
  /** Lines of a unified diff from the learner's file to the solution's; empty if they are equal. */
  readonly lines: readonly string[];
}

/** Each of the lab's editable files. A file of the learner's that is missing or no text counts as empty. */
export async function comparedWithSolution(lab: Lab, clone: Clone): Promise<readonly ComparedFile[]> {
  const solution = (await readLabTree(join(clone.root, 'solutions', lab.slug))) ?? new Map<string, string>();
  const own = await readOwnFiles(clone.lab(lab.slug), lab.slug, lab.editable);
  return lab.editable.map((path) => {
    const file = own.get(path);
    const mine = { name: `labs/${lab.slug}/${path}`, text: file?.kind === 'text' ? file.text : '' };
    const theirs = { name: `solutions/${lab.slug}/${path}`, text: solution.get(path) ?? '' };
    return { path, lines: unifiedDiff(mine, theirs) };
  });
}
