/**
 * The source of a fact about AWS: the AWS page that states it.
 *
 * Read from docs/facts.md and the services' facts.md, which hold all facts of the project. An unknown id is an error, so that
 * no page cites one.
 */

import { factsText } from './repository-texts.ts';

export interface Fact {
  /** The AWS page. */
  readonly title: string;
  readonly href: string;
}

/** The source of the fact with this id. */
export function factNamed(id: string): Fact {
  const row = factsText()
    .body.split('\n')
    .find((line) => line.startsWith(`| ${id} |`));
  const [, , , , source = ''] = row?.split('|').map((cell) => cell.trim()) ?? [];
  const [, title, href] = /^\[([^\]]+)\]\(([^)]+)\)/.exec(source) ?? [];
  if (title === undefined || href === undefined) throw new Error(`No service's facts.md has a source for «${id}».`);
  return { title, href };
}
