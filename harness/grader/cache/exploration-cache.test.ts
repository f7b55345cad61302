/**
 * The cache: it skips unchanged explorations, repeats changed ones, and shows no failure that does not happen again.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Check, Lab } from '../../course/lab.ts';
import { NODE } from '../../node/platform.ts';
import { TextFiles } from '../../node/text-files.ts';
import { invokeFunction, look, smallLab } from '../fixtures/small-lab.ts';
import { type GradeRequest, grade } from '../grade.ts';
import type { LabResult } from '../result.ts';
import { ExplorationCache } from './exploration-cache.ts';

const HARNESS = join(import.meta.dirname, '../..');
const RACY = 'export const handler = async () => { const n = await get("a"); await put("a", (n ?? 0) + 1); };';
const IDLE = 'export const handler = async () => 1;';

const counts: Check = {
  id: 'counts',
  task: 1,
  title: 'counts',
  kind: 'at-rest',
  scenario: 'small',
  points: 1,
  judge: ({ observation: { n } }) => (n === 2 ? null : { headline: `The counter says ${n}.`, hintId: 'lost' }),
};

/** A lab that invokes `f` twice at once. It also has a function `g`, which is never invoked. */
const task = (functions: Readonly<Record<'f' | 'g', string>> = { f: RACY, g: IDLE }, resources = '') =>
  smallLab({
    functions,
    resources,
    checks: [counts],
    run: async (context) => {
      await Promise.all([invokeFunction(context, 'f'), invokeFunction(context, 'f')]);
      return { n: await look(context, 'a') };
    },
  });

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'raceproof-test-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const cacheIn = (more: Partial<ConstructorParameters<typeof ExplorationCache>[0]> = {}) =>
  new ExplorationCache({
    platform: NODE,
    store: new TextFiles(folder),
    mayRead: true,
    harness: () => 'this harness',
    ...more,
  });

const graded = (more: Partial<GradeRequest> = {}): Promise<LabResult> =>
  grade({ platform: NODE, ...task(), host: 'in-realm', cache: cacheIn(), ...more });

const isCached = ({ checks }: LabResult): boolean => checks.every(({ exploration }) => exploration?.cached === true);

/** A result without its duration and without the mark that it came from the cache. */
const verdict = (result: LabResult): string =>
  JSON.stringify({ ...result, durationMs: 0 }).replaceAll(',"cached":true', '');

const files = (): readonly string[] => readdirSync(folder).map((name) => join(folder, name));
const theFile = (): string => files()[0] ?? '';

function withHashAnew(text: string): string {
  const { sha256: _, ...body } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify({ sha256: NODE.sha256(JSON.stringify(body)), ...body });
}

/** Changes the cached file; with `hashAnew` it also computes a matching hash, which hides the change. */
function tamper(change: (text: string) => string, hashAnew = false): void {
  const changed = change(readFileSync(theFile(), 'utf8'));
  writeFileSync(theFile(), hashAnew ? withHashAnew(changed) : changed);
}

describe('an unchanged task', () => {
  it('is not explored again, and the verdict is the same to the letter', async () => {
    const first = await graded();
    const again = await graded();
    expect([isCached(first), isCached(again)]).toEqual([false, true]);
    expect(first.checks[0]?.status).toBe('fail');
    expect(verdict(again)).toBe(verdict(first));
  });

  it('is not explored again when the only code that changed never ran', async () => {
    await graded();
    expect(isCached(await graded(task({ f: RACY, g: 'export const handler = async () => 2;' })))).toBe(true);
  });

  it('is recognised when a change is undone', async () => {
    await graded();
    await graded(task({ f: IDLE, g: IDLE }));
    expect(isCached(await graded())).toBe(true);
  });

  it('is explored again on request, and stored again', async () => {
    await graded();
    expect(isCached(await graded({ cache: cacheIn({ mayRead: false }) }))).toBe(false);
    expect(files()).toHaveLength(1);
    expect(isCached(await graded())).toBe(true);
  });
});

