/**
 * Stands for the screening of payments, another team's service: each event is screened before it is booked, and that takes its time.
 *
 * There is nothing to do in this file. Screening takes eight callers at a time, and each execution environment of a function is one.
 */

import { setTimeout } from 'node:timers/promises';
import type { AccountEvent } from './account.ts';

const screeningMs = Number(process.env.SCREENING_MS);

/** Screens an event and returns a receipt, which auditors want to see beside the balance. */
export async function screen({ account, seq }: AccountEvent): Promise<string> {
  if (screeningMs > 0) await setTimeout(screeningMs);
  return `S/${account}/${seq}`;
}
