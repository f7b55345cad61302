/**
 * The texts of everything that runs in a realm: plain data, which can be sent to another process or thread.
 */

import type { SdkMode } from './sdk/realm-port.ts';

export interface RealmSources {
  readonly prelude: string;
  readonly sdk: string;
  readonly modules: readonly { readonly module: string; readonly code: string }[];
  /** How the SDK's calls run; `direct` by default. */
  readonly sdkMode?: SdkMode;
}
