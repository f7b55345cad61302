/**
 * `npm run pack`: writes the tarball of the public API into `dist/`: JavaScript, declarations, README.
 *
 * Node refuses TypeScript under `node_modules`, so tsc emits exactly the files that the public API reaches. Publishes nothing.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { say } from './node24.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const OUT = join(ROOT, 'dist', 'raceproof');

/** Packages that the commands and the course need, and the public API does not. */
const NOT_OF_THE_DOOR = ['@testcontainers/localstack', 'typescript', 'typescript-native', 'vitest'];

const read = (...path) => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8'));

/** The manifest of the tarball: the harness's own, with the public API as its only entrance. */
function manifest() {
  const { name, version, description, license, type, dependencies } = read('harness', 'package.json');
  const needed = Object.entries(dependencies).filter(([dependency]) => !NOT_OF_THE_DOOR.includes(dependency));
  // Handlers may import it. In the repository it is a dependency of lib-dynamodb.
  const beside = {
    '@aws-sdk/util-dynamodb': read('node_modules', '@aws-sdk', 'util-dynamodb', 'package.json').version,
  };
  return {
    name,
    version,
    description,
    license,
    type,
    engines: { node: '>=24' },
    exports: {
      '.': { types: './explore/door.d.ts', default: './explore/door.js' },
      './package.json': './package.json',
    },
    dependencies: { ...Object.fromEntries(needed), ...beside },
  };
}

function run(args, cwd) {
  return spawnSync(process.execPath, args, { cwd, stdio: 'inherit' }).status ?? 1;
}

function pack() {
  const npm = process.env.npm_execpath;
  if (npm === undefined) {
    say('Only npm can make a tarball. Run «npm run pack».');
    return 2;
  }
  rmSync(OUT, { recursive: true, force: true });
  const emitted = run([join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.pack.json'], ROOT);
  if (emitted !== 0) return emitted;
  writeFileSync(join(OUT, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  cpSync(join(ROOT, 'harness', 'explore', 'README.md'), join(OUT, 'README.md'));
  cpSync(join(ROOT, 'LICENSE'), join(OUT, 'LICENSE'));
  return run([npm, 'pack', '--ignore-scripts', '--pack-destination', join(ROOT, 'dist')], OUT);
}

process.exitCode = pack();
