/**
 * What parent and child say to each other: one line of JSON a message.
 *
 * The child is told what to run and reports what it did; it is never told what is expected, and it decides nothing.
 */

import type { RealmSources } from '../../host/realm-sources.ts';
import type { HostCommand, HostRun, RawFrame } from '../../simulator/host.ts';
import type { HangWatch } from '../realm/hang-profile.ts';

export type ToChild =
  | { readonly kind: 'sources'; readonly sources: RealmSources; readonly watch: HangWatch | null }
  | { readonly kind: 'begin'; readonly run: HostRun }
  | { readonly kind: 'deliver'; readonly commands: readonly HostCommand[] };

/** Besides these, the answer to `deliver` is the encoded list of reports itself: a line that begins with `[`. */
export type FromChild = { readonly kind: 'ready' } | { readonly kind: 'hangs'; readonly at: RawFrame | null };
