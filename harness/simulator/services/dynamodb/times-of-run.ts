/**
 * Times that a run's code stores as numbers, as people write them: `1767603690000` is «09:01:30».
 *
 * DynamoDB has no type for time, so a number is taken for one where it is evidently an instant: milliseconds or seconds since 1970, in
 * the years in which runs take place. The trace keeps the number; only words change.
 */

import type { EntrySeen } from '../../contract/shown.ts';
import type { DynamoDBEvent } from './trace-events.ts';

/** Runs begin in 2026 and 2027, a lease or a record's end may lie years ahead. */
const FIRST_YEAR = 2020;
const LAST_YEAR = 2037;

/** Words for the digits of a number attribute: a time, or the digits themselves. */
export type SayNumber = (digits: string) => string;

/** The words for a run's numbers: a time of day, with its date unless it is the day of the run's first instant. */
export function timesOfRun(trace: readonly EntrySeen<DynamoDBEvent>[]): SayNumber {
  let ofRun: string | undefined;
  return (digits) => {
    const instant = instantOf(digits);
    if (instant === null) return digits;
    ofRun ??= firstDayIn(trace);
    const [day = '', time = ''] = new Date(instant).toISOString().replace('Z', '').split('T');
    const shown = time.replace('.000', '');
    return day === ofRun ? shown : `${day} ${shown}`;
  };
}

/** Milliseconds since 1970 if these digits are evidently an instant, else null. */
function instantOf(digits: string): number | null {
  if (!/^(\d{10}|\d{13})$/.test(digits)) return null;
  const ms = digits.length === 10 ? Number(digits) * 1_000 : Number(digits);
  const year = new Date(ms).getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR ? ms : null;
}

/** The day of the earliest instant that a stored or found item holds. */
function firstDayIn(trace: readonly EntrySeen<DynamoDBEvent>[]): string {
  let first = Number.POSITIVE_INFINITY;
  for (const { event } of trace) {
    if (event.kind === 'item-changed') first = Math.min(first, earliestIn(event.before), earliestIn(event.after));
    if (event.kind === 'call-applied' && event.answer?.ok === true)
      first = Math.min(first, earliestIn(event.answer.output.Item));
  }
  return Number.isFinite(first) ? new Date(first).toISOString().slice(0, 10) : '';
}

function earliestIn(item: unknown): number {
  if (typeof item !== 'object' || item === null) return Number.POSITIVE_INFINITY;
  const instants = Object.values(item).flatMap((value: unknown) => {
    const digits = typeof value === 'object' && value !== null && 'N' in value ? value.N : undefined;
    const instant = typeof digits === 'string' ? instantOf(digits) : null;
    return instant === null ? [] : [instant];
  });
  return Math.min(Number.POSITIVE_INFINITY, ...instants);
}
