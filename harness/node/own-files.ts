/**
 * Finds the host's own scripts and the packages beside it, in the repository and in an installed package.
 *
 * In the repository its files are TypeScript below the clone; installed, they are JavaScript below `node_modules`.
 */

import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The extension of this package's own files: `.ts`, or `.js` if it was built. */
export const EXTENSION = extname(fileURLToPath(import.meta.url));

/** The folder that contains this package's folder. */
const AROUND = dirname(dirname(import.meta.dirname));

/** The folder of all packages: the one around this package if it is installed, or else the clone's. */
export const PACKAGES_FOLDER = basename(AROUND) === 'node_modules' ? AROUND : join(AROUND, 'node_modules');
