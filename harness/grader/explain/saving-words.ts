/**
 * Says in a sentence what would have saved a run. The caller has tried it.
 */

import { FAULT_WORDS } from '../../simulator/contract/fault-words.ts';
import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import type { Numbering } from './numbering.ts';
import type { Conflict, Saving } from './saving.ts';

/** `explained`: the pair that the other sentences are about. Steps without a number for the reader are not mentioned. */
export function saySaving(
  saving: Saving,
  explained: Conflict | undefined,
  trace: Trace,
  numbering: Numbering,
): readonly string[] {
  const numberOf = (step: number): number | null => {
    const entry: TraceEntry | undefined = trace.find((candidate) => candidate.step === step);
    return entry === undefined ? null : numbering(entry);
  };
  if (saving.kind === 'fault') {
    const at = numberOf(saving.step);
    return [`Without the ${FAULT_WORDS[saving.fault].noun}${at === null ? '' : ` at step ${at}`} it holds.`];
  }
  const [first, second] = [numberOf(saving.first), numberOf(saving.second)];
  if (first === null || second === null) return [];
  const isExplained = explained?.first === saving.first && explained.second === saving.second;
  return [`Swap ${first} and ${second} and it holds${isExplained ? '' : ': either could have come first'}.`];
}
