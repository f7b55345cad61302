/**
 * Adds a lab to the text of `course/labs.ts`: one import and one line of the list, each in alphabetical order.
 *
 * The rest of the file stays as it is.
 */

const IMPORT = /^import .* from '(.*)';$/;
const LIST_BEGINS = '  // One line each.';
const LIST_ENDS = ']);';

/** The text with the lab; null if the text does not have the expected shape. */
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
  // The later insertion comes first, so that the earlier position stays valid.
  return lines.toSpliced(entryAt, 0, entry).toSpliced(importAt, 0, added).join('\n');
}
