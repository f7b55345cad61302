/**
 * The messages between parent and child: one line of JSON each.
 *
 * The child learns what to run and reports what the code did; it never learns what is expected, and it decides nothing.
 */

import type { RealmSources } from '../../host/realm-sources.ts';
import type { HostCommand, HostRun, RawFrame } from '../../simulator/host.ts';
import type { HangWatch } from '../realm/hang-profile.ts';

export type ToChild =
  | { readonly kind: 'sources'; readonly sources: RealmSources; readonly watch: HangWatch | null }
  | { readonly kind: 'begin'; readonly run: HostRun }
  | { readonly kind: 'deliver'; readonly commands: readonly HostCommand[] };

/**
 * The answer to `deliver` is not one of these but a line that begins with a number: the processor time of learners' code so far, in
 * milliseconds, then a space and the encoded list of reports.
 */
export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'hangs'; readonly at: RawFrame | null; readonly computedMs: number | null };
