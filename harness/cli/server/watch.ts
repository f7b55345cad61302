/**
 * Reports when a learner has saved a lab's file.
 *
 * It polls several times a second, dates and sizes first. File system events would be faster, but Node loses files that an
 * editor replaces instead of rewriting, and network drives send no events. It reports only changed content, once per save, when
 * the files have stopped changing.
 */

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../../course/lab.ts';

/** Editors write a file in several steps, so it is read only after two polls found the same. */
const LOOK_EVERY_MS = 150;

export interface Watching {
  close(): void;
}

interface Watched {
  readonly lab: Lab;
  /** The content that was last reported. */
  content: string;
  /** Dates and sizes at the last poll. */
  seen: string;
  /** The dates and sizes that belong to `content`. */
  settled: string;
}

/** Calls `changed` with each lab whose editable files below `folder/<slug>` have new content. */
export async function watchLabs(folder: string, labs: readonly Lab[], changed: (lab: Lab) => void): Promise<Watching> {
  const watched = await Promise.all(labs.map((lab) => begin(folder, lab)));
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const lookAgain = (): void => {
    timer = setTimeout(async () => {
      for (const one of watched) if ((await hasChanged(folder, one)) && !closed) changed(one.lab);
      if (!closed) lookAgain();
    }, LOOK_EVERY_MS);
  };
  lookAgain();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

async function begin(folder: string, lab: Lab): Promise<Watched> {
  const outside = await datesAndSizes(folder, lab);
  return { lab, content: await fingerprint(folder, lab), seen: outside, settled: outside };
}

async function hasChanged(folder: string, watched: Watched): Promise<boolean> {
  const { lab } = watched;
  const outside = await datesAndSizes(folder, lab);
  const atRest = outside === watched.seen;
  watched.seen = outside;
  if (!atRest || outside === watched.settled) return false;
  watched.settled = outside;
  const content = await fingerprint(folder, lab);
  if (content === watched.content) return false;
  watched.content = content;
  return true;
}

async function datesAndSizes(folder: string, lab: Lab): Promise<string> {
  const found = lab.editable.map(async (path) => {
    const about = await stat(join(folder, lab.slug, path), { bigint: true }).catch(() => null);
    return about === null ? 'missing' : `${about.ino} ${about.size} ${about.mtimeNs}`;
  });
  return (await Promise.all(found)).join('\n');
}

async function fingerprint(folder: string, lab: Lab): Promise<string> {
  const hash = createHash('sha256');
  for (const path of lab.editable) {
    const text = await readFile(join(folder, lab.slug, path)).catch(() => 'missing');
    hash.update(`${path}\0`).update(text).update('\0');
  }
  return hash.digest('hex');
}
