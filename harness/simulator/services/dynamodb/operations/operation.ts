/**
 * The one shape of all operations: each reads its input, changes `state` or not, and says what came of it.
 *
 * `operations.ts` lists them.
 */

import type { Input } from '../../../contract/answer.ts';
import type { Outcome } from '../outcome.ts';
import type { DynamoDBState } from '../state.ts';

/** When a call is applied: virtual time, and the instant on the calendar that its zero stands for. */
export interface AppliedAt {
  readonly nowMs: number;
  readonly epochMs: number;
}

export type DynamoDBOperation = (state: DynamoDBState, input: Input, at: AppliedAt) => Outcome;
