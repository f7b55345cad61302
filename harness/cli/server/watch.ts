/**
 * Tells when a learner has saved a lab's file.
 *
 * Listens to the file system where that works and looks every second where it does not (network drives, some
 * containers). Tells only of changed content, once per save, however an editor writes.
 */

import { createHash } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Lab } from '../../course/lab.ts';

/** Editors write a file in several moves. */
const SETTLE_MS = 120;
const LOOK_EVERY_MS = 1_000;

export interface Watching {
  close(): void;
}

/** Calls `changed` with a lab whose editable files below `folder/<slug>` have other content than before. */
export async function watchLabs(folder: string, labs: readonly Lab[], changed: (lab: Lab) => void): Promise<Watching> {
  const known = new Map<string, string>();
  for (const lab of labs) known.set(lab.slug, await fingerprint(folder, lab));
  const pending = new Map<string, NodeJS.Timeout>();
  const look = async (lab: Lab): Promise<void> => {
    const now = await fingerprint(folder, lab);
    if (now === known.get(lab.slug)) return;
    known.set(lab.slug, now);
    changed(lab);
  };
  const soon = (lab: Lab): void => {
    clearTimeout(pending.get(lab.slug));
    pending.set(
      lab.slug,
      setTimeout(() => void look(lab), SETTLE_MS),
    );
  };
  const watcher = listen(folder, (path) => {
    for (const lab of labs) if (path === null || path.split(sep)[0] === lab.slug) soon(lab);
  });
  const looking =
    watcher === null ? setInterval(() => labs.forEach((lab) => void look(lab)), LOOK_EVERY_MS) : undefined;
  return {
    close() {
      watcher?.close();
      clearInterval(looking);
      for (const timer of pending.values()) clearTimeout(timer);
    },
  };
}

function listen(folder: string, heard: (path: string | null) => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { recursive: true }, (_kind, path) => heard(path));
    watcher.on('error', () => undefined);
    return watcher;
  } catch {
    return null;
  }
}

async function fingerprint(folder: string, lab: Lab): Promise<string> {
  const hash = createHash('sha256');
  for (const path of lab.editable) {
    const text = await readFile(join(folder, lab.slug, path)).catch(() => '');
    hash.update(`${path}\0`).update(text).update('\0');
  }
  return hash.digest('hex');
}
