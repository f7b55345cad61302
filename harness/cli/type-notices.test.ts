/**
 * The type check beside a grading: the verdict waits for it for a moment, and says so if it was not enough.
 */

import { expect, it } from 'vitest';
import { startTypeNotices } from './type-notices.ts';

const WRONG = { kind: 'read', files: new Map([['src/bump.ts', 'export const a: string = 1;']]) } as const;
const goingOn = new AbortController().signal;

it('its errors are notices', async () => {
  const [first] = await startTypeNotices(WRONG, goingOn, { mostComputedMs: 120_000 }).soon();
  expect(first).toMatchObject({ kind: 'type-error', frame: { file: 'src/bump.ts', line: 1 } });
}, 120_000);

it('what takes too long is left out, and a notice says so', async () => {
  const [first] = await startTypeNotices(WRONG, goingOn, { mostComputedMs: 1 }).soon();
  expect(first).toEqual({
    kind: 'other',
    message: 'The types were not checked: it took too long, and the verdict does not need them.',
  });
});

it('there are none of files that can’t be read, and none after Ctrl-C', async () => {
  expect(await startTypeNotices({ kind: 'finding', message: 'no' }, goingOn).soon()).toEqual([]);
  expect(await startTypeNotices(WRONG, AbortSignal.abort()).soon()).toEqual([]);
});
