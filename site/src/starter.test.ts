/** What a page shows of a starter before the reader has made a prediction. */

import { describe, expect, it } from 'vitest';
import { withoutTaskComments } from './starter.ts';

const TASK = '// WORK (task 1): let the table add.';

describe('code without its tasks', () => {
  it('loses the whole comment and the empty line after it, and nothing else', () => {
    const code = ['// Bumps.', 'const Key = 1;', '', `  ${TASK}`, '  // const answer = 42;', '', 'put(Key);'];
    expect(withoutTaskComments(code.join('\n'))).toBe(['// Bumps.', 'const Key = 1;', '', 'put(Key);'].join('\n'));
  });

  it('keeps code that follows a task at once', () => {
    expect(withoutTaskComments(`${TASK}\nput();`)).toBe('put();');
  });
});
