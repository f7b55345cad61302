/**
 * Adds a lab to the text of `course/labs.ts`: one import and one line of the list, each where it belongs by the alphabet.
 *
 * Everything else in the file stays as it is.
 */

const IMPORT = /^import .* from '(.*)';$/;
const LIST_BEGINS = '  // One line each.';
const LIST_ENDS = ']);';

/** The text with the lab in it; null if it isn't the list that this knows. */
export function withLab(text: string, slug: string, constant: string): string | null {
  const lines = text.split('\n');
  const from = `./${slug}/lab.ts`;
  const added = `import { ${constant} } from '${from}';`;
  const listAt = lines.indexOf(LIST_BEGINS);
  const endAt = lines.indexOf(LIST_ENDS, listAt);
  const imports = lines.flatMap((line, at) => (IMPORT.test(line) ? [{ at, from: IMPORT.exec(line)?.[1] ?? '' }] : []));
  const last = imports.at(-1);
  if (listAt === -1 || endAt === -1 || last === undefined || lines.includes(added)) return null;
  const entry = `  ${constant},`;
  const entryAt = lines.findIndex((line, at) => at > listAt && (at === endAt || line > entry));
  const importAt = imports.find((one) => one.from > from)?.at ?? last.at + 1;
  // From the end, so that the first place is still where it was.
  return lines.toSpliced(entryAt, 0, entry).toSpliced(importAt, 0, added).join('\n');
}
