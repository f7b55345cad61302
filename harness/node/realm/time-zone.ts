/**
 * The time zone of learners' code in this process: UTC, as in Lambda, in any time zone of the machine.
 *
 * A process has one time zone for all its realms. It is set while a host is open and restored when the last one closes, so a
 * test that calls `explore` sees UTC meanwhile. Worker threads share it, but only the main thread can set it.
 */

import process from 'node:process';

const UTC = 'UTC';
let holders = 0;
let before: string | undefined;

/** Whether a host in this process is open, so that every local time is UTC. */
export function isUtcHeld(): boolean {
  return holders > 0;
}

/** Sets the time zone; the returned function restores it, once. */
export function holdUtc(): () => void {
  if (holders === 0) {
    before = process.env.TZ;
    process.env.TZ = UTC;
  }
  holders += 1;
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    holders -= 1;
    if (holders > 0) return;
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  };
}
