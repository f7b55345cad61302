/**
 * The host had to stop the learner's code: a finding, told as one.
 */

import type { RawFrame } from '../simulator/host.ts';

/**
 * `hang`: never gave control back. `memory`: took more than it may. `died`: the process ended by itself.
 * `output`: said more than may cross.
 * `slow`: gave control back each time, but computed for too long in all.
 */
export type StopReason = 'hang' | 'memory' | 'died' | 'output' | 'slow';

/** Rejects a run. Not a bug of ours and not an AWS error: the learner's code can't be run to its end. */
export class HostStopped extends Error {
  override name = 'HostStopped';
  readonly reason: StopReason;
  /** Where the code was, if that could be found out. */
  readonly at: RawFrame | undefined;

  constructor(reason: StopReason, detail: string, at?: RawFrame) {
    super(detail);
    this.reason = reason;
    this.at = at;
  }
}