describe('a changed task is explored again', () => {
  const small = task().lab;
  const [scenario] = small.scenarios;
  const lab = (more: object): Lab => ({ ...small, scenarios: [{ ...scenario, ...more } as Lab['scenarios'][number]] });
  const sampled = lab({ plan: { mode: 'sampled', schedules: 5, seed: 1 } });

  it.each<[string, Partial<GradeRequest>]>([
    ['code that ran', task({ f: `${RACY}\nconsole.log(1);`, g: IDLE })],
    ['a line’s position, which appears in error traces', task({ f: `\n${RACY}`, g: IDLE })],
    ['the template', task(undefined, '  Orders: { Type: AWS::SQS::Queue }\n')],
    ['the lab’s version', { lab: { ...small, version: 2 } }],
    ['the scenario’s faults', { lab: lab({ faults: { 'crash-after': 1 } }) }],
    ['how it is explored', { lab: sampled }],
    ['a check', { lab: { ...small, checks: [{ ...counts, id: 'counts-2' }] } }],
    ['where the code runs', { host: 'isolated' }],
    ['how the SDK’s calls run', { sdkMode: 'wire' }],
    ['the seed', { seed: 7 }],
  ])('by %s', async (_what, more) => {
    await graded();
    expect(isCached(await graded(more))).toBe(false);
    expect(files()).toHaveLength(2);
  });

  it('by the harness', async () => {
    await graded();
    expect(isCached(await graded({ cache: cacheIn({ harness: () => 'another harness' }) }))).toBe(false);
  });

  it('by Node', async () => {
    await graded();
    const { version } = process;
    Object.defineProperty(process, 'version', { value: 'v24.0.0' });
    try {
      expect(isCached(await graded())).toBe(false);
    } finally {
      Object.defineProperty(process, 'version', { value: version });
    }
  });
});

describe('what the cache holds', () => {
  it.each<[string, (text: string) => string]>([
    ['cut short', (text) => text.slice(0, 100)],
    ['edited', (text) => text.replace('"failing":', '"failing":1')],
    ['no JSON', () => 'nothing'],
    ['null', () => 'null'],
  ])('is explored again and replaced if it is %s', async (_how, change) => {
    const first = await graded();
    tamper(change);
    const again = await graded();
    expect(isCached(again)).toBe(false);
    expect(verdict(again)).toBe(verdict(first));
    expect(isCached(await graded())).toBe(true);
  });

  it.each<[string, (text: string) => string]>([
    ['a run that does not fail', (text) => text.replaceAll(/"chosen":\d+/g, '"chosen":0')],
    ['a run that is not possible', (text) => text.replaceAll(/"chosen":\d+/g, '"chosen":99')],
  ])('can’t make the grader show %s', async (_what, change) => {
    const first = await graded();
    tamper(change, true);
    expect(verdict(await graded())).toBe(verdict(first));
  });

  it('holds no exploration that ended with a finding', async () => {
    const endless = task({ f: 'export const handler = () => new Promise(() => {});', g: IDLE });
    expect((await graded(endless)).checks[0]?.status).toBe('error');
    expect(files()).toEqual([]);
  });

  it('is not written where the folder can’t be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    const cache = cacheIn({ store: new TextFiles(join(folder, 'file', 'below')) });
    expect(isCached(await graded({ cache }))).toBe(false);
    expect(isCached(await graded({ cache }))).toBe(false);
  });

  it('has a limit and keeps what was used last', async () => {
    const cache = cacheIn({ store: new TextFiles(folder, 2) });
    const versions = [1, 2, 3].map((n) => task({ f: `${RACY} // ${'.'.repeat(n)}`, g: IDLE }));
    for (const [index, version] of versions.entries()) {
      await graded({ ...version, cache });
      for (const file of files()) utimesSync(file, index, index);
    }
    expect(files()).toHaveLength(2);
    expect(isCached(await graded({ ...versions[2], cache }))).toBe(true);
  });

  it('is complete for every reader while several processes write it', async () => {
    await graded();
    const text = readFileSync(theFile(), 'utf8');
    const program = `
      import { ExplorationCache } from ${JSON.stringify(join(import.meta.dirname, 'exploration-cache.ts'))};
      import { readCacheFile } from ${JSON.stringify(join(import.meta.dirname, 'cache-file.ts'))};
      const checks = [{ id: 'counts' }];
      const { exploration } = readCacheFile(${JSON.stringify(text)}, checks, NODE.sha256);
      import { NODE } from ${JSON.stringify(join(HARNESS, 'node/platform.ts'))};
      import { TextFiles } from ${JSON.stringify(join(HARNESS, 'node/text-files.ts'))};
      const store = new TextFiles(${JSON.stringify(folder)}, 4);
      const cache = new ExplorationCache({ platform: NODE, store, mayRead: true, harness: () => 'h' });
      const submission = { files: new Map(), sources: { prelude: '', sdk: '' }, bundles: [] };
      const key = { lab: { slug: 'a', version: 1 }, scenario: {}, checks, submission, options: {} };
      cache.store(key, exploration, []);
      let found = 0;
      for (let i = 0; i < 300; i += 1) {
        cache.store(key, exploration, []);
        if (cache.find(key)?.explored === exploration.explored) found += 1;
      }
      console.log(found);
    `;
    const run = () =>
      new Promise<string>((resolve) => {
        const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', program]);
        let said = '';
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (chunk: Buffer) => {
            said += chunk.toString();
          });
        child.once('close', () => resolve(said.trim()));
      });
    expect(await Promise.all([run(), run(), run()])).toEqual(['300', '300', '300']);
    expect(files().filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
