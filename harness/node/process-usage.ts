/**
 * What a child process has used so far, as Linux tells it: its memory and its processor time.
 *
 * Other systems tell it in no file, and the answer there is null.
 */

import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4_096;
/** Linux counts a process's time in hundredths of a second, whatever its own clock does (`USER_HZ`, proc_pid_stat(5)). */
const TICK_MS = 10;

/** The memory that a process really has, in MB; null if it has ended or the system does not tell. */
export function residentMbOf(pid: number | undefined): number | null {
  const pages = fieldsOf(pid, 'statm')?.[1];
  return pages === undefined ? null : (Number(pages) * PAGE_BYTES) / 1_048_576;
}

/** The processor time of all threads of a process, in milliseconds; null if it has ended or the system does not tell. */
export function computedMsOf(pid: number | undefined): number | null {
  const stat = fieldsOf(pid, 'stat');
  if (stat === null) return null;
  const [user = '0', system = '0'] = stat.slice(13, 15);
  return (Number(user) + Number(system)) * TICK_MS;
}

function fieldsOf(pid: number | undefined, file: 'stat' | 'statm'): readonly string[] | null {
  if (process.platform !== 'linux' || pid === undefined) return null;
  try {
    // The second field of `stat` is the program's name in parentheses, which may hold spaces.
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
      .replace(/\(.*\)/, 'name')
      .split(' ');
  } catch {
    // The process has just ended; its exit is reported elsewhere.
    return null;
  }
}
