/**
 * Policies: what the simulator does where AWS says nothing (the facts marked UV), as far as a lab wants to run more than one setting.
 *
 * No check may judge by one of them. A scenario whose story depends on one has a situation for each setting.
 */

export interface Policies {
  /** UV-11: what a batch of a stream that fails holds up beside itself: its part of the shard only, or all parts of the shard. */
  readonly failedPartHoldsUp: 'its-part' | 'its-shard';
}

/** The settings of every world that does not ask for others. */
export const USUAL_POLICIES: Policies = { failedPartHoldsUp: 'its-part' };
