/**
 * The one shape of all operations: each reads its input, changes `state` or not, and says what came of it.
 *
 * `operations.ts` lists them.
 */

import type { Input } from '../../../contract/answer.ts';
import type { AppliedAt, Outcome } from '../outcome.ts';
import type { DynamoDBState } from '../state.ts';

export type DynamoDBOperation = (state: DynamoDBState, input: Input, at: AppliedAt) => Outcome;
