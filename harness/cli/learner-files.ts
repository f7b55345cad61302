/**
 * Reads a learner's submission: exactly the lab's editable files, from one folder.
 *
 * It reads only regular files at their real path, because a link could point at the solution and a pipe could wait forever. It
 * ignores everything else in the folder and writes nothing.
 */

import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../course/lab.ts';

/** An honest answer to a lab is never larger, in bytes. */
export const MOST_BYTES = 1_000_000;

export type LearnerFiles =
  | { readonly kind: 'read'; readonly files: ReadonlyMap<string, string> }
  /** A problem with one file, which becomes a finding. */
  | { readonly kind: 'finding'; readonly message: string };

/** Reads the lab's editable files from `folder`, which messages call `shown`. Null if the folder can't be read. */
export async function readLearnerFiles(lab: Lab, folder: string, shown: string): Promise<LearnerFiles | null> {
  const root = await realpath(folder).catch(() => null);
  if (root === null) return null;
  const files = new Map<string, string>();
  for (const path of lab.editable) {
    const read = await readOne(root, path);
    if (typeof read !== 'string') return { kind: 'finding', message: `${shown}/${path} ${read.problem}` };
    files.set(path, read);
  }
  return { kind: 'read', files };
}

/** One file below the real folder `root`, or what is wrong with it. */
export async function readOne(root: string, path: string): Promise<string | { readonly problem: string }> {
  const wanted = join(root, path);
  const real = await realpath(wanted).catch(() => null);
  if (real === null) return { problem: 'is missing. Put it back; the starter has a copy of it in harness/course.' };
  if (real !== wanted) return { problem: 'is a link, or lies behind one. Hand in the file itself.' };
  // Non-blocking, because opening a pipe would otherwise wait for a writer.
  const file = await open(wanted, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)).catch(
    () => null,
  );
  if (file === null) return { problem: 'can’t be read. Check its permissions.' };
  try {
    const { size } = await file.stat();
    if (!(await file.stat()).isFile()) return { problem: 'is not a file. Hand in a text file.' };
    if (size > MOST_BYTES) return { problem: `is ${Math.ceil(size / 1_000_000)} MB large. At most 1 MB is read.` };
    return decode(await file.readFile());
  } finally {
    await file.close();
  }
}

function decode(bytes: Uint8Array): string | { readonly problem: string } {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: 'is not text in UTF-8. Save it as UTF-8.' };
  }
}
