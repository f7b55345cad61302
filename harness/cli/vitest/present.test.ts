import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOES_NOT_LOAD, FAILING, TOKEN } from '../../grader/fixtures/lab-result.ts';
import { reasonOf } from './reason.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raceproof-test-'));
  await writeFile(join(folder, 'vitest.config.ts'), `throw new Error('the learner’s configuration was loaded');`);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ vitest: { reporters: ['json'] } }));
});
afterAll(() => rm(folder, { recursive: true }));

/** Presents a result in a separate process that runs in a learner's folder. */
function present(name: 'FAILING' | 'PASSING') {
  const program = `
    import * as results from ${JSON.stringify(join(import.meta.dirname, '..', '..', 'grader', 'fixtures', 'lab-result.ts'))};
    import { presentThroughVitest } from ${JSON.stringify(join(import.meta.dirname, 'present.ts'))};
    process.exitCode = 7;
    console.log('ran', await presentThroughVitest(results.${name}, false));
  `;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program];
  // vitest keeps a token of its own in the home folder.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  return new Promise<{ code: number | null; out: string }>((resolve) => {
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        out += chunk.toString();
      });
    child.once('close', (code) => resolve({ code, out }));
  });
}

describe('a result through vitest', () => {
  it('is one test per check, and leaves the exit code to its caller', async () => {
    const { code, out } = await present('FAILING');
    expect(out).toContain('× verdict.ts > lost-update > task 1 · every bump counts (every-bump-counts)');
    expect(out).toContain('→ 2 bumps were answered, but the counter says 1: 1 bump is lost.');
    expect(out).toContain('✓ verdict.ts > lost-update > task 1 · invocations overlapped (overlapped)');
    expect(out).toContain('1 failed | 2 passed (3)');
    expect(out).toContain('ran true');
    expect(code).toBe(7);
  });

  it('does not depend on the current folder, and does not change it', async () => {
    const { out } = await present('PASSING');
    expect(out).toContain('3 passed (3)');
    expect(out).not.toContain('was loaded');
    expect((await readdir(folder)).sort()).toEqual(['package.json', 'vitest.config.ts']);
  });
});

describe('the message of a test', () => {
  it('is the headline, the line and the command', () => {
    const [lost] = FAILING.checks;
    expect(lost && reasonOf(lost).split('\n')).toEqual([
      '2 bumps were answered, but the counter says 1: 1 bump is lost.',
      'src/bump.ts:30  const { Item } = await documents.send(new ddb.GetCommand({ TableName, Key }));',
      `npx --no raceproof replay ${TOKEN}`,
    ]);
  });

  it('is the finding if nothing could be judged', () => {
    const [first] = DOES_NOT_LOAD.checks;
    expect(first && reasonOf(first)).toBe('src/bump.ts:12 — Unexpected token.');
  });
});
