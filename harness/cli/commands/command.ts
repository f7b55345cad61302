/**
 * A command of the CLI: its arguments, one line of help, and what it does.
 *
 * A command returns its exit code. It throws wrong arguments as a UsageError and throws nothing else on purpose.
 */

import type { ArgumentSpec, Arguments } from '../arguments.ts';
import type { Io } from '../io.ts';

export interface Command extends ArgumentSpec {
  run(given: Arguments, io: Io): Promise<number>;
}

/** The command could not be done, for reasons outside the learner's code. */
export const EXIT_REFUSED = 2;
