/**
 * What a child process is started with, as far as the system has it: a network namespace without a network, and its end together with the
 * thread that started it.
 *
 * Without the second, a child that never comes to its end would outlive a grading that was killed. Both programs are named by their whole
 * path: the child has no `PATH` of its own, and on some systems they are in neither `/usr/bin` nor `/bin`.
 */

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

let knownPrefix: readonly string[] | undefined;

/** The words to put before a command; none where the system has neither. */
export function confinement(): readonly string[] {
  knownPrefix ??= confinementBy(process.env.PATH ?? '', process.platform);
  return knownPrefix;
}

/** The same on this platform, with programs looked up in the folders of this `PATH`. */
export function confinementBy(path: string, platform: NodeJS.Platform): readonly string[] {
  if (platform !== 'linux') return [];
  return [...usable(path, 'unshare', '-n', '--'), ...usable(path, 'setpriv', '--pdeathsig', 'KILL', '--')];
}

/** The words with the first such program that does what they ask for. A system may have it and forbid its use. */
function usable(path: string, program: string, ...words: readonly string[]): readonly string[] {
  const command = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, program))
    .find(isExecutable);
  const [nothing] = ['/bin/true', '/usr/bin/true'].filter(isExecutable);
  if (command === undefined || nothing === undefined) return [];
  const { status } = spawnSync(command, [...words, nothing], { stdio: 'ignore', env: {} });
  return status === 0 ? [command, ...words] : [];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
