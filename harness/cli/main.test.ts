import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

it('ends soon after a signal, with everything that it has started, while code hangs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'raceproof-hang-'));
  const starter = join(import.meta.dirname, '../course/lost-update/starter');
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'template.yaml'), readFileSync(join(starter, 'template.yaml')));
  writeFileSync(join(folder, 'src/bump.ts'), 'export const handler = async () => { for (;;); };');
  try {
    const { child, ended } = start('grade', 'lost-update', '--from', folder);
    const children = await childrenOf(child.pid ?? 0);
    child.kill('SIGTERM');
    const startedMs = performance.now();
    expect((await ended).code).toBe(130);
    // A second on a quiet machine.
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    await expect.poll(() => children.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

/** The processes that this one has started, as soon as there are some; on systems that don't tell, none after a while. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  for (let look = 0; look < 400; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const found = readChildren(pid);
    if (found.length > 0) return found;
  }
  return [];
}

function readChildren(pid: number): readonly number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text
      .trim()
      .split(' ')
      .map(Number)
      .filter((child) => commandOf(child).includes('isolated'));
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  return commandOf(pid).includes('isolated');
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

it('passes exit codes to the shell', async () => {
  expect((await start('tset').ended).code).toBe(2);
});
