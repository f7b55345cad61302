/**
 * The orders to a worker thread and its answers. Types only.
 */

import type { ChangedFile } from './fresh-modules.ts';

/** Asks a worker to run these tests on this text. */
export interface Job {
  readonly testFiles: readonly string[];
  /** The tests whose names begin with this fact; null for the tests of all facts. */
  readonly fact: string | null;
  readonly changed: ChangedFile | null;
}

/** The end of one test. Only a failed assertion proves that a test looked at what is wrong. */
export interface TestEnd {
  readonly testFile: string;
  readonly name: string;
  /** The name as written. The rows of one `it.each` share it, and count as one test. */
  readonly title: string;
  readonly end: 'passed' | 'assertion-failed' | 'threw';
  /** The first line of what was thrown; empty if it passed. */
  readonly message: string;
}

export type JobResult =
  | { readonly kind: 'ran'; readonly tests: readonly TestEnd[] }
  | { readonly kind: 'not-loaded'; readonly problem: string }
  /** It exceeded its time or its memory. */
  | { readonly kind: 'never-ended' }
  /** An error outside of any test ended the thread. */
  | { readonly kind: 'died'; readonly problem: string };
