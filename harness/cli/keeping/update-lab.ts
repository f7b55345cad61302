/**
 * Merges a new starter into a lab that a learner has changed: a three-way merge, file by file.
 *
 * A file that conflicts with the new starter stays entirely the learner's, and the starter's version is put beside it. No file
 * is ever half merged. A dated copy keeps the files as they were.
 */

import { UsageError } from '../arguments.ts';
import type { Clone } from '../clone.ts';
import { linesOf } from '../compare/lines.ts';
import { type MergeConflict, mergeThree } from '../compare/merge.ts';
import { beginningOf, rememberBeginning } from './beginnings.ts';
import { keepCopy } from './copies.ts';
import { checkWritable, type OwnFile, readOwnFiles, readStarter, replaceFile, type Tree } from './lab-tree.ts';

/** Appended to the name of a starter's file that is put beside the learner's own. */
export const BESIDE = '.new-starter';

export type FileUpdate =
  /** The learner had not changed the file, or did not have it. */
  | { readonly kind: 'taken'; readonly path: string; readonly text: string; readonly isNew: boolean }
  | { readonly kind: 'merged'; readonly path: string; readonly text: string }
  | {
      readonly kind: 'conflict';
      readonly path: string;
      readonly text: string;
      readonly conflicts: readonly MergeConflict[];
    }
  /** Not a text of the learner's own. It is not changed. */
  | { readonly kind: 'odd'; readonly path: string; readonly text: string; readonly problem: string };

export type LabUpdate =
  | { readonly kind: 'current' }
  /** It is unknown which starter the learner began with, and these files differ from the current one. */
  | { readonly kind: 'beginning-unknown'; readonly files: readonly string[] }
  | { readonly kind: 'updated'; readonly files: readonly FileUpdate[]; readonly copy: string };

/** Updates one lab. Throws a {@link UsageError} if nothing could be done. */
export async function updateLab(clone: Clone, slug: string, now: Date): Promise<LabUpdate> {
  const starter = await readStarter(clone.starter(slug), slug);
  const own = await readOwnFiles(clone.lab(slug), slug, starter.keys());
  refuseUnfinishedMerge(slug, own);
  const texts: Tree = new Map([...own].flatMap(([path, file]) => (file.kind === 'text' ? [[path, file.text]] : [])));
  const beginning = await beginningOf(clone, slug, texts);
  if (beginning === null) return withoutBeginning(clone, slug, starter, own);
  const files = [...starter].flatMap(([path, text]) => updateOf(path, beginning.get(path), own.get(path), text));
  if (files.length === 0) {
    await rememberBeginning(clone, slug, starter);
    return { kind: 'current' };
  }
  const copy = await write(clone, slug, files, now);
  await rememberBeginning(clone, slug, starter);
  return { kind: 'updated', files, copy };
}

function updateOf(
  path: string,
  base: string | undefined,
  own: OwnFile | undefined,
  starter: string,
): readonly FileUpdate[] {
  if (base === starter) return [];
  if (own === undefined || own.kind === 'missing') {
    // A learner who deleted a file of the old starter has their reasons. A file that is new in this starter they have never
    // seen.
    return base === undefined ? [{ kind: 'taken', path, text: starter, isNew: true }] : [];
  }
  if (own.kind === 'odd') return [{ kind: 'odd', path, text: starter, problem: own.problem }];
  if (own.text === starter) return [];
  if (own.text === base) return [{ kind: 'taken', path, text: starter, isNew: false }];
  const merged = mergeThree(base ?? '', own.text, starter);
  if (merged.kind === 'conflicts') return [{ kind: 'conflict', path, text: starter, conflicts: merged.conflicts }];
  return merged.text === own.text ? [] : [{ kind: 'merged', path, text: merged.text }];
}

async function withoutBeginning(
  clone: Clone,
  slug: string,
  starter: Tree,
  own: ReadonlyMap<string, OwnFile>,
): Promise<LabUpdate> {
  const different = [...starter].flatMap(([path, text]) => {
    const file = own.get(path);
    return file?.kind === 'text' && file.text === text ? [] : [path];
  });
  if (different.length > 0) return { kind: 'beginning-unknown', files: different };
  await rememberBeginning(clone, slug, starter);
  return { kind: 'current' };
}

async function write(clone: Clone, slug: string, files: readonly FileUpdate[], now: Date): Promise<string> {
  const folder = clone.lab(slug);
  const writes = files.map(({ kind, path, text }) => ({
    path: kind === 'conflict' || kind === 'odd' ? `${path}${BESIDE}` : path,
    text,
  }));
  await checkWritable(
    folder,
    `labs/${slug}`,
    writes.map(({ path }) => path),
  );
  const copy = await keepCopy(clone, slug, now);
  for (const { path, text } of writes) {
    await replaceFile(folder, path, text).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new UsageError(
        `labs/${slug}/${path} could not be written: ${why}. All of your work is in ${copy}. Mend that and run the command again.`,
      );
    });
  }
  return copy;
}

/** If git has left its own markers, a merge is in progress that is not ours. */
function refuseUnfinishedMerge(slug: string, own: ReadonlyMap<string, OwnFile>): void {
  for (const [path, file] of own) {
    const lines = file.kind === 'text' ? linesOf(file.text) : [];
    const line = lines.findIndex((text) => text.startsWith('<<<<<<< '));
    if (line < 0 || !lines.some((text) => text.startsWith('>>>>>>> '))) continue;
    throw new UsageError(
      `labs/${slug}/${path}:${line + 1} — git has left the marks of a merge here. Finish it, then run the command again; nothing was changed.`,
    );
  }
}
