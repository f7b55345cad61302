/**
 * Node as a platform: Node's implementation of what the grader needs of a machine.
 */

import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { RealmSources } from '../host/realm-sources.ts';
import type { BareHost, HostKind, HostLimits, Platform } from '../platform/platform.ts';
import { unreachable } from '../simulator/kernel/bug.ts';
import { bundleHandler } from './bundling/bundle.ts';
import { realmSources } from './bundling/realm-scripts.ts';
import { IsolatedHost } from './isolated/host.ts';
import { InRealmHost } from './realm/host.ts';
import { NodeThread } from './thread.ts';
import { nextTurnOfLoop, whenPromisesWait } from './turns.ts';

export const NODE: Platform = {
  get runtime() {
    return process.version;
  },
  turns: { whenPromisesWait, nextTurn: nextTurnOfLoop },
  bundler: { bundleHandler, realmSources },
  sha256(...texts) {
    const hash = createHash('sha256');
    for (const text of texts) hash.update(text);
    return hash.digest('hex');
  },
  startBareHost,
  startThread: (script) => new NodeThread(script),
  shownPlace(place) {
    const path = place.startsWith('file://') ? fileURLToPath(place) : place;
    return relative(process.cwd(), path).replaceAll('\\', '/');
  },
};

async function startBareHost(kind: HostKind, sources: RealmSources, limits: HostLimits): Promise<BareHost> {
  switch (kind) {
    case 'isolated':
      return IsolatedHost.start({ sources, ...limits });
    case 'in-realm':
      return new InRealmHost(sources, { limitMs: limits.stepLimitMs, locate: limits.locate });
    case 'in-workers':
      throw new Error('Workers of a page run learners’ code in a browser only. Here it runs «isolated» or «in-realm».');
    default:
      return unreachable(kind, 'kind of host');
  }
}
