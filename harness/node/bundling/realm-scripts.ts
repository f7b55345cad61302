/**
 * Collects the scripts of a realm: the prelude and the SDK, built by esbuild, and the learner's bundles.
 */

import type { Bundle } from '../../host/bundle.ts';
import type { RealmSources } from '../../host/realm-sources.ts';
import type { SdkMode } from '../../host/sdk/realm-port.ts';
import { LAB_PACKAGES } from '../../host/sdk/service-wires.ts';
import { bundleSdk } from './bundle-sdk.ts';
import { bundlePrelude } from './prelude-script.ts';

/** Gathers the sources for these handlers. */
export async function realmSources(bundles: readonly Bundle[], sdkMode: SdkMode = 'direct'): Promise<RealmSources> {
  const [prelude, sdk] = await Promise.all([bundlePrelude(), bundleSdk({ packages: LAB_PACKAGES })]);
  return { prelude, sdk: sdk.code, modules: bundles.map(({ module, code }) => ({ module, code })), sdkMode };
}
