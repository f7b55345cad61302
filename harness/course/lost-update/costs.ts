/**
 * The cost of a million bumps in DynamoDB, on-demand, us-east-1.
 *
 * Only requests of the table count, because Lambda costs the same in each of the designs. Items are below 1 KB.
 */

import { PRICES } from '../kit/prices.ts';

/** What one bump uses of the table. */
export interface BumpUnits {
  readonly writes: number;
  readonly reads: number;
}

/** The price of a million times these units: «$0.63». */
export function perMillionBumps({ writes, reads }: BumpUnits): string {
  const dollars = writes * PRICES.perMillionWriteUnits + reads * PRICES.perMillionReadUnits;
  return `$${dollars.toFixed(2)}`;
}
