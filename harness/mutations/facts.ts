/**
 * How tests and READMEs refer to facts: a test's name begins with the ids, and a README lists the ids that are modelled.
 */

const LEADING = /^(?:[A-Z]{2}-\d{2}\b[ ,]*)+/;
const ID = /\b[A-Z]{2}-\d{2}\b/g;
const SECTION = /^## What is modelled$([\s\S]*?)(?=^## |$(?![\s\S]))/m;

/** The facts that a test is about: `LS-13 LS-14 a throttle says whose limit was met` is about two. */
export function factsOfTest(name: string): readonly string[] {
  return LEADING.exec(name)?.[0].match(ID) ?? [];
}

/** The facts that a README calls modelled: those in the first column of its table «What is modelled», and in the text beside it. */
export function factsModelled(readme: string): readonly string[] {
  const lines = (SECTION.exec(readme)?.[1] ?? '').split('\n');
  const named = lines.map((line) => (line.startsWith('|') ? (line.split('|')[1] ?? '') : line));
  return [...new Set(named.flatMap((text) => text.match(ID) ?? []))];
}
