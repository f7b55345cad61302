/**
 * The course as pages show it: its labs in order, the finished ones and the ones to come.
 *
 * Nothing here names a lab. A finished lab states its own title and number. An unfinished lab is still to come for learners.
 */

import type { CourseLab } from '../../harness/course/kit/definition.ts';
import { labs } from '../../harness/course/labs.ts';
import { type LabToCome, toCome } from '../../harness/course/to-come.ts';

export interface ListedLab extends LabToCome {
  /** Absent while the lab is to come. */
  readonly lab?: CourseLab;
}

export interface BuiltLab extends ListedLab {
  readonly lab: CourseLab;
}

/** All labs in course order. */
export function courseLabs(): readonly ListedLab[] {
  return [...builtLabs(), ...toCome].sort((one, other) => one.number - other.number);
}

/** The finished labs. */
export function builtLabs(): readonly BuiltLab[] {
  return labs.map((lab) => ({ number: lab.number, slug: lab.slug, title: lab.title, about: lab.about, lab }));
}

/** The lab of this name, with its place in the course. Throws if a page names a lab that is not finished. */
export function courseLab(slug: string): BuiltLab {
  const found = builtLabs().find((built) => built.slug === slug);
  if (found === undefined) throw new Error(`A page is about the lab «${slug}», and the harness has none of that name.`);
  return found;
}

/** Whether a page, by its id, is the lesson of a lab. */
export function isLesson(id: string): boolean {
  return builtLabs().some(({ slug }) => id === `labs/${slug}`);
}

/** The next finished lab, if there is one. */
export function nextLab(slug: string): ListedLab | undefined {
  const { number } = courseLab(slug);
  return builtLabs().find((built) => built.number > number);
}
