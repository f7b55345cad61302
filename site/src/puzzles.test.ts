/** Puzzles as pages find, draw and describe them. */

import { describe, expect, it } from 'vitest';
import { labs } from '../../harness/course/labs.ts';
import { inWords } from './lanes/words.ts';
import { picture } from './picture.ts';
import { puzzleOf } from './puzzles.ts';

describe('the puzzle of a lab', () => {
  it.each(labs.map((lab) => [lab.slug, lab.puzzle === 'by-hand'] as const))('of %s is there: %s', async (slug, is) => {
    expect((await puzzleOf(slug)) !== null).toBe(is);
  });

  it('is null if no lab has this name', async () => {
    expect(await puzzleOf('no-such-lab')).toBeNull();
    expect(await puzzleOf('kit')).toBeNull();
  });

  it('is drawn from its first move on', async () => {
    const puzzle = await puzzleOf('dedupe');
    expect(picture(puzzle?.trace(['till']) ?? [], '').svg).toContain('<svg');
  });

  it('is described in words, with the queue and the gateway by name', async () => {
    const puzzle = await puzzleOf('dedupe');
    expect(inWords(puzzle?.trace(['till', 'debit#1', 'debit#1', 'debit#1']) ?? [])).toEqual([
      'In the queue DebitQueue: message 1 sent.',
      'debit#1 starts: message 1.',
      'debit#1 get finds nothing.',
      'debit#1 asks gateway, which answers 200 debit-1.',
    ]);
  });
});
