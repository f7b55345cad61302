/**
 * What a million bumps cost in DynamoDB, on-demand, us-east-1.
 *
 * Requests of the table only: Lambda costs the same in each of the designs. Items are below 1 KB.
 */

/** US dollars per million request units. <https://aws.amazon.com/dynamodb/pricing/on-demand/>, in force since November 2024. */
const WRITE_UNIT_DOLLARS = 0.625;
const READ_UNIT_DOLLARS = 0.125;

export interface Units {
  readonly writes: number;
  readonly reads: number;
}

/** «$0.63 for a million»: what these units cost when each is spent a million times. */
export function perMillion({ writes, reads }: Units): string {
  const dollars = writes * WRITE_UNIT_DOLLARS + reads * READ_UNIT_DOLLARS;
  return `$${dollars.toFixed(2)}`;
}
