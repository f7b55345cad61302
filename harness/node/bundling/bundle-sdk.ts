/**
 * Builds the SDK script of the realms: the SDK's packages and the code that patches them, as one plain JavaScript file.
 *
 * It is built once and kept, by the content of its inputs. It needs no network and nothing of Node inside.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { SERVICE_WIRES } from '../../host/sdk/service-wires.ts';
import { EXTENSION } from '../own-files.ts';
import { cached } from './build-cache.ts';

export interface SdkBundleRequest {
  /** Packages as learners import them: `@aws-sdk/client-dynamodb`. */
  readonly packages: readonly string[];
}

export interface SdkBundle {
  /** A script whose completion value is a `RealmSdkFactory`. */
  readonly code: string;
  /** The hash of the code. */
  readonly hash: string;
}

/** The folder of the realm's side of the SDK. */
const SDK = fileURLToPath(new URL('../../host/sdk/', import.meta.url));

/** The script for these packages. */
export async function bundleSdk({ packages }: SdkBundleRequest): Promise<SdkBundle> {
  const entry = entryFor(packages);
  const name = `sdk-${hashOf(entry)}`;
  const code = await cached(
    name,
    [import.meta.filename, SDK, ...packages.map(manifestOf), manifestOf('@smithy/core')],
    () => bundle(entry),
  );
  return { code, hash: hashOf(code) };
}

function entryFor(packages: readonly string[]): string {
  const loaders = packages.map((name) => `${JSON.stringify(name)}: () => require(${JSON.stringify(name)})`);
  return `
    import { makeFactory } from './realm-entry${EXTENSION}';
    export default makeFactory({
      packages: { ${loaders.join(', ')} },
      loadSdk: () => require('./realm-sdk${EXTENSION}').loadSdk,
      services: ${JSON.stringify(SERVICE_WIRES)},
    });`;
}

/** The SDK's reader of XML for browsers asks for a DOM, which no realm has; the one for Node is plain JavaScript. */
const PLAIN_XML: Plugin = {
  name: 'plain-xml',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/xml-parser$/ }, ({ resolveDir }) => ({ path: join(resolveDir, 'xml-parser.js') })),
};

async function bundle(entry: string): Promise<string> {
  const result = await build({
    stdin: { contents: entry, resolveDir: SDK, sourcefile: 'sdk-entry.js' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'raceproofSdk',
    platform: 'browser',
    mainFields: ['browser', 'module', 'main'],
    conditions: ['browser', 'module', 'import'],
    target: 'es2024',
    // Learners see the names of classes, and the SDK compares them.
    keepNames: true,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    plugins: [PLAIN_XML],
    inject: [join(SDK, `realm-globals${EXTENSION}`)],
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    logLevel: 'silent',
  });
  return `(() => {${exportedLate(namedOnce(result.outputFiles[0]?.text ?? ''))}; return raceproofSdk.default; })()`;
}

/**
 * esbuild's `keepNames` sets the name of every function each time it is created, which costs more than most functions do.
 * Only the names of classes matter, and only they (and old-style functions) have a prototype.
 */
function namedOnce(code: string): string {
  const naming = /__name=\((\w+),(\w+)\)=>/;
  if (!naming.test(code))
    throw new Error('esbuild no longer names functions as this expects: look at what keepNames emits');
  return code.replace(naming, '__name=($1,$2)=>$1.prototype===undefined||$1.name===$2?$1:');
}

/** What esbuild emits for the exports of a module that is required: a name and its getters, and the use of that name. */
const EXPORTS = /__export\((\w+),(\{[^{}]*\})\)/g;
const COMMON_JS = '__toCommonJS=mod=>';

/**
 * esbuild gives each module that is required an object of getters when the script begins, and copies them when the module is required. The
 * packages have 3,000 exports, a realm needs those of one or two packages, and a rush needs dozens of realms. So the getters of a module
 * that is used in no other way are made where it is required, once.
 */
function exportedLate(code: string): string {
  if (!code.includes(COMMON_JS))
    throw new Error('esbuild no longer exports modules as this expects: look at what it emits for require()');
  const late = code.replace(EXPORTS, (all, name: string, getters: string) =>
    code.split(new RegExp(`\\b${name}\\b`)).length - 1 === USES_IF_REQUIRED && code.includes(`__toCommonJS(${name})`)
      ? `__late.set(${name},()=>(${getters}))`
      : all,
  );
  const copied =
    '__late=new Map,__exported=all=>{const to=__defProp({},"__esModule",{value:!0});__export(to,all);return to},' +
    `${COMMON_JS}__late.has(mod)?__exported(__late.get(mod)()):`;
  return late.replace(COMMON_JS, copied);
}

/** Its declaration, its getters, and the one place that requires it. */
const USES_IF_REQUIRED = 3;

/** Versions are pinned, so a package's manifest represents its content. */
function manifestOf(name: string): string {
  const require = createRequire(import.meta.url);
  let folder = dirname(require.resolve(name));
  for (;;) {
    const file = join(folder, 'package.json');
    if (isManifest(file, name)) return file;
    folder = dirname(folder);
  }
}

function isManifest(file: string, name: string): boolean {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === name;
  } catch {
    return false;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
