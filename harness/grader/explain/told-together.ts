/**
 * Puts incidents that differ in their step alone into one sentence: «AWS throttled apply#1's GetItem at steps 3, 5 and 7».
 *
 * A reader takes in a few sentences, and three equal ones take the room of two others.
 */

import type { Incident } from '../../simulator/contract/shown.ts';
import { list } from '../../words/phrases.ts';

export interface NumberedIncident {
  readonly incident: Incident;
  /** The number that a reader sees for its step; null if it has none. */
  readonly step: number | null;
}

/** The incidents in their order, each group of equal ones where its first stands. */
export function toldTogether(found: readonly NumberedIncident[]): readonly Incident[] {
  const groups = Map.groupBy(found, (one) => withSteps(one, ' at …'));
  return [...groups.values()].map((group) => {
    const [first] = group as [NumberedIncident, ...NumberedIncident[]];
    const steps = [...new Set(group.flatMap(({ step }) => (step === null ? [] : [String(step)])))];
    if (steps.length < 2) return first.incident;
    return { ...first.incident, sentence: withSteps(first, ` at steps ${list(steps)}`) };
  });
}

/** Its sentence, with other words in place of its step. */
function withSteps({ incident: { sentence }, step }: NumberedIncident, words: string): string {
  return step === null ? sentence : sentence.replace(new RegExp(` at step ${step}(?!\\d)`), words);
}
