/**
 * The prelude as one script, bundled by esbuild and cached by its content.
 */

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { EXTENSION } from '../own-files.ts';
import { cached } from './build-cache.ts';

/** Its completion value is `makeRealm`. */
export function bundlePrelude(): Promise<string> {
  const folder = fileURLToPath(new URL('../../host/prelude/', import.meta.url));
  return cached(
    'prelude',
    [import.meta.filename, folder, fileURLToPath(new URL(`../../host/wire${EXTENSION}`, import.meta.url))],
    async () => {
      const result = await build({
        entryPoints: [`${folder}index${EXTENSION}`],
        bundle: true,
        write: false,
        format: 'iife',
        globalName: 'prelude',
        platform: 'neutral',
        mainFields: ['browser', 'module', 'main'],
        target: 'es2024',
        logLevel: 'silent',
      });
      return `(() => {${result.outputFiles[0]?.text ?? ''}; return prelude.makeRealm; })()`;
    },
  );
}
