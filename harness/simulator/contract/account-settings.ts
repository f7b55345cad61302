/**
 * The settings of an account before anything is deployed. Each service creates its initial state from them.
 */

import type { AccountPlace } from './arn.ts';
import type { Downstream } from './downstream.ts';
import type { Policies } from './policies.ts';

export interface AccountSettings extends AccountPlace {
  /** The account's limit of concurrent executions (LS-01). */
  readonly accountConcurrency: number;
  /** The units that no reservation may use; by default as AWS has it (LS-04). */
  readonly unreservedFloor?: number;
  /** Whether runs are timed. Rate and scaling limits measure elapsed time, so they hold only in timed runs. */
  readonly isTimed: boolean;
  /** The calendar time, in milliseconds since the Unix epoch, that virtual time 0 stands for. */
  readonly epochMs: number;
  /** The systems outside the account that its functions can call. */
  readonly downstreams: readonly Downstream[];
  /** Settings other than the usual ones, where AWS says nothing. */
  readonly policies?: Partial<Policies>;
}
