#!/usr/bin/env node
/**
 * The command `raceproof`: selects a Node 24 and passes its arguments to `cli/main.ts`.
 *
 * Plain JavaScript that Node 20 reads. It decides nothing about commands, and it never installs anything: `npm start` and `npm
 * test` do that.
 */

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT_UNGRADED, findNode24, nodeTooOld, runNode, say } from './node24.mjs';

const main = join(dirname(fileURLToPath(import.meta.url)), '..', 'cli', 'main.ts');
const found = findNode24();
const problem = nodeTooOld() ?? found.problem;
if (problem) say(problem);
process.exitCode = problem ? EXIT_UNGRADED : await runNode(found.path, [main, ...process.argv.slice(2)]);
