/**
 * Bundles a learner's handler from the lab's editable files, held in memory, and from nothing else.
 *
 * It never reads the disk for the learner's imports, so no path, symlink or import attribute can bring another file in. The
 * SDK and built-in modules stay outside the bundle and are provided by the realm; a few libraries are bundled
 * (library-packages.ts). The learner's tsconfig and package.json are ignored.
 */

import { posix } from 'node:path';
import { Script } from 'node:vm';
import { type BuildFailure, build, type Loader, type Message, type Plugin } from 'esbuild';
import type { BundleFinding, BundleRequest, BundleResult } from '../../host/bundle.ts';
import { isLookup, LIBRARY_PACKAGES, libraries } from './library-packages.ts';
import { ownPackages } from './own-packages.ts';
import { refusedImport } from './refused-import.ts';

const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs'] as const;
const LOADERS: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.js': 'js',
  '.mjs': 'js',
  '.json': 'json',
};

/** Bundles one handler. A finding per mistake, with the learner's file and line. */
export async function bundleHandler(request: BundleRequest): Promise<BundleResult> {
  const { packages, packagesFrom } = request;
  const base = posix.join(request.codeFolder, request.module);
  const entry = EXTENSIONS.map((extension) => base + extension).find((path) => request.files.has(path));
  if (entry === undefined) {
    const known = [...request.files.keys()].join(', ');
    return {
      ok: false,
      findings: [
        { message: `The template's Handler names ${base}, but there is no such file. The lab's files are: ${known}.` },
      ],
    };
  }
  try {
    const result = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'neutral',
      target: 'es2024',
      sourcemap: 'external',
      outfile: 'bundle.js',
      charset: 'utf8',
      logLevel: 'silent',
      tsconfigRaw: '{}',
      supported: { 'dynamic-import': false },
      // How Node on Lambda reads a package's manifest.
      ...(packagesFrom === undefined ? {} : { conditions: ['node'], mainFields: ['module', 'main'] }),
      plugins: [
        libraries(),
        ...(packagesFrom === undefined ? [] : [ownPackages(packagesFrom, packages)]),
        labFiles(request, entry),
      ],
    });
    const text = (suffix: string): string => result.outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? '';
    const code = `(function (require, module, exports) {"use strict";${text('.js')}\n})`;
    const tooDeep = nestedTooDeeply(code, entry);
    if (tooDeep !== null) return { ok: false, findings: [tooDeep] };
    return { ok: true, bundle: { module: request.module, code, sourceMap: text('.map') } };
  } catch (error) {
    return { ok: false, findings: findingsOf(error) };
  }
}

/** Code that the bundler can read may still overflow the stack of the engine when it compiles it. */
function nestedTooDeeply(code: string, file: string): BundleFinding | null {
  try {
    new Script(code);
    return null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message =
      'An expression here, or in a file that this one imports, is nested too deeply to be compiled. Make it flatter.';
    return { message, frame: { file, line: 1, column: 1, text: '' } };
  }
}

function findingsOf(error: unknown): readonly BundleFinding[] {
  if (!isBuildFailure(error)) throw error;
  return error.errors.map(findingOf);
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function findingOf({ text, location }: Message): BundleFinding {
  const message = /^Top-level await/.test(text)
    ? 'Top-level await is not simulated. Do the waiting inside the handler.'
    : text;
  if (location === null) return { message };
  const file = location.file.replace(/^lab:/, '');
  return { message, frame: { file, line: location.line, column: location.column + 1, text: location.lineText.trim() } };
}

/** Resolves imports against the lab's files, allows the packages, refuses the rest by name. */
function labFiles({ files, packages, codeFolder }: BundleRequest, entry: string): Plugin {
  return {
    name: 'lab-files',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, importer, kind, pluginData, with: attributes }) => {
        if (isLookup(pluginData)) return undefined;
        // Not `path`: esbuild writes it as `./src/bump.ts` if the current folder happens to have such a file.
        if (kind === 'entry-point') return { path: entry, namespace: 'lab' };
        const type = attributes.type;
        if (type !== undefined && type !== 'json')
          return refusedImport(`«${path}» is imported as ${type}; a lab imports only modules.`);
        if (path.startsWith('.') || path.startsWith('/')) return resolveFile(path, importer, files, codeFolder);
        if (path.startsWith('node:') || packages.includes(path)) return { path, external: true };
        if (isBuiltIn(path)) return { path: `node:${path}`, external: true };
        return refusedImport(
          `«${path}» is not a package of this lab. It has ${[...packages, ...LIBRARY_PACKAGES].join(', ')} and your own files.`,
        );
      });
      onLoad({ filter: /.*/, namespace: 'lab' }, ({ path }) => {
        const loader = LOADERS[posix.extname(path)];
        return loader === undefined
          ? refusedImport(`«${path}» has no known extension.`)
          : { contents: files.get(path) ?? '', loader };
      });
    },
  };
}

function resolveFile(
  path: string,
  importer: string,
  files: ReadonlyMap<string, string>,
  codeFolder: string,
): { path: string; namespace: string } | { errors: { text: string }[] } {
  const wanted = posix.normalize(posix.join(posix.dirname(importer), path));
  const candidates = [
    wanted,
    ...EXTENSIONS.map((extension) => wanted + extension),
    wanted.replace(/\.js$/, '.ts'),
    wanted.replace(/\.mjs$/, '.mts'),
  ];
  const inCodeFolder = (candidate: string): boolean =>
    posix.normalize(candidate).startsWith(posix.normalize(`${codeFolder}/`));
  const found = path.startsWith('/')
    ? undefined
    : candidates.find((candidate) => files.has(candidate) && inCodeFolder(candidate));
  if (found !== undefined) return { path: found, namespace: 'lab' };
  return refusedImport(
    `«${path}» is not one of this lab's files (${[...files.keys()].join(', ')}). Only those are read.`,
  );
}

/** The realm provides or refuses built-in modules, since it knows which ones it has. */
function isBuiltIn(path: string): boolean {
  return [
    'fs',
    'net',
    'tls',
    'dgram',
    'http',
    'https',
    'http2',
    'child_process',
    'worker_threads',
    'cluster',
    'vm',
    'module',
    'os',
    'dns',
    'crypto',
    'buffer',
    'util',
    'timers',
    'process',
    'perf_hooks',
    'events',
    'stream',
    'path',
    'url',
    'assert',
    'async_hooks',
    'inspector',
    'v8',
    'zlib',
    'readline',
  ].includes(path.split('/')[0] ?? '');
}
