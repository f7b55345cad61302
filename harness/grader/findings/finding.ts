/**
 * A finding: why a learner's code or template could not be judged, in words for the learner.
 *
 * A finding is never a pass and never a bug of ours. Its message says what happened, where, and what to do next; its kind is
 * for programs. Types only: each kind is created where it is noticed.
 */

import type { StopReason } from '../../host/stopped.ts';
import type { Frame } from '../../simulator/contract/trace-entry.ts';

/** The kind of a finding. Programs decide by it, and never by the wording of a message. */
export type FindingKind =
  /** A file of the submission is missing, is no regular file, is too large, or is no text. */
  | 'unreadable-file'
  /** The template can't be read, or can't be deployed. */
  | 'template'
  /** A handler can't be bundled: a syntax error, or an import of something that is not there. */
  | 'does-not-compile'
  /** The code asked for something that a run does not have: a socket, a file, an operation that is not simulated. */
  | 'refused'
  /** The code awaits a promise that nothing in the lab will ever settle. */
  | 'stalled'
  /** A run reached its limit of steps. */
  | 'endless'
  /** The host had to stop the code: `hang`, `memory`, `died`, `output`, `slow`. */
  | StopReason
  /** Code, scenario, downstream or check behaved differently under the same schedule. */
  | 'not-deterministic'
  /** The scenario threw an error. */
  | 'scenario-threw'
  /** No event is left, and the scenario still waits for an answer. */
  | 'scenario-waits'
  /** The run ended early, and its trace does not say why. */
  | 'unfinished';

export interface Finding {
  readonly kind: FindingKind;
  readonly message: string;
  readonly frame?: Frame & { readonly text?: string };
  /** Set if the cause is outside the handlers, so that no line of a handler is named for it. */
  readonly elsewhere?: true;
}
