/**
 * Where the host finds its own scripts and the packages beside it: in the repository, and installed as a package.
 *
 * In the repository its files are TypeScript below the clone; installed, they are JavaScript below `node_modules`.
 */

import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of this package's own files: `.ts`, or `.js` where it was built. */
export const EXTENSION = extname(fileURLToPath(import.meta.url));

/** The folder that this package's folder lies in. */
const AROUND = dirname(dirname(import.meta.dirname));

/** The folder of all packages: the one around this package if it is installed, else the clone's. */
export const PACKAGES_FOLDER = basename(AROUND) === 'node_modules' ? AROUND : join(AROUND, 'node_modules');
