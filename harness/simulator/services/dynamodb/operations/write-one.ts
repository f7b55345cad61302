/**
 * The three operations that write one item, from judgement to answer.
 *
 * The footprint of a failed condition has only reads: nothing changed, so steps that read this item do not depend on it.
 */

import type { Input } from '../../../contract/answer.ts';
import type { Footprint } from '../../../contract/footprint.ts';
import { Refusal } from '../../../contract/refusal.ts';
import type { AttributeMap } from '../attribute-value.ts';
import { commutes, conditionFailed, judge, store, type Write } from '../item-write.ts';
import { type AppliedAt, itemChanged, itemPath, type Outcome, readOutcome, writeOutcome } from '../outcome.ts';
import { validationError } from '../refusal.ts';
import { DYNAMODB_MEMBERS } from '../request.ts';

export const RETURN_VALUES = ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'] as const;

/** Applies one write. `output` creates the answer from the item before and after. */
export function writeOne(
  write: Write,
  at: AppliedAt,
  output: (before: AttributeMap | undefined, after: AttributeMap | undefined) => Readonly<Record<string, unknown>>,
): Outcome {
  const { name } = write.table.definition;
  const path = itemPath(name, write.key.canonical);
  try {
    const judgement = judge(write);
    if (judgement.kind === 'fails') return readOutcome(conditionFailed(write, judgement.before), [path]);
    const { before, after } = judgement;
    const footprint: Footprint = commutes(write, at)
      ? { reads: [], writes: [], adds: [path] }
      : { reads: [path], writes: [path] };
    store(write, after, at);
    return writeOutcome(
      output(before, after?.attributes),
      footprint,
      itemChanged(name, write.key.attributes, before, after?.attributes),
    );
  } catch (problem) {
    if (problem instanceof Refusal) return readOutcome(problem.answer, [path]);
    throw problem;
  }
}

/** The member `ReturnValues` of PutItem and DeleteItem. */
export function oldItemWanted(input: Input): boolean {
  const wanted = DYNAMODB_MEMBERS.oneOf(input, 'ReturnValues', RETURN_VALUES) ?? 'NONE';
  if (wanted !== 'NONE' && wanted !== 'ALL_OLD') throw validationError('ReturnValues can only be ALL_OLD or NONE');
  return wanted === 'ALL_OLD';
}
