/**
 * What a reader sees of a replay that diverged from its token.
 */

import { describe, expect, it } from 'vitest';
import { PLAIN_PAGE } from './page.ts';
import { reportReplay } from './replay.ts';

function told(sameCode: boolean): string {
  const diverged = { atStep: 9, why: 'the run was over' };
  const replayed = { kind: 'replayed', trace: [], observation: {}, violations: [], because: [], diverged } as const;
  return reportReplay({ ...replayed, sameCode }, 'dedupe@1.debit-twice.d198b412.z_1', PLAIN_PAGE).replace(/\s+/g, ' ');
}

describe('a replay that diverged from its token', () => {
  it('names the code as the cause if the code has changed', () => {
    expect(told(false)).toContain(
      'Your code has changed since this token was printed, and the run left its way after step 9',
    );
  });

  it('names the token as the cause if the code is the token’s own', () => {
    expect(told(true)).toContain(
      'Your code is the one that this token names, and yet the run left its way after step 9',
    );
    expect(told(true)).toContain('Check that the token was copied as it was printed.');
  });
});
