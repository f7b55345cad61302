/**
 * A service as its mutations see it: a folder with sources, tests that are named after facts, a README and a list.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Mutations } from '../simulator/contract/mutation.ts';
import { factsModelled } from './facts.ts';

export interface ServiceUnderTest {
  readonly name: string;
  readonly folder: string;
  readonly testFiles: readonly string[];
  readonly mutations: Mutations;
  /** The facts that its README lists as modelled. */
  readonly modelled: readonly string[];
}

/**
 * Every service below `folder`, by name. A service without a list has no mutations, so all its tests are reported as never
 * failing.
 */
export async function readServices(folder: string): Promise<readonly ServiceUnderTest[]> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return Promise.all(names.map((name) => readService(join(folder, name))));
}

export async function readService(folder: string): Promise<ServiceUnderTest> {
  const list = join(folder, 'mutations.ts');
  const readme = join(folder, 'README.md');
  const mutations = existsSync(list) ? await readList(list) : [];
  return {
    name: basename(folder),
    folder,
    testFiles: readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts'))
      .sort()
      .map((path) => join(folder, path)),
    mutations,
    modelled: existsSync(readme) ? factsModelled(readFileSync(readme, 'utf8')) : [],
  };
}

async function readList(path: string): Promise<Mutations> {
  try {
    const list = (await import(pathToFileURL(path).href)) as { readonly default?: Mutations };
    if (list.default === undefined) throw new Error('it has no default export');
    return list.default;
  } catch (error) {
    throw new Error(`${path} does not load: ${error instanceof Error ? error.message : String(error)}`);
  }
}
