/**
 * A fact about AWS by its id: what it says, and which page of AWS says so.
 *
 * Read from docs/facts.md, where every fact of the project stands. An unknown id is an error, so that no page cites one.
 */

import { factsText } from './repository-texts.ts';

export interface Fact {
  readonly text: string;
  /** The page of AWS. */
  readonly title: string;
  readonly href: string;
}

/** The fact with this id. */
export function factNamed(id: string): Fact {
  const row = factsText()
    .body.split('\n')
    .find((line) => line.startsWith(`| ${id} |`));
  const [, , , text = '', source = ''] = row?.split('|').map((cell) => cell.trim()) ?? [];
  const [, title, href] = /^\[([^\]]+)\]\(([^)]+)\)/.exec(source) ?? [];
  if (title === undefined || href === undefined) throw new Error(`docs/facts.md has no source for «${id}».`);
  return { text, title, href };
}
