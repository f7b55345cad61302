/** The course as pages show it. */

import { describe, expect, it } from 'vitest';
import { everyLab, labs } from '../../harness/course/labs.ts';
import { toCome } from '../../harness/course/to-come.ts';
import { builtLabs, courseLab, courseLabs, nextLab } from './course.ts';

describe('the course on the pages', () => {
  it('lists ten labs in order', () => {
    expect(courseLabs().map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('has a place for every finished lab, under the harness’s own title', () => {
    expect(builtLabs().map(({ slug, title }) => [slug, title])).toEqual(labs.map(({ slug, title }) => [slug, title]));
  });

  it('lists no other lab as finished', () => {
    expect(courseLabs().filter(({ lab }) => lab !== undefined)).toHaveLength(labs.length);
    const unfinished = new Set(everyLab.filter((lab) => lab.unfinished).map(({ slug }) => slug));
    expect(builtLabs().filter(({ slug }) => unfinished.has(slug))).toEqual([]);
  });

  it('lists no finished lab as one to come', () => {
    const finished = new Set(labs.map(({ slug }) => slug));
    expect(toCome.filter(({ slug }) => finished.has(slug))).toEqual([]);
  });

  it('leads from each finished lab to the next one, and from the last to none', () => {
    const slugs = labs.map(({ slug }) => slug);
    expect(slugs.map((slug) => nextLab(slug)?.slug)).toEqual([...slugs.slice(1), undefined]);
  });

  it('knows no lab that the harness doesn’t', () => {
    expect(() => courseLab('no-such-lab')).toThrow('none of that name');
  });
});
