/**
 * Says in a sentence what would have saved a run. The caller has tried it, and the sentence says what was tried and no more.
 */

import { FAULT_WORDS } from '../../simulator/contract/fault-words.ts';
import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import type { Numbering } from './numbering.ts';
import type { Saving } from './saving.ts';

/** The sentence, in a list; empty if a step has no number for the reader. */
export function saySaving(saving: Saving, trace: Trace, numbering: Numbering): readonly string[] {
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
  return saving.kind === 'swap'
    ? [`Had step ${first} come after step ${second}, it would have held.`]
    : [`It holds under a schedule in which step ${second} comes before step ${first}.`];
}
