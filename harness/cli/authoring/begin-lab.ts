/**
 * Begins a lab: writes the skeleton's files under the new name, and adds the lab to the list and to the lockfile.
 *
 * It reads everything and makes all refusals before it writes anything. It changes no existing file except the two that gain
 * lines; if writing fails half-way, it removes what it wrote.
 */

import { lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../arguments.ts';
import { replaceFile, type Tree } from '../keeping/lab-tree.ts';
import { constantOf, identityOf } from './identity.ts';
import { withLab } from './list-of-labs.ts';
import { withWorkspace } from './lockfile.ts';
import { skeletonFor } from './skeleton.ts';

const LIST = 'harness/course/labs.ts';
const LOCKFILE = 'package-lock.json';

export interface BegunLab {
  readonly number: number;
  readonly title: string;
  /** New folders and files, relative to the clone. */
  readonly places: readonly string[];
  /** Files that gained lines. */
  readonly changed: readonly string[];
}

/** Begins the lab in the clone with this root. Throws a {@link UsageError}, and then nothing has changed. */
export async function beginLab(root: string, slug: string): Promise<BegunLab> {
  const lab = identityOf(slug);
  const places = placesOf(slug);
  for (const place of places) await mustBeFree(root, place, slug);
  const files = await skeletonFor(root, lab);
  const edits = await editsFor(root, slug, files);
  await write(root, files, edits, places);
  return { number: lab.number, title: lab.title, places, changed: [...edits.keys()] };
}

function placesOf(slug: string): readonly string[] {
  return [`harness/course/${slug}`, `labs/${slug}`, `solutions/${slug}`, `site/src/content/docs/labs/${slug}.mdx`];
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function mustBeFree(root: string, place: string, slug: string): Promise<void> {
  if (!(await isThere(join(root, place)))) return;
  throw new UsageError(`${place} is there already, so «${slug}» can’t begin anew. Take another name, or move it away.`);
}

interface Edit {
  readonly before: string;
  readonly after: string;
}

/** The files that gain lines, by path. */
async function editsFor(root: string, slug: string, files: Tree): Promise<ReadonlyMap<string, Edit>> {
  const packageJson = files.get(`labs/${slug}/package.json`) ?? '{}';
  const edits: readonly (readonly [string, (text: string) => string | null])[] = [
    [LIST, (text) => withLab(text, slug, constantOf(slug))],
    [LOCKFILE, (text) => withWorkspace(text, `labs/${slug}`, packageJson)],
  ];
  const changed = new Map<string, Edit>();
  for (const [path, edit] of edits) {
    const before = await readFile(join(root, path), 'utf8').catch(() => null);
    const after = before === null ? null : edit(before);
    if (before === null || after === null)
      throw new UsageError(`${path} is not as this command knows it. «git diff ${path}» shows what has changed.`);
    changed.set(path, { before, after });
  }
  return changed;
}

async function write(
  root: string,
  files: Tree,
  edits: ReadonlyMap<string, Edit>,
  places: readonly string[],
): Promise<void> {
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text, { flag: 'wx' });
    }
    for (const [path, { after }] of edits) await replaceFile(root, path, after);
  } catch (error) {
    for (const place of places) if (await isThere(join(root, place))) await rm(join(root, place), { recursive: true });
    for (const [path, { before }] of edits) await replaceFile(root, path, before).catch(() => undefined);
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `The lab could not be written: ${why}. What was written is gone again. Mend that, and try again.`,
    );
  }
}
