/** Adding a lab to the list of labs. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { constantOf } from './identity.ts';
import { withLab } from './list-of-labs.ts';

const LIST = readFileSync(new URL('../../course/labs.ts', import.meta.url), 'utf8');

const added = (text: string, slug: string) => withLab(text, slug, constantOf(slug)) ?? '';
const slugsIn = (text: string) => [...text.matchAll(/from '\.\/([a-z-]+)\/lab\.ts'/g)].map(([, slug]) => slug);
const namesIn = (text: string) => [...text.matchAll(/^ {2}(\w+),$/gm)].map(([, name]) => name);

it('puts the lab among the imports and into the list, in alphabetical order', () => {
  const slugs = ['zz-last', 'aa-first', 'ee-middle'];
  const text = slugs.reduce(added, LIST);
  expect(slugsIn(text)).toEqual([...slugsIn(LIST), ...slugs].sort());
  expect(namesIn(text)).toEqual([...namesIn(LIST), ...slugs.map(constantOf)].sort());
  expect(text.split('\n')).toHaveLength(LIST.split('\n').length + 2 * slugs.length);
});

it('gives up if the lab is in the list already, or if the file has another shape', () => {
  expect(withLab(added(LIST, 'a-lab'), 'a-lab', 'aLab')).toBeNull();
  expect(withLab(LIST.replace('// One line each.', '//'), 'a-lab', 'aLab')).toBeNull();
  expect(withLab('', 'a-lab', 'aLab')).toBeNull();
});
