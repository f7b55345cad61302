/**
 * What the host and the worker of a slot say to each other: plain data, one answer to each order.
 */

import type { RealmSources } from '../host/realm-sources.ts';
import type { HostCommand, HostRun } from '../simulator/host.ts';

export type ToSlot =
  | { readonly kind: 'open'; readonly sources: RealmSources }
  | { readonly kind: 'begin'; readonly run: HostRun }
  | { readonly kind: 'deliver'; readonly command: HostCommand };

export type FromSlot =
  /** Carried out, and everything inside waits. `reports`: the encoded list of what was reported; '' for none. */
  | { readonly kind: 'done'; readonly reports: string }
  /** What the environment before left behind can't be removed: this worker must be replaced, and nothing was carried out. */
  | { readonly kind: 'spoilt' };
