/**
 * What a child process is started with, as far as the system has it: a network namespace without a network, and its end together with the
 * thread that started it.
 *
 * Without the second, a child that never comes to its end would outlive a grading that was killed.
 */

import { spawnSync } from 'node:child_process';

let knownPrefix: readonly string[] | undefined;

/** The words to put before a command; none where the system has neither. */
export function confinement(): readonly string[] {
  knownPrefix ??= [
    ['unshare', '-n', '--'],
    ['setpriv', '--pdeathsig', 'KILL', '--'],
  ].flatMap((words) => (isUsable(words) ? words : []));
  return knownPrefix;
}

function isUsable([command = '', ...words]: readonly string[]): boolean {
  return process.platform === 'linux' && spawnSync(command, [...words, 'true'], { stdio: 'ignore' }).status === 0;
}
