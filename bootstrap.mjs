/**
 * The way in: `npm start`, `npm test`, `npm run build` and the rest all begin here.
 *
 * Checks the machine's Node, installs what the lockfile pins if it is not there yet, finds a Node 24, and runs the
 * command with it. Plain JavaScript that Node 20 reads, no dependencies, no shell. What a command does is not in here.
 */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './harness/bin/install.mjs';
import { EXIT_UNGRADED, findNode24, nodeTooOld, runNode, say } from './harness/bin/node24.mjs';

const ROOT = dirname(fileURLToPath(import.meta.url));
const SITE = join(ROOT, 'site');
const CLI = join(ROOT, 'harness', 'cli', 'main.ts');

const fromModules = (...path) => join(ROOT, 'node_modules', ...path);
const VITEST = fromModules('vitest', 'vitest.mjs');
const ASTRO = fromModules('astro', 'bin', 'astro.mjs');

/** What each command runs, in order, until one fails. `rest` is what follows the command on the line. */
const COMMANDS = {
  start: (rest) => [{ script: CLI, args: ['serve', ...rest] }],
  learn: (rest) => [{ script: CLI, args: ['learn', ...rest] }],
  lab: (rest) => [{ script: CLI, args: ['test', ...rest] }],
  course: (rest) => [{ script: CLI, args: ['course-check', ...rest] }],
  bench: (rest) => [{ script: join(ROOT, 'harness', 'bench', 'bench.ts'), args: rest }],
  pack: (rest) => [{ script: join(ROOT, 'harness', 'bin', 'pack.mjs'), args: rest, cwd: ROOT }],
  oracles: (rest) => [
    { script: join(ROOT, 'harness', 'oracles', 'install.mjs'), args: [] },
    {
      script: VITEST,
      args: ['run', '--config', join(ROOT, 'harness', 'oracles', 'vitest.config.ts'), ...rest],
      cwd: ROOT,
    },
  ],
  mutations: (rest) => [{ script: join(ROOT, 'harness', 'mutations', 'mutations.ts'), args: rest }],
  test: (rest) => [{ script: VITEST, args: ['run', ...rest], cwd: ROOT }],
  types: (rest) => [{ script: fromModules('typescript-native', 'bin', 'tsc'), args: ['-p', '.', ...rest], cwd: ROOT }],
  lint: (rest) => [{ script: fromModules('@biomejs', 'biome', 'bin', 'biome'), args: ['ci', ...rest], cwd: ROOT }],
  build: (rest) => [{ script: ASTRO, args: ['build', ...rest], cwd: SITE }],
  'check-site': (rest) => [{ script: ASTRO, args: ['check', ...rest], cwd: SITE }],
  'test-browser': (rest) => [{ script: join(SITE, 'test', 'browser', 'main.ts'), args: rest, cwd: SITE }],
  'test-commands': (rest) => [{ script: join(SITE, 'test', 'printed-commands.ts'), args: rest, cwd: SITE }],
  check: () => [...COMMANDS.types([]), ...COMMANDS.lint([]), ...COMMANDS.course([])],
};

/** Astro reports usage to its makers unless told not to; nothing here calls out after installation. */
const ENVIRONMENT = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };

async function main([command = '', ...rest]) {
  const tooOld = nodeTooOld();
  if (tooOld !== null) return refuse(tooOld);
  const steps = Object.hasOwn(COMMANDS, command) ? COMMANDS[command](rest) : null;
  if (steps === null) return refuse(`«${command}» is not a command. There are: ${Object.keys(COMMANDS).join(', ')}.`);
  const notInstalled = await ensureInstalled(ROOT);
  if (notInstalled !== null) return refuse(notInstalled);
  const node = findNode24();
  if (node.problem) return refuse(node.problem);
  for (const { script, args, cwd } of steps) {
    if (!existsSync(script))
      return refuse(`${script} is missing from this checkout. «git status» shows what has changed.`);
    const code = await runNode(node.path, [script, ...args], { cwd, env: ENVIRONMENT });
    if (code !== 0) return code;
  }
  return 0;
}

function refuse(sentence) {
  say(sentence);
  return EXIT_UNGRADED;
}

process.exitCode = await main(process.argv.slice(2));
