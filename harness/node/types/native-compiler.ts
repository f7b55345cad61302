/**
 * Finds TypeScript's native command: an executable for this system, which npm installs beside the package that names it.
 *
 * The version with which the editor, the site and the architecture test read types is another package (ADR 62).
 */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The path of the command; null where TypeScript has none for this system, or npm has left it out. */
export function nativeCompiler(): string | null {
  try {
    const typescript = createRequire(import.meta.url).resolve('typescript-native/package.json');
    const forThisSystem = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
    const folder = dirname(createRequire(typescript).resolve(forThisSystem));
    const command = join(folder, 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc');
    return existsSync(command) ? command : null;
  } catch {
    return null;
  }
}
