/**
 * Times for situations: units, and instants at which a clock shows something new.
 *
 * A wrong answer may put the hour or the day into a key; it shows where that changes in the middle of a run.
 */

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Instants just before the hour, the day, the month and the year change. */
export const BEFORE = {
  anHour: Date.UTC(2026, 2, 3, 13, 59, 59, 750),
  midnight: Date.UTC(2026, 5, 9, 23, 59, 59, 900),
  aMonth: Date.UTC(2026, 0, 31, 23, 59, 59, 500),
  aYear: Date.UTC(2026, 11, 31, 23, 59, 59, 990),
} as const;
