/**
 * A batch of which SQS does not do the last entry, as AWS may at any time: it stands in `Failed`, and the status is 200 (SQ-12).
 */

import { type AwsAnswer, type Input, ok } from '../../contract/answer.ts';
import type { CallFault } from '../../contract/call-fault.ts';
import { NO_FOOTPRINT } from '../../contract/footprint.ts';
import { isRecord } from '../../contract/request.ts';

const BATCHES: ReadonlySet<string> = new Set([
  'SendMessageBatch',
  'DeleteMessageBatch',
  'ChangeMessageVisibilityBatch',
]);

/** The fault that may strike at this call; none if it is no batch. */
export function partialMessageBatch(operation: string, input: Input): readonly CallFault[] {
  const entries = BATCHES.has(operation) && Array.isArray(input.Entries) ? input.Entries.filter(isRecord) : [];
  const last = entries.at(-1);
  if (last === undefined) return [];
  const failed = { Id: last.Id, SenderFault: false, Code: 'InternalError', Message: 'Unknown error' };
  const rest = entries.slice(0, -1);
  if (rest.length === 0) {
    const served = { answer: ok({ Failed: [failed] }), effects: [], footprint: NO_FOOTPRINT };
    return [{ fault: 'partial', served }];
  }
  const complete = (answer: AwsAnswer): AwsAnswer => {
    if (!answer.ok) return answer;
    const others = Array.isArray(answer.output.Failed) ? answer.output.Failed : [];
    return ok({ ...answer.output, Failed: [...others, failed] });
  };
  return [{ fault: 'partial', input: { ...input, Entries: rest }, complete }];
}
