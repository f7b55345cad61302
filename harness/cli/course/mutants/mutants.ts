/**
 * All mutants of one right answer: what each operator makes of each of its files.
 *
 * Two operators may make the same text; it is graded once. A change that only people could read, in the message of an error or in the
 * log, is left out.
 */

import { changed, type MutantChange } from './change.ts';
import { furtherChanges, textsForPeople } from './further-operators.ts';
import type { RightAnswer } from './right-answer.ts';
import { standardChanges } from './standard-operators.ts';

/** The mutants of the files that are the answer's own, in the order of their places. */
export async function mutantsOf({ files, own }: RightAnswer): Promise<readonly MutantChange[]> {
  const changes: MutantChange[] = [];
  for (const path of own) {
    const text = files.get(path) ?? '';
    const all = [...(await standardChanges(path, text)), ...furtherChanges(path, text)];
    const texts = textsForPeople(path, text);
    const isInText = ({ start, end }: MutantChange) => texts.some((it) => it.start <= start && end <= it.end);
    changes.push(...all.filter((change) => !isInText(change)).sort(byPlace));
  }
  const seen = new Set<string>();
  return changes.filter((change) => {
    const text = `${change.path}\0${changed(files, change).get(change.path)}`;
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function byPlace(a: MutantChange, b: MutantChange): number {
  return a.start - b.start || a.end - b.end;
}

/** Every n-th of them, so that about `most` are left: always the same ones. */
export function sampleOf(changes: readonly MutantChange[], most: number): readonly MutantChange[] {
  if (changes.length <= most) return changes;
  const every = changes.length / most;
  return Array.from({ length: most }, (_, at) => changes[Math.floor(at * every)]).filter((it) => it !== undefined);
}
