/**
 * Makes a lab of the course from its definition, or says what is wrong with the definition.
 *
 * A lab that lacks something has no mistake; the course check lists what is missing. A mistake is a name that refers to nothing
 * or to two things. It is reported when the lab is loaded, before anything is graded.
 */

import type { CourseLab, LabDefinition } from './definition.ts';
import { mistakesIn } from './mistakes.ts';
import { forGrader } from './scenario.ts';

/** A lab contradicts itself. The message names the lab, every mistake in it, and how to fix each. */
export class LabMistake extends Error {
  override name = 'LabMistake';
}

/** The lab, ready for the grader. Throws a {@link LabMistake}. */
export function defineLab(definition: LabDefinition): CourseLab {
  const mistakes = mistakesIn(definition);
  if (mistakes.length > 0) throw new LabMistake(said(`The lab «${definition.slug}» contradicts itself`, mistakes));
  const { scenarios, checks, unfinished = false, ...rest } = definition;
  return {
    ...rest,
    checks,
    unfinished,
    scenarios: scenarios.map(forGrader),
    failures: failuresOf(definition),
    failuresByCheck: failuresByCheck(definition),
  };
}

/** Sorts labs by their numbers. Throws a {@link LabMistake} if two of them have the same name or number. */
export function inCourseOrder(labs: readonly CourseLab[]): readonly CourseLab[] {
  const mistakes = labs.flatMap((lab, index) =>
    labs.slice(0, index).flatMap((other) => {
      if (other.slug === lab.slug) return [`«${lab.slug}» stands in the list twice. Take one out.`];
      if (other.number !== lab.number) return [];
      return [`«${other.slug}» and «${lab.slug}» are both number ${lab.number}. Give one of them another number.`];
    }),
  );
  if (mistakes.length > 0) throw new LabMistake(said('The list of labs contradicts itself', mistakes));
  return [...labs].sort((one, other) => one.number - other.number);
}

/** Every kind of failure that a check of this lab can name, each once. */
export function failuresOf({
  checks,
  templateChecks = [],
}: Pick<LabDefinition, 'checks' | 'templateChecks'>): string[] {
  return [...new Set([...checks.flatMap(({ failures }) => failures), ...templateChecks.map(({ hintId }) => hintId)])];
}

function failuresByCheck({
  checks,
  templateChecks = [],
}: Pick<LabDefinition, 'checks' | 'templateChecks'>): CourseLab['failuresByCheck'] {
  return Object.fromEntries([
    ...checks.map(({ id, failures }) => [id, failures] as const),
    ...templateChecks.map(({ id, hintId }) => [id, [hintId]] as const),
  ]);
}

function said(what: string, mistakes: readonly string[]): string {
  return [`${what}:`, ...mistakes.map((mistake) => `  · ${mistake}`)].join('\n');
}
