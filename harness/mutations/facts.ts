/**
 * How tests and READMEs name facts: a test's name begins with the ids, a README lists the ids that are modelled.
 */

const LEADING = /^(?:[A-Z]{2}-\d{2}\b[ ,]*)+/;
const ID = /\b[A-Z]{2}-\d{2}\b/g;
const SECTION = /^## What is modelled$([\s\S]*?)(?=^## |$(?![\s\S]))/m;

/** The facts that a test is about: `LS-13 LS-14 a throttle says whose limit was met` is about two. */
export function factsOfTest(name: string): readonly string[] {
  return LEADING.exec(name)?.[0].match(ID) ?? [];
}

/** The facts in the first column of a README's table «What is modelled». */
export function factsModelled(readme: string): readonly string[] {
  const rows = (SECTION.exec(readme)?.[1] ?? '').split('\n').filter((line) => line.startsWith('|'));
  return [...new Set(rows.flatMap((row) => row.split('|')[1]?.match(ID) ?? []))];
}
