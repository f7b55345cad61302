/**
 * The identity of a new lab: its slug, and the number, title and half sentence that the course has announced for it.
 *
 * It decides and refuses; it reads and writes nothing.
 */

import { LAB_NAME } from '../../course/kit/mistakes.ts';
import { everyLab } from '../../course/labs.ts';
import { type LabToCome, toCome } from '../../course/to-come.ts';
import { UsageError } from '../arguments.ts';

/** The slug names a lab's `export const`, so it must be a valid name in TypeScript. */
const WORDS_OF_THE_LANGUAGE = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield'.split(
    ' ',
  ),
);

/** The skeleton's description of itself, which an author replaces. */
export const SKELETON_ABOUT = 'two buyers, and one seat';

/** The announced or new lab with this slug. Throws a {@link UsageError} if the slug can't be used. */
export function identityOf(slug: string): LabToCome {
  if (!LAB_NAME.test(slug)) throw new UsageError(`«${slug}» is no name for a lab. ${wayOut(slug)}`);
  if (WORDS_OF_THE_LANGUAGE.has(slug))
    throw new UsageError(
      `«${slug}» is a word of TypeScript, and the lab is a constant of that name. Take another one.`,
    );
  const numbers = [...everyLab, ...toCome].map(({ number }) => number);
  const announced = toCome.find((lab) => lab.slug === slug);
  return announced ?? { slug, number: Math.max(...numbers) + 1, title: inWords(slug), about: SKELETON_ABOUT };
}

/** The name in code: `fanOut` for `fan-out`. */
export function constantOf(slug: string): string {
  return slug.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The name in text: «Fan out» for `fan-out`. */
function inWords(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function wayOut(slug: string): string {
  const near = slug
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const rule = 'Use lower-case letters, with dashes between words';
  return near === '' ? `${rule}: thread-pool.` : `${rule}: npx --no raceproof new-lab ${near}.`;
}
