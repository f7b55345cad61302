/**
 * The folder in which a learner's files are checked: the files, settings of the course's own, and a link to the pinned packages.
 *
 * The learner's tsconfig is not read. The folder lies outside the clone, which may be read-only or open in an editor that looks at
 * every new file.
 */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { invariant } from '../../simulator/kernel/bug.ts';
import { PACKAGES_FOLDER } from '../own-files.ts';

const OPTIONS = {
  target: 'es2024',
  lib: ['es2024'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
};

export interface CheckedFolder {
  readonly path: string;
  /** Never throws: what can't be removed is left to the system's own cleaning. */
  remove(): void;
}

/**
 * Writes the files (path relative to the lab → text) into a new folder.
 * @throws what the file system throws where no such folder can be made
 */
export function makeCheckedFolder(texts: ReadonlyMap<string, string>): CheckedFolder {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'raceproof-types-'));
  const remove = (): void => {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // A virus scanner may hold a file open on Windows.
    }
  };
  try {
    fill(path, texts);
  } catch (error) {
    remove();
    throw error;
  }
  return { path, remove };
}

function fill(folder: string, texts: ReadonlyMap<string, string>): void {
  // A junction needs no rights on Windows; elsewhere it is a link like any other.
  symlinkSync(PACKAGES_FOLDER, join(folder, 'node_modules'), 'junction');
  for (const [path, text] of texts) {
    const file = join(folder, path);
    invariant(!relative(folder, file).startsWith('..'), `«${path}» is no path within a lab`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  const settings = { compilerOptions: OPTIONS, files: [...texts.keys()] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
}
