/**
 * From source text to compiled scripts: the part of making a realm that a child process does for itself.
 *
 * Bundling happened before, where esbuild is; nothing here reads a file.
 */

import { Script } from 'node:vm';
import type { SdkMode } from '../sdk/realm-port.ts';
import type { RealmScripts } from './slot.ts';

/** The text of everything that runs in a realm; plain data, so that it can be sent to a child process. */
export interface RealmSources {
  readonly prelude: string;
  readonly sdk: string;
  readonly modules: readonly { readonly module: string; readonly code: string }[];
  /** How the SDK's calls run; `direct` if nothing is said. */
  readonly sdkMode?: SdkMode;
}

/** Compiles them. File names matter: a learner's frames are those under `/var/task`. */
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
