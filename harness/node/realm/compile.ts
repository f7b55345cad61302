/**
 * Compiles source text into scripts: the part of making a realm that a child process does itself.
 *
 * Bundling happened before, in the process that has esbuild; this file reads no files.
 */

import { Script } from 'node:vm';
import type { RealmSources } from '../../host/realm-sources.ts';
import type { RealmScripts } from './slot.ts';

/** Compiles the sources. File names matter: a learner's frames are those under `/var/task`. */
export function compile(sources: RealmSources): RealmScripts {
  return {
    sdkMode: sources.sdkMode ?? 'direct',
    prelude: new Script(sources.prelude, { filename: 'raceproof-prelude.js' }),
    sdk: new Script(sources.sdk, { filename: 'raceproof-sdk.js' }),
    modules: new Map(
      sources.modules.map(({ module, code }) => [module, new Script(code, { filename: `/var/task/${module}.js` })]),
    ),
  };
}
