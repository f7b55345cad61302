/**
 * The entry of the SDK script: its value when a realm evaluates it.
 *
 * It evaluates nothing of the SDK until the first package is required, so that the realm's globals can be created in between.
 * The bundler supplies the packages.
 */

import { makeIds } from './ids.ts';
import { connect } from './realm-globals.ts';
import type { RealmSdkFactory } from './realm-port.ts';
import type { LoadedSdk, loadSdk, Namespace } from './realm-sdk.ts';
import type { ServiceWire } from './wire/services.ts';

/** How to evaluate the parts of the script, each at its first use. */
export interface ScriptParts {
  readonly packages: Readonly<Record<string, () => Namespace>>;
  readonly loadSdk: () => typeof loadSdk;
  /** The services that the packages reach. */
  readonly services: readonly ServiceWire[];
}

export function makeFactory({ packages, loadSdk: part, services }: ScriptParts): RealmSdkFactory {
  return (port, options = {}) => {
    const ids = makeIds();
    let loaded: LoadedSdk | null = null;
    connect(port, ids);
    return {
      packages: Object.keys(packages),
      require(name) {
        const load = Object.hasOwn(packages, name) ? packages[name] : undefined;
        if (load === undefined) throw new Error(`«${name}» is not a package of this lab.`);
        loaded ??= part()(port, ids, services, options);
        return loaded.handOut(name, load);
      },
      resetSdk() {
        // Drawn in any case, whether the SDK is loaded or not: the learner's own draws must not depend on what a realm has
        // done before.
        ids.restart(port.random());
        return loaded === null || loaded.reset();
      },
    };
  };
}
