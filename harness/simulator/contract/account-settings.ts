/**
 * What an account is made with, before anything is deployed: each service begins its state from here.
 */

import type { AccountPlace } from './arn.ts';
import type { Downstream } from './downstream.ts';

export interface AccountSettings extends AccountPlace {
  /** Concurrent executions of the account (LS-01). */
  readonly accountConcurrency: number;
  /** Rate and scaling limits measure elapsed time; only timed runs have it. */
  readonly isTimed: boolean;
  /** The instant on the calendar that virtual time 0 stands for. */
  readonly epochMs: number;
  /** The systems outside the account that its functions may ask. */
  readonly downstreams: readonly Downstream[];
}
