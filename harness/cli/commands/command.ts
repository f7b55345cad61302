/**
 * What a command of the CLI is: its arguments, one line of help, and what it does.
 *
 * A command returns its exit code. Wrong arguments are thrown as a UsageError; nothing else is thrown on purpose.
 */

import type { ArgumentSpec, Arguments } from '../arguments.ts';
import type { Io } from '../io.ts';

export interface Command extends ArgumentSpec {
  run(given: Arguments, io: Io): Promise<number>;
}

/** Could not be done for reasons outside the learner's code. */
export const EXIT_REFUSED = 2;
