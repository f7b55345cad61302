/**
 * The hints of one task of a lab, each with the checks that can name its kind of failure.
 *
 * Read from the lab's definition, so that a page lists all of them and none twice.
 */

import type { Hint } from '../../harness/course/lab.ts';
import { courseLab } from './course.ts';

export interface HintOfTask extends Hint {
  /** The titles of the checks that it is for: «each order is charged once», in a few words. */
  readonly checks: string;
}

/** How many titles are listed before the rest is counted. */
const MOST_TITLES = 2;

/** In the order in which the lab's checks name them. */
export function hintsOfTask(slug: string, task: number): readonly HintOfTask[] {
  const { lab } = courseLab(slug);
  const checks = [...lab.checks, ...(lab.templateChecks ?? [])].filter((check) => check.task === task);
  const named = new Set(checks.flatMap(({ id }) => lab.failuresByCheck[id] ?? []));
  return [...named].flatMap((id) => {
    const hint = lab.hints.find((known) => known.id === id);
    if (hint === undefined) return [];
    const titles = checks
      .filter((check) => lab.failuresByCheck[check.id]?.includes(id))
      .map(({ title }) => `«${title}»`);
    const more = titles.length - MOST_TITLES;
    return [{ ...hint, checks: `${titles.slice(0, MOST_TITLES).join(' or ')}${more > 0 ? ` or ${more} more` : ''}` }];
  });
}
