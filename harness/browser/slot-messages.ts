/**
 * The messages between the host and the worker of a slot: plain data, one answer to each order.
 */

import type { RealmSources } from '../host/realm-sources.ts';
import type { HostCommand, HostRun } from '../simulator/host.ts';

export type ToSlot =
  | { readonly kind: 'open'; readonly sources: RealmSources }
  | { readonly kind: 'begin'; readonly run: HostRun }
  | { readonly kind: 'deliver'; readonly command: HostCommand };

export type FromSlot =
  /** The order was carried out, and all code inside waits. `reports`: the encoded list of reports; '' for none. */
  | { readonly kind: 'done'; readonly reports: string }
  /** Traces of the previous environment can't be removed: this worker must be replaced, and nothing was carried out. */
  | { readonly kind: 'spoilt' };
