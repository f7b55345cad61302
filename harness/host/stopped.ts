/**
 * The host had to stop the learner's code, which is reported as a finding.
 */

import type { RawFrame } from '../simulator/host.ts';

/**
 * `hang`: it did not return in time. `memory`: it took more than it may. `died`: the process ended by itself. `output`: it
 * wrote more than it may. `slow`: it returned each time, but computed for too long in total.
 */
export type StopReason = 'hang' | 'memory' | 'died' | 'output' | 'slow';

/** Rejects a run. It is neither a bug of ours nor an AWS error: the learner's code can't be run to its end. */
export class HostStopped extends Error {
  override name = 'HostStopped';
  readonly reason: StopReason;
  /** The place of the code, if it is known. */
  readonly at: RawFrame | undefined;
  /** Of a hang: the processor time of the step, if it is known. A step that hardly computed waited for a busy machine. */
  readonly computedMs: number | undefined;

  constructor(reason: StopReason, detail: string, at?: RawFrame, computedMs?: number) {
    super(detail);
    this.reason = reason;
    this.at = at;
    this.computedMs = computedMs;
  }
}
