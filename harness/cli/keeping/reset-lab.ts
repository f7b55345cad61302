/**
 * Puts a lab's starter back, after it has copied the learner's work.
 *
 * The commands `reset` and `learn` use it. Files that the starter does not have stay where they are.
 */

import { UsageError } from '../arguments.ts';
import type { Clone } from '../clone.ts';
import { rememberBeginning } from './beginnings.ts';
import { keepCopy } from './copies.ts';
import { checkWritable, readOwnFiles, readStarter, replaceFile } from './lab-tree.ts';

export interface ResetPlan {
  readonly slug: string;
  /** The paths where the learner's file differs from the starter's, with the starter's text. */
  readonly replaced: ReadonlyMap<string, string>;
}

/** What a reset would replace. Changes nothing yet. */
export async function planReset(clone: Clone, slug: string): Promise<ResetPlan> {
  const starter = await readStarter(clone.starter(slug), slug);
  const own = await readOwnFiles(clone.lab(slug), slug, starter.keys());
  const replaced = [...starter].filter(([path, text]) => {
    const file = own.get(path);
    return file?.kind !== 'text' || file.text !== text;
  });
  return { slug, replaced: new Map(replaced) };
}

/** Copies, then replaces. @returns the folder of the copy. Throws a {@link UsageError} that says how far it came. */
export async function resetLab(clone: Clone, { slug, replaced }: ResetPlan, now: Date): Promise<string> {
  await checkWritable(clone.lab(slug), `labs/${slug}`, replaced.keys());
  const copy = await keepCopy(clone, slug, now);
  for (const [path, text] of replaced) {
    await replaceFile(clone.lab(slug), path, text).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new UsageError(
        `labs/${slug}/${path} could not be replaced: ${why}. All of your work is in ${copy}. Mend that and run the command again.`,
      );
    });
  }
  await rememberBeginning(clone, slug, await readStarter(clone.starter(slug), slug));
  return copy;
}
