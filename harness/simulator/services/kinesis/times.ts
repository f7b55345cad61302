/**
 * Instants, as Kinesis tells them: in seconds of the calendar, or as the words of a message.
 */

import type { Moment } from '../../contract/moment.ts';

/** Virtual time, and what it stands for. */
export type Times = Pick<Moment, 'nowMs' | 'epochMs'>;

/** Seconds since 1970, as on the wire. */
export function secondsOf(atMs: number, { epochMs }: Pick<Times, 'epochMs'>): number {
  return (epochMs + atMs) / 1_000;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Thu Jan 22 01:22:02 UTC 2015`. */
export function instantInWords(atMs: number, { epochMs }: Pick<Times, 'epochMs'>): string {
  const instant = new Date(epochMs + atMs);
  const [date = '', time = ''] = instant.toISOString().split('T');
  const [year, , day] = date.split('-');
  return `${DAYS[instant.getUTCDay()]} ${MONTHS[instant.getUTCMonth()]} ${day} ${time.slice(0, 8)} UTC ${year}`;
}
