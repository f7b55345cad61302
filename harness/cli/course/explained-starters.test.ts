/** How the shortest failures of the starters are explained: three schedules, replayed by their tokens, word for word. */

import { expect, it } from 'vitest';
import { findLab } from '../../course/labs.ts';
import { rowsOf } from '../../grader/draw/rows.ts';
import { replayRun } from '../../grader/replay/replay.ts';
import { NODE } from '../../node/platform.ts';
import { casesOf } from './cases.ts';

const LONG_MS = 120_000;

async function explained(slug: string, token: string) {
  const lab = findLab(slug);
  if (lab === undefined) throw new Error(`no lab ${slug}`);
  const starter = (await casesOf(lab)).cases.find(({ kind }) => kind === 'starter');
  const replayed = await replayRun({
    platform: NODE,
    lab,
    files: starter?.files ?? new Map(),
    token,
    host: 'in-realm',
  });
  if (replayed.kind === 'refused') throw new Error(replayed.message);
  const numbers = new Map(rowsOf(replayed.trace).map(({ step, number }) => [step, number]));
  const marked = (replayed.marked ?? []).map(({ kind, step }) => `${kind} ${numbers.get(step)}`);
  const { first, second } = replayed.swap ?? {};
  const swap = first === undefined || second === undefined ? null : [numbers.get(first), numbers.get(second)];
  return { because: replayed.because, swap, marked };
}

it('the lost bump: the write that erased, and a swap that was run', { timeout: LONG_MS }, async () => {
  expect(await explained('lost-update', 'lost-update@2.three-at-once.8d681d85.6_1')).toEqual({
    because: [
      'bump#2 read bumps = 1 at step 5, before bump#3 wrote bumps = 2 at step 8.',
      "bump#2's own write at step 9, bumps = 2, then erased it.",
      'Both had read before either wrote.',
      'Had step 5 come after step 8, it would have held.',
    ],
    swap: [5, 8],
    marked: ['erases 9'],
  });
});

it('the second debit: both debits, and not the marker that was written twice', { timeout: LONG_MS }, async () => {
  expect(await explained('dedupe', 'dedupe@2.debit-twice.8223705a.6_1')).toEqual({
    because: [
      'debit#2 asked gateway about o-17 at step 5, and debit#1 asked it again at step 7, with the same request.',
      'debit#1 had found no item at step 6, before debit#2 wrote at step 9.',
      'Had step 4 come after step 8, it would have held.',
    ],
    swap: [4, 8],
    marked: ['repeats 5', 'repeats 7'],
  });
});

it('the swallowed order: no single change saves it, and none is claimed', { timeout: LONG_MS }, async () => {
  const { because, swap, marked } = await explained('dedupe', 'dedupe@2.card-crash.8223705a.3_2');
  expect(because.slice(0, 3)).toEqual([
    'card#2 crashed at step 4: its PutItem took effect, but the code never saw its answer.',
    "card#2 wrote at step 4, so the condition of card#1's write at step 5 failed.",
    'card#1 took that for done at step 5, so its message was deleted.',
  ]);
  expect(because.join(' ')).not.toMatch(/would have held|holds/);
  expect({ swap, marked }).toEqual({ swap: null, marked: [] });
});
