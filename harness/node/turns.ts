/**
 * Node's two ways to wait for this process itself: until its promises wait, or until its event loop has had a turn.
 *
 * Neither waits for a clock. A simulated run needs only the first; code that shares the process with other work (Ctrl-C,
 * timers, requests) also needs the second now and then.
 */

import process from 'node:process';
import { ownTimers } from './own-timers.ts';

/** Resolves when every promise of this process waits for something other than a promise. Takes no turn of the event loop. */
export function whenPromisesWait(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

/** Resolves in the next turn of the event loop, after signals, timers and messages of other processes have had theirs. */
export function nextTurnOfLoop(): Promise<void> {
  return new Promise((resolve) => {
    ownTimers.setImmediate(resolve);
  });
}
