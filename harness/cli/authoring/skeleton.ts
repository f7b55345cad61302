/**
 * The skeleton of a lab under another name: all files of a new lab, by their path in the clone.
 *
 * The skeleton itself is `course/skeleton`, a small lab that runs. This file writes nothing.
 */

import { join } from 'node:path';
import { stringify } from 'yaml';
import type { LabToCome } from '../../course/to-come.ts';
import { UsageError } from '../arguments.ts';
import { readLabTree, type Tree } from '../keeping/lab-tree.ts';
import { constantOf, SKELETON_ABOUT } from './identity.ts';

/** The identity of the skeleton until it is copied. */
const SKELETON = { slug: 'skeleton', number: 99, title: 'The last seat', about: SKELETON_ABOUT } as const;

/** The contents of `elsewhere/`, and where each part goes. */
const ELSEWHERE: readonly (readonly [from: string, to: (slug: string) => string])[] = [
  ['elsewhere/package.json', (slug) => `labs/${slug}/package.json`],
  ['elsewhere/lesson.mdx', (slug) => `site/src/content/docs/labs/${slug}.mdx`],
];
const SOLUTION = 'elsewhere/solution/';
const STARTER = 'starter/';
/** This file describes the skeleton and belongs to no lab. */
const OWN_README = 'README.md';

/** The files of a new lab. Throws a {@link UsageError} where there is no skeleton to copy. */
export async function skeletonFor(root: string, lab: LabToCome): Promise<Tree> {
  const skeleton = await readLabTree(join(root, 'harness', 'course', SKELETON.slug));
  if (skeleton === null || skeleton.size === 0) {
    throw new UsageError(
      `There is no skeleton of a lab in ${root}. Run this in a clone of the course; in one, «git restore harness/course/skeleton» brings it back.`,
    );
  }
  const files = new Map<string, string>();
  for (const [path, text] of skeleton) {
    for (const place of placesOf(path, lab.slug)) files.set(place, renamed(text, lab));
  }
  return files;
}

function placesOf(path: string, slug: string): readonly string[] {
  if (path === OWN_README) return [];
  if (path.startsWith(SOLUTION)) return [`solutions/${slug}/${path.slice(SOLUTION.length)}`];
  const elsewhere = ELSEWHERE.find(([from]) => from === path);
  if (elsewhere !== undefined) return [elsewhere[1](slug)];
  const own = `harness/course/${slug}/${path}`;
  return path.startsWith(STARTER) ? [own, `labs/${slug}/${path.slice(STARTER.length)}`] : [own];
}

/** The text of one file, about the new lab. Replaces the skeleton's description of itself first, then its name. */
function renamed(text: string, { slug, number, title, about }: LabToCome): string {
  const said: readonly (readonly [string, string])[] = [
    [`export const ${SKELETON.slug} =`, `export const ${constantOf(slug)} =`],
    [`number: ${SKELETON.number},`, `number: ${number},`],
    [`title: '${SKELETON.title}'`, `title: ${inTypeScript(title)}`],
    [`about: '${SKELETON.about}'`, `about: ${inTypeScript(about)}`],
    [`# Lab ${SKELETON.number} · ${SKELETON.title}`, `# Lab ${number} · ${title}`],
    [`"Lab ${SKELETON.number}: ${SKELETON.about}."`, JSON.stringify(`Lab ${number}: ${about}.`)],
    [`\ntitle: ${SKELETON.title}\n`, `\ntitle: ${stringify(title)}`],
  ];
  const aboutTheLab = said.reduce((before, [from, to]) => before.replaceAll(from, () => to), text);
  return aboutTheLab.replaceAll(new RegExp(`\\b${SKELETON.slug}\\b`, 'g'), slug);
}

function inTypeScript(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text.replaceAll('\\', '\\\\')}'`;
}
