import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, 'main.ts');

function start(...words: readonly string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, err })),
  );
  return { child, ended };
}

it('ends quietly when its reader goes away', async () => {
  const { child, ended } = start('--help');
  child.stdout.destroy();
  expect(await ended).toEqual({ code: 0, err: '' });
});

it('ends with 130 on Ctrl-C and prints nothing about it', async () => {
  const { child, ended } = start('course-check', '--in-realm');
  child.stdout.once('data', () => child.kill('SIGINT'));
  const { code, err } = await ended;
  expect(code).toBe(130);
  expect(err).not.toContain('Error');
});

it('passes exit codes to the shell', async () => {
  expect((await start('tset').ended).code).toBe(2);
});
