/**
 * How long DynamoDB takes in a timed run.
 */

import type { WaitMs } from '../../contract/latency.ts';

/** «Consistent single-digit millisecond latency»: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Introduction.html */
const READ: WaitMs = { fromMs: 2, toMs: 6 };
const WRITE: WaitMs = { fromMs: 3, toMs: 9 };
/** Two rounds over the items, prepare and commit: https://www.usenix.org/conference/atc23/presentation/idziorek */
const TRANSACTION: WaitMs = { fromMs: 8, toMs: 24 };

/** The latency of a call, there and back together. */
export function dynamodbLatency(operation: string): WaitMs {
  if (operation.startsWith('Transact')) return TRANSACTION;
  return /^(Get|BatchGet|Query|Scan)/.test(operation) ? READ : WRITE;
}
