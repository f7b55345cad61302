/**
 * What every lesson page must have: the sections of a lesson; every task's checks, verdict and hints; the way to the answers; the
 * puzzle. And it must be no draft.
 *
 * Reads the page's source. Browser tests check its look.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CourseLab } from '../../course/kit/definition.ts';
import { siteFolder } from '../clone.ts';

/** The sections that every lesson has. It may have more. */
const SECTIONS = [
  'What you will have',
  'What happened',
  'Predict',
  'Run it',
  'Compare',
  'What this does not give you',
  'Quiz',
  'Further reading',
  'Next',
] as const;

/** What each task has in its section: the component, and what it shows. */
const OF_A_TASK = [
  ['Tasks', 'checks'],
  ['LiveVerdict', 'verdict'],
  ['TaskHints', 'hints'],
] as const;

/** What is for a reader whose tasks hold. */
const OF_A_LAB = [
  ['SolutionDiff', 'compare with the solution'],
  ['AnswersLink', 'lead to the right answers'],
] as const;

/**
 * Sentences about what the page lacks, without the lab's name. A draft gets only one sentence, which says that it is a draft.
 */
export async function missingOnPage({ slug, tasks, puzzle }: CourseLab): Promise<readonly string[]> {
  const page = await readFile(join(siteFolder(), 'src', 'content', 'docs', 'labs', `${slug}.mdx`), 'utf8').catch(
    () => null,
  );
  if (page === null) return [`no lesson page (site/src/content/docs/labs/${slug}.mdx)`];
  if (/^draft: true$/m.test(page)) return ['the lesson page is a skeleton: its head says «draft: true»'];
  return [
    ...SECTIONS.filter((section) => !page.includes(`\n## ${section}\n`)).map(
      (section) => `the lesson page has no section «${section}»`,
    ),
    ...tasks.flatMap(({ number }) =>
      OF_A_TASK.filter(([component]) => !page.includes(`<${component} lab="${slug}" task={${number}} `)).map(
        ([, what]) => `the lesson page does not show the ${what} of task ${number}`,
      ),
    ),
    ...OF_A_LAB.filter(([component]) => !page.includes(`<${component} lab="${slug}" />`)).map(
      ([, what]) => `the lesson page does not ${what}`,
    ),
    ...(puzzle === 'by-hand' && !page.includes(`<SchedulerPuzzle lab="${slug}">`)
      ? ['the lesson page does not show the puzzle']
      : []),
  ];
}
