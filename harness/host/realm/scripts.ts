/**
 * Builds the scripts of a realm: the prelude and the SDK by esbuild, the learner's bundles as they come.
 */

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Bundle } from '../bundle.ts';
import { cached } from '../cache.ts';
import { bundleSdk } from '../sdk/bundle-sdk.ts';
import type { RealmSources } from './compile.ts';

/** The packages that a learner may import. */
export const LAB_PACKAGES = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-lambda',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
] as const;

/** Gathers the sources for these handlers. */
export async function realmSources(bundles: readonly Bundle[]): Promise<RealmSources> {
  const [prelude, sdk] = await Promise.all([bundlePrelude(), bundleSdk({ packages: LAB_PACKAGES })]);
  return { prelude, sdk: sdk.code, modules: bundles.map(({ module, code }) => ({ module, code })) };
}

function bundlePrelude(): Promise<string> {
  const folder = fileURLToPath(new URL('./prelude/', import.meta.url));
  return cached('prelude', [folder, fileURLToPath(new URL('./wire.ts', import.meta.url))], async () => {
    const result = await build({
      entryPoints: [`${folder}index.ts`],
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
  });
}
