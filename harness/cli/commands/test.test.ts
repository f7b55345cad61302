/** What `raceproof test` prints: one verdict, once. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LabResult } from '../../grader/result.ts';
import { cloneRoot } from '../clone.ts';
import { makeClone, SLUG, type TestClone } from '../clone-for-tests.ts';

let clone: TestClone;
beforeAll(async () => {
  clone = await makeClone();
});
afterAll(() => clone.remove());

/** Keeps which labs' checks were listed. */
function lists() {
  const listed: string[] = [];
  const listChecks = async ({ lab }: LabResult): Promise<boolean> => listed.push(lab) > 0;
  return { listed, listChecks };
}

it('prints the report alone, and ends with 1 where a check fails', async () => {
  const { listed, listChecks } = lists();
  const { code, out } = await clone.run(['test', SLUG], { buildServer: false, listChecks });
  expect(out.split('\n')[0]).toMatch(/^✗ lost-update: task 1 does not hold yet · 0 of 7 points · /);
  expect(out.trimEnd().split('\n').slice(-4)).toEqual([
    '✗ every bump counts · labs/lost-update/src/bump.ts:28',
    '  3 bumps were answered, but the counter says 2: 1 bump is lost.',
    '  hint     npx --no raceproof hint lost-update',
    '  all      npm test -w labs/lost-update -- --all',
  ]);
  expect(listed).toEqual([]);
  expect(code).toBe(1);
});

it.each([
  ['on a build server', [], true],
  ['where it is asked for', ['--list'], false],
])('lists the checks through vitest %s', async (_, words, buildServer) => {
  const { listed, listChecks } = lists();
  await clone.run(['test', SLUG, ...words], { buildServer, listChecks });
  expect(listed).toEqual([SLUG]);
});

it('prints every check where all is asked for', async () => {
  const { out } = await clone.run(['test', SLUG, '--all'], { buildServer: false });
  expect(out).toContain(
    '✗ task 1 · every visitor gets a number of their own\n    broken under 4,044 of 5,080 schedules',
  );
  expect(out.match(/raceproof replay/g)).toHaveLength(2);
});

it('says after a pass where to go from here', async () => {
  const solution = join(cloneRoot(), 'solutions', SLUG, 'src/bump.ts');
  await clone.write('labs/lost-update/src/bump.ts', await readFile(solution, 'utf8'));
  const { code, out } = await clone.run(['test', SLUG], { buildServer: false });
  expect(out.split('\n')[0]).toMatch(/^✓ lost-update: task 1 holds · 7 of 7 points · /);
  expect(out).toContain('  compare  git diff --no-index labs/lost-update/src solutions/lost-update/src\n');
  expect(out.endsWith('  next     npm test -w labs/thread-pool\n')).toBe(true);
  expect(code).toBe(0);
});
