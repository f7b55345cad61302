/**
 * What a million bumps cost in DynamoDB, on-demand, us-east-1.
 *
 * Requests of the table only: Lambda costs the same in each of the designs. Items are below 1 KB.
 */

import { PRICES } from '../kit/prices.ts';

/** What one bump uses of the table. */
export interface BumpUnits {
  readonly writes: number;
  readonly reads: number;
}

/** «$0.63»: what these units cost when each is spent a million times. */
export function perMillionBumps({ writes, reads }: BumpUnits): string {
  const dollars = writes * PRICES.perMillionWriteUnits + reads * PRICES.perMillionReadUnits;
  return `$${dollars.toFixed(2)}`;
}
