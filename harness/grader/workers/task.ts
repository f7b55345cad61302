/**
 * A task: one part of one scenario's exploration, or one of its failures to be shown; and its outcome. Types only.
 */

import type { Failure } from '../exploration/exploration.ts';
import type { ExplorationPart, PartResult } from '../exploration/part.ts';
import type { Finding } from '../findings/finding.ts';
import type { ShownFailure } from '../judgement/shown-failure.ts';

export type Task = ExploringTask | ShowingTask;

export interface ExploringTask {
  readonly kind: 'explore';
  /** The scenario's name. */
  readonly scenario: string;
  readonly part: ExplorationPart;
}

export interface ShowingTask {
  readonly kind: 'show';
  /** The scenario's name. */
  readonly scenario: string;
  /** The id of the check that the failure breaks. */
  readonly check: string;
  readonly failure: Failure;
}

/** How the caller stops a task and follows its progress. */
export interface TaskControl {
  readonly signal: AbortSignal;
  /** `broken`: what the first failing schedule has broken, in one sentence. */
  onProgress(explored: number, broken?: string): void;
}

export type TaskOutcome =
  | (PartResult & {
      /** The modules whose code was started in some schedule. */
      readonly startedModules: readonly string[];
    })
  | { readonly kind: 'shown'; readonly failure: ShownFailure }
  | { readonly kind: 'finding'; readonly finding: Finding };

/** Performs one task at a time. */
export interface TaskWorker {
  /** Resolves when the worker can begin. Until then other workers take the tasks. Absent: it can begin at once. */
  readonly ready?: Promise<void>;
  /** Rejects with bugs of ours, and with the signal's reason when the task is stopped. */
  perform(task: Task, control: TaskControl): Promise<TaskOutcome>;
  close(): void | Promise<void>;
}
