/**
 * Libraries that a handler may import beside the SDK, bundled with its code as for AWS.
 *
 * They come only from the pinned packages. A library's own imports lead to its own files, to the few packages that it needs,
 * to the SDK and to built-in modules, which the realm provides. A library's module variables belong to one execution
 * environment, like the handler's own.
 */

import { readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { LIBRARY_NAMESPACE } from '../../host/bundle.ts';
import { PACKAGES_FOLDER } from '../own-files.ts';
import { refusedImport } from './refused-import.ts';

/** The libraries that learners may import. */
export const LIBRARY_PACKAGES: readonly string[] = [
  '@aws-lambda-powertools/idempotency',
  '@aws-lambda-powertools/idempotency/dynamodb',
];

/** The packages that those libraries may import. */
const NEEDED = [/^@aws-lambda-powertools\//, /^@aws\/lambda-invoke-store$/];

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Whether this file itself asked to resolve a path, so that esbuild should answer. */
export function isLookup(pluginData: unknown): boolean {
  return pluginData === LIBRARY_NAMESPACE;
}

/** Resolves imports of libraries. Must come before all other resolvers. */
export function libraries(): Plugin {
  return {
    name: 'library-packages',
    setup({ onResolve, onLoad, resolve }) {
      const find = async (path: string) => {
        const { path: found, errors } = await resolve(path, {
          kind: 'import-statement',
          resolveDir: HERE,
          pluginData: LIBRARY_NAMESPACE,
        });
        return errors.length > 0
          ? { errors }
          : { path: inModules(found), namespace: LIBRARY_NAMESPACE, sideEffects: false };
      };
      onResolve({ filter: /.*/ }, ({ path, importer, namespace, pluginData }) => {
        if (isLookup(pluginData)) return undefined;
        if (namespace !== LIBRARY_NAMESPACE) return LIBRARY_PACKAGES.includes(path) ? find(path) : undefined;
        if (path.startsWith('.'))
          return { path: posix.join(posix.dirname(importer), path), namespace: LIBRARY_NAMESPACE };
        if (path.startsWith('node:') || path.startsWith('@aws-sdk/')) return { path, external: true };
        if (NEEDED.some((name) => name.test(path))) return find(path);
        return refusedImport(`«${importer}» imports «${path}», which is not in a lab.`);
      });
      onLoad({ filter: /.*/, namespace: LIBRARY_NAMESPACE }, async ({ path }) => ({
        contents: await readFile(join(MODULES, path), 'utf8'),
        loader: 'js',
      }));
    },
  };
}

/** The folder of all packages. Bundles contain paths relative to it, so that they are the same in every clone. */
const MODULES = PACKAGES_FOLDER;

function inModules(path: string): string {
  return relative(MODULES, path).split(sep).join('/');
}
