/**
 * Texts of the repository that become pages: what each simulated service models, and the facts about AWS.
 *
 * They are read at build time from their own files, so that a page can't differ from them. A service without a README has no
 * section yet.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** Astro runs in the site's folder. */
const ROOT = join(process.cwd(), '..');
const SERVICES = join(ROOT, 'harness', 'simulator', 'services');

export interface RepositoryText {
  readonly id: string;
  readonly title: string;
  /** Markdown without its title, to be shown below a heading of the second level. */
  readonly body: string;
}

/** The READMEs of the simulated services, by name. */
export function serviceTexts(): readonly RepositoryText[] {
  return textsOf('README.md').map((text) => ({ ...text, id: `services/${text.id}` }));
}

/** The facts about AWS: docs/facts.md, and below it the facts of each service. */
export function factsText(): RepositoryText {
  const about = split(readFileSync(join(ROOT, 'docs', 'facts.md'), 'utf8'), 0);
  const ofServices = textsOf('facts.md').map(({ title, body }) => `## ${title.replace(/: facts$/, '')}\n\n${body}`);
  return { ...about, id: 'facts', body: [about.body, ...ofServices].join('\n\n') };
}

/** A file that services have in their folders, one level deeper, from each service that has it, by name. */
function textsOf(file: string): readonly RepositoryText[] {
  return readdirSync(SERVICES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(SERVICES, entry.name, file)))
    .map(({ name }) => ({ id: name, ...split(readFileSync(join(SERVICES, name, file), 'utf8'), 1) }));
}

/** Removes the title, moves the other headings down, and keeps only the words of links inside the repository. */
export function split(markdown: string, deeper: number): Pick<RepositoryText, 'title' | 'body'> {
  const [first = '', ...rest] = markdown.trim().split('\n');
  let inCode = false;
  const body = rest.map((line) => {
    if (line.startsWith('```')) inCode = !inCode;
    if (inCode) return line;
    const pushed = /^#+ /.test(line) ? '#'.repeat(deeper) + line : line;
    return pushed.replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1');
  });
  return { title: first.replace(/^#+\s*/, ''), body: body.join('\n').trim() };
}
