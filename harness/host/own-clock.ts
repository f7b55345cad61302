/**
 * The harness's own clock: `performance.now` as it was when this module was loaded.
 *
 * Tests and scenarios replace `performance.now` to show another time. A limit that read the replacement would see a year pass between
 * two steps, and blame code that did nothing. It is for limits alone: no run and no verdict reads it.
 */

/** Milliseconds since some moment. Never shows a time that code has set. */
export const clockMs: () => number = performance.now.bind(performance);
