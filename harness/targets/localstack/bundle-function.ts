/**
 * Packs functions for a deployed Lambda: one file with all code, and the configuration beside it.
 *
 * A learner's handler is the same bundle that the simulator runs. Only the packages that it imports are added, since not every
 * emulator's runtime includes the SDK. Nothing is read from the learner's folder.
 */

import { posix } from 'node:path';
import { build } from 'esbuild';
import { LAB_PACKAGES } from '../../host/sdk/service-wires.ts';
import type { HandlerModule } from '../target.ts';
import type { DeployedConfig } from './in-lambda/ledger-table.ts';
import { zip } from './zip.ts';

/** A function without its configuration: the text, and its path in the archive. */
export interface PackedCode {
  readonly path: string;
  readonly text: string;
}

const CONFIG_FILE = 'raceproof.json';
const HERE = import.meta.dirname;

/** A learner's handler, wrapped so that its invocations are recorded. */
export function packHandler({ module, code }: HandlerModule): Promise<PackedCode> {
  const used = LAB_PACKAGES.filter((name) => code.includes(`require("${name}")`));
  const packages = used.map((name) => `${JSON.stringify(name)}: () => require(${JSON.stringify(name)})`);
  const text = `
    const { ledgerTable } = require('./in-lambda/ledger-table.ts');
    const { watched } = require('./in-lambda/watched.ts');
    const packages = { ${packages.join(', ')} };
    const learners = { exports: {} };
    (${code})((name) => (Object.hasOwn(packages, name) ? packages[name]() : process.getBuiltinModule(name)), learners, learners.exports);
    module.exports = watched(learners.exports, ledgerTable(${readConfig(module)}));
  `;
  return pack(`${module}.js`, text);
}

/** The function of a downstream. `labsModule` is a file that exports `findLab`. */
export function packDownstream(labsModule: string, slug: string, name: string): Promise<PackedCode> {
  const text = `
    const { ledgerTable } = require('./in-lambda/ledger-table.ts');
    const { serve } = require('./in-lambda/downstream.ts');
    const { findLab } = require(${JSON.stringify(labsModule)});
    const downstream = findLab(${JSON.stringify(slug)}).downstreams.find(({ name }) => name === ${JSON.stringify(name)});
    exports.handler = serve(downstream, ledgerTable(${readConfig('index')}));
  `;
  return pack('index.js', text);
}

/** The archive for Lambda. */
export function archive({ path, text }: PackedCode, config: DeployedConfig): Uint8Array {
  return zip(
    new Map([
      [path, text],
      [CONFIG_FILE, JSON.stringify(config)],
    ]),
  );
}

/** An expression that reads the configuration from the folder into which Lambda has unpacked it. */
function readConfig(module: string): string {
  const path = posix.join(
    ...module
      .split('/')
      .slice(1)
      .map(() => '..'),
    CONFIG_FILE,
  );
  return `JSON.parse(require('node:fs').readFileSync(require('node:path').join(__dirname, ${JSON.stringify(path)}), 'utf8'))`;
}

async function pack(path: string, contents: string): Promise<PackedCode> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: HERE, loader: 'js' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: true,
    charset: 'utf8',
    logLevel: 'silent',
    tsconfigRaw: '{}',
  });
  return { path, text: outputFiles[0]?.text ?? '' };
}
