/**
 * Installs the oracles as this folder's lockfile pins them. Does nothing if they are there.
 */

import { ensureInstalled } from '../bin/install.mjs';
import { say } from '../bin/node24.mjs';

const problem = await ensureInstalled(import.meta.dirname);
if (problem !== null) {
  say(problem);
  process.exitCode = 1;
}
