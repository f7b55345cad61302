/** Texts of the repository, made ready for a page. */

import { describe, expect, it } from 'vitest';
import { split } from './repository-texts.ts';

describe('a text of the repository', () => {
  it('loses its title, and its headings move down a level', () => {
    expect(split('# A\n\ntext\n\n## B\n', 1)).toEqual({ title: 'A', body: 'text\n\n### B' });
  });

  it('keeps code as it is', () => {
    expect(split('# A\n```sh\n# no heading\n```', 1).body).toBe('```sh\n# no heading\n```');
  });

  it('keeps links to AWS, and only the words of other links', () => {
    expect(split('# A\n[x](https://aws.amazon.com/) [y](./y.ts)', 1).body).toBe('[x](https://aws.amazon.com/) y');
  });
});
