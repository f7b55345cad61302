import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { solutionFolder } from '../clone.ts';
import { makeClone, SLUG, type TestClone } from '../clone-for-tests.ts';
import { rememberedVerdict } from '../keeping/memory.ts';
import { keysFor } from '../terminal-for-tests.ts';

const SOURCE = 'labs/lost-update/src/bump.ts';

let clone: TestClone;
beforeEach(async () => {
  clone = await makeClone();
});
afterEach(() => clone.remove());

/** Collects the output, and can wait for more of it. */
function listening() {
  let printed = '';
  let heard = (): void => undefined;
  return {
    out(text: string): void {
      printed += text;
      heard();
    },
    /** Resolves when the text has been printed since the last call. */
    async until(text: string): Promise<void> {
      while (!printed.includes(text)) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
      printed = '';
    },
  };
}

it('without a terminal it prints a verdict for every save until it is stopped', async () => {
  const stop = new AbortController();
  const { out, until } = listening();
  const learning = clone.run(['learn'], { out, signal: stop.signal });
  await until('the counter says 2');
  await clone.write(SOURCE, 'export const handler = (');
  await until('could not be run');
  await clone.write(SOURCE, '');
  await clone.write(SOURCE, await readFile(join(solutionFolder(SLUG), 'src', 'bump.ts'), 'utf8'));
  await until('lost-update holds');
  expect((await rememberedVerdict(clone, SLUG))?.outcome).toBe('pass');
  stop.abort();
  expect((await learning).code).toBe(130);
});

it('on a terminal it ends with q, and releases the terminal', async () => {
  const terminal = keysFor();
  const { out, until } = listening();
  const learning = clone.run(['learn', SLUG], { out, terminal });
  // The line below the step says what is broken before there is a verdict, and a hint needs the verdict.
  await until('and save: it is graded again');
  terminal.press('h');
  await until('hint 1 of 3, a nudge');
  terminal.press('q');
  expect((await learning).code).toBe(0);
  expect(terminal.listeners()).toBe(0);
});

it('list marks the labs that hold, as long as their code is the same', async () => {
  expect((await clone.run(['list'])).out).toMatch(/^ {2}0 {2}lost-update/m);
  const starter = await clone.read(SOURCE);
  const solution = await readFile(join(solutionFolder(SLUG), 'src', 'bump.ts'), 'utf8');
  await clone.write(SOURCE, solution);
  expect((await clone.run(['hint', SLUG])).out).toBe('lost-update holds: there is nothing to hint at.\n');
  expect((await clone.run(['list'])).out).toMatch(/^✓ 0 {2}lost-update/m);
  await clone.write(SOURCE, starter);
  expect((await clone.run(['list'])).out).toMatch(/^ {2}0 {2}lost-update/m);
});
