/**
 * The timers of the harness's own limits, as they were when this module was loaded.
 *
 * A test that replaces the global timers by its own would otherwise stop the limits of the code that it explores.
 */

const { setImmediate, setInterval, setTimeout, clearInterval, clearTimeout } = globalThis;

export const ownTimers = { setImmediate, setInterval, setTimeout, clearInterval, clearTimeout } as const;
