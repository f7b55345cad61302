/**
 * A verdict on a busy machine: harmless code is not blamed for the time that others take.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NODE } from '../../node/platform.ts';
import { invokeFunction, look, smallLab } from '../fixtures/small-lab.ts';
import { grade } from '../grade.ts';

/** For each core, so many processes that do nothing but compute. */
const BUSY_PER_CORE = 2;

let others: readonly ChildProcess[] = [];

beforeEach(() => {
  const many = BUSY_PER_CORE * availableParallelism();
  others = Array.from({ length: many }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
});

afterEach(() => {
  for (const other of others) other.kill('SIGKILL');
});

it('a handler that computes a little at each call passes in spite of it', async () => {
  const code = 'export const handler = async () => { let n = 0; while (n < 2e6) n += 1; await add("a"); };';
  const { lab, files } = smallLab({
    functions: { f: code },
    checks: [
      {
        id: 'counts',
        task: 1,
        title: 'counts',
        kind: 'at-rest',
        scenario: 'small',
        points: 1,
        judge: ({ observation: { n } }) => (n === 2 ? null : { headline: `It says ${String(n)}.`, hintId: 'lost' }),
      },
    ],
    run: async (context) => {
      await Promise.all([1, 2].map(() => invokeFunction(context, 'f')));
      return { n: await look(context, 'a') };
    },
  });
  const { outcome, message } = await grade({ platform: NODE, lab, files, host: 'isolated' });
  expect([outcome, message]).toEqual(['pass', undefined]);
}, 180_000);
