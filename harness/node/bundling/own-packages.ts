/**
 * npm packages of an engineer's own, bundled with the handler that imports them, as for AWS.
 *
 * Only `explore` has them: the labs of the course have a fixed list (library-packages.ts). A package is found as Node finds it, from the
 * folder of the handlers. Its code runs in the realm like the handler's: what reaches for files, sockets or processes is refused there,
 * by name. What the realm provides itself (the SDK's simulated clients) is never taken from here.
 */

import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, extname } from 'node:path';
import type { ImportKind, Loader, OnResolveResult, Plugin, PluginBuild } from 'esbuild';
import { LIBRARY_NAMESPACE } from '../../host/bundle.ts';
import { isLookup } from './library-packages.ts';
import { refusedImport } from './refused-import.ts';

/** In a source map these paths are a library's, too, so no learner is shown a line of theirs. */
const OWN_NAMESPACE = `${LIBRARY_NAMESPACE}:own`;

const LOADERS: Readonly<Record<string, Loader>> = {
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.json': 'json',
  '.ts': 'ts',
  '.mts': 'ts',
};

/** Modules in place of packages that are not installed. */
const MISSING_NAMESPACE = `${LIBRARY_NAMESPACE}:missing`;

/** The SDK's clients of services: the realm has some of them, and the others talk to AWS itself. */
const SDK_CLIENT = /^@aws-sdk\/client-/;

/**
 * Resolves imports of packages. Must come before what refuses them.
 *
 * @param folder Where the handlers are; a package is looked for in the `node_modules` there and above.
 * @param provided The packages that the realm provides.
 */
export function ownPackages(folder: string, provided: readonly string[]): Plugin {
  return {
    name: 'own-packages',
    setup(bundler) {
      bundler.onResolve({ filter: /.*/ }, ({ path, importer, namespace, kind, pluginData }) => {
        if (isLookup(pluginData)) return undefined;
        const isWithin = namespace === OWN_NAMESPACE;
        if (!isWithin && (kind === 'entry-point' || !isPackage(path))) return undefined;
        if (isBuiltin(path)) return { path: path.startsWith('node:') ? path : `node:${path}`, external: true };
        if (provided.includes(path)) return isWithin ? { path, external: true } : undefined;
        if (SDK_CLIENT.test(path))
          return refusedImport(`«${path}» is not simulated. There are: ${provided.join(', ')}.`);
        return find(bundler, path, kind, isWithin ? dirname(importer) : folder);
      });
      bundler.onLoad({ filter: /.*/, namespace: MISSING_NAMESPACE }, ({ path }) => ({
        contents: missing(path),
        loader: 'js',
      }));
      bundler.onLoad({ filter: /.*/, namespace: OWN_NAMESPACE }, async ({ path }) => {
        const loader = LOADERS[extname(path)];
        if (loader === undefined)
          return refusedImport(`${path} is not JavaScript. Handlers can import only JavaScript and JSON.`);
        return { contents: await readFile(path, 'utf8'), loader, resolveDir: dirname(path) };
      });
    },
  };
}

async function find(
  bundler: PluginBuild,
  path: string,
  kind: ImportKind,
  resolveDir: string,
): Promise<OnResolveResult> {
  const {
    path: found,
    errors,
    sideEffects,
  } = await bundler.resolve(path, {
    kind,
    resolveDir,
    pluginData: LIBRARY_NAMESPACE,
  });
  if (errors.length === 0) return { path: found, namespace: OWN_NAMESPACE, sideEffects };
  // CommonJS may ask for a package that it can do without, and catch the error.
  if (kind === 'require-call') return { path, namespace: MISSING_NAMESPACE };
  return refusedImport(`«${path}» was not found in the node_modules of ${resolveDir} or above. Install it there.`);
}

/** A module that throws what Node throws for a package that it does not find. */
function missing(path: string): string {
  const message = JSON.stringify(`Cannot find module '${path}'. Install it beside your handlers.`);
  return `throw Object.assign(new Error(${message}), { code: 'MODULE_NOT_FOUND' });`;
}

/** Whether it names a package rather than a file: `zod`, `@scope/name/part`. */
function isPackage(path: string): boolean {
  return !/^[./#]/.test(path);
}
