/**
 * What the test of a lab's page has to know about it, and where it stands: one file per lab in `lessons/`.
 *
 * Everything that is true of every page is tested without it.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { labs } from '../../../harness/course/labs.ts';

export interface Lesson {
  readonly questions: number;
  /** Absent if the lab has none. Keys are those of the puzzle's buttons. */
  readonly puzzle?: {
    readonly breaks: string;
    readonly says: RegExp;
    readonly drawn: RegExp;
    readonly quiet: string;
    readonly quietSays: RegExp;
  };
}

/** The lessons of the labs that learners see, by name. Throws where one has no file. */
export async function readLessons(): Promise<ReadonlyMap<string, Lesson>> {
  return new Map(await Promise.all(labs.map(async ({ slug }) => [slug, await read(slug)] as const)));
}

async function read(slug: string): Promise<Lesson> {
  const file = join(import.meta.dirname, 'lessons', `${slug}.ts`);
  if (!existsSync(file))
    throw new Error(`site/test/browser/lessons/${slug}.ts is missing: say in it what the page of this lab has.`);
  const module = (await import(pathToFileURL(file).href)) as { readonly default: Lesson };
  return module.default;
}
