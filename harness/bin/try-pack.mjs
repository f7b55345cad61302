/**
 * Installs the tarball of `npm run pack` in an empty folder, writes the files of the README's examples there, and runs it.
 *
 * Needs npm's registry. `node harness/bin/try-pack.mjs <empty folder>`; .ci/run calls it, with the Node 24 that this project
 * found.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode24, say } from './node24.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const [, , folder = ''] = process.argv;
const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const { version } = JSON.parse(readFileSync(join(ROOT, 'harness', 'package.json'), 'utf8'));
// The packages that a handler of the README imports are the engineer's own.
const tools = ['vitest', 'typescript', '@types/node', 'zod'].map((name) => `${name}@${devDependencies[name]}`);

/** Writes the files that a README prints: a path in backticks, then a block. */
function typeIn(readme) {
  for (const [, path, text] of readme.matchAll(/^`([^`\n]+)`\n\n```\w+\n([\s\S]*?)^```/gm)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function run(command, args) {
  const path = `${dirname(node.path)}${delimiter}${process.env.PATH}`;
  const { status } = spawnSync(command, args, { cwd: folder, stdio: 'inherit', env: { ...process.env, PATH: path } });
  if (status === 0) return;
  say(`In ${folder} this failed: ${args.join(' ')}`);
  process.exit(1);
}

const node = findNode24();
if (folder === '' || node.problem) {
  say(node.problem ?? 'Name an empty folder: node harness/bin/try-pack.mjs <folder>.');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n');
const strict = '"strict": true, "noEmit": true, "module": "nodenext", "target": "es2024", "types": ["node"]';
writeFileSync(join(folder, 'tsconfig.json'), `{ "compilerOptions": { ${strict} } }\n`);
const tarball = join(ROOT, 'dist', `raceproof-${version}.tgz`);
run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', tarball, ...tools]);
typeIn(readFileSync(join(folder, 'node_modules', 'raceproof', 'README.md'), 'utf8'));
run(node.path, [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', '.']);
run(node.path, [join('node_modules', 'vitest', 'vitest.mjs'), 'run']);
