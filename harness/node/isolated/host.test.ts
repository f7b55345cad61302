/**
 * The child process from outside: what ends it, how that is reported, and what code in it can't do even outside a realm.
 *
 * The refusals of a realm itself are tested beside the realm; whole gradings of hostile code are tested in the grader.
 */

import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostReport } from '../../simulator/host.ts';
import { bundleHandler } from '../bundling/bundle.ts';
import { bundlePrelude } from '../bundling/prelude-script.ts';
import { IsolatedHost, spawnConfined } from './host.ts';

const SDK = '() => ({ packages: [], resetSdk: () => true, require: () => ({}) })';

/**
 * A heap takes long to fill, because the collector tries repeatedly: twenty seconds on a busy machine. The code must not
 * count as hanging in that time.
 */
const PATIENCE_MS = 180_000;

let host: IsolatedHost | undefined;

afterEach(() => host?.close());

/** Starts one environment with this module and invokes its handler. */
async function run(
  source: string,
  limits: { stepLimitMs?: number; locate?: boolean } = {},
): Promise<readonly HostReport[]> {
  const bundled = await bundleHandler({
    files: new Map([['src/bump.ts', source]]),
    codeFolder: 'src/',
    module: 'bump',
    packages: [],
  });
  if (!bundled.ok) throw new Error('the fixture does not bundle');
  const sources = { prelude: await bundlePrelude(), sdk: SDK, modules: [bundled.bundle] };
  host = await IsolatedHost.start({ sources, stepLimitMs: 20_000, locate: false, ...limits });
  host.begin({ epochMs: 0, seed: 1, frames: false, afresh: true });
  const settings = { functionName: 'bump', module: 'bump', exportName: 'handler', variables: {}, memorySizeMb: 128 };
  const context = { requestId: 'r', functionArn: 'arn', deadlineMs: 3_000 };
  return host.deliver([
    { kind: 'start', environment: 'e1', process: 1, settings, nowMs: 0 },
    { kind: 'invoke', environment: 'e1', invocation: 'i', payloadJson: '{}', context, nowMs: 0 },
  ]);
}

describe('the isolated host', () => {
  it('runs a handler in another process', async () => {
    expect(await run('export const handler = async () => 42;')).toContainEqual(
      expect.objectContaining({ kind: 'returned', payloadJson: '42' }),
    );
  });

  it('stops code that gives no answer within its limit', async () => {
    const running = run('export const handler = async () => { for (;;); };', { stepLimitMs: 300 });
    await expect(running).rejects.toMatchObject({ name: 'HostStopped', reason: 'hang' });
  });

  it('names the line of a hang if asked to', async () => {
    const source = 'export const handler = async () => {\n  for (;;);\n};';
    await expect(run(source, { stepLimitMs: 500, locate: true })).rejects.toMatchObject({
      reason: 'hang',
      at: { module: 'bump' },
    });
  });

  it('is not misled by a clock or by timers that a test has replaced', async () => {
    const { now } = performance;
    const { setTimeout } = globalThis;
    performance.now = () => now.call(performance) + 31_536_000_000 * Math.random();
    globalThis.setTimeout = (() => 0) as unknown as typeof setTimeout;
    try {
      const reports = await run('export const handler = async () => 42;');
      expect(reports).toContainEqual(expect.objectContaining({ kind: 'returned' }));
      const endless = run('export const handler = async () => { for (;;); };', { stepLimitMs: 300 });
      await expect(endless).rejects.toMatchObject({ reason: 'hang' });
    } finally {
      performance.now = now;
      globalThis.setTimeout = setTimeout;
    }
  });

  it('counts what code computes, and neither its start nor its waiting', async () => {
    await run('export const handler = async () => { for (let n = 0; n < 1e8; n += 1); };');
    const computedMs = host?.clocks.computedMs?.() ?? 0;
    expect(computedMs).toBeGreaterThan(5);
    const before = computedMs;
    await new Promise((done) => setTimeout(done, 50));
    expect(host?.clocks.computedMs?.()).toBe(before);
  });

  it('stops code that fills the heap', async () => {
    const source = 'export const handler = async () => { const all = []; for (;;) all.push({ at: all.length }); };';
    await expect(run(source, { stepLimitMs: PATIENCE_MS })).rejects.toMatchObject({ reason: 'memory' });
  });

  it('stops code whose small buffers add up', async () => {
    const source =
      'export const handler = async () => { const all = []; for (;;) all.push(new Uint8Array(1_000_000).fill(1)); };';
    await expect(run(source, { stepLimitMs: PATIENCE_MS })).rejects.toMatchObject({ reason: 'memory' });
  });
});

describe('code that has escaped from its realm', () => {
  it('still finds no files, processes, threads, variables and no code from strings', async () => {
    const child = spawnConfined(fileURLToPath(new URL('./fixtures/escaped.ts', import.meta.url)));
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await once(child, 'close');
    expect(JSON.parse(said)).toEqual({
      readsAnyFile: false,
      readsAnEnvironment: false,
      writesAFile: false,
      startsAProcess: false,
      startsAThread: false,
      makesCodeFromStrings: false,
      variables: ['LANG', 'LC_ALL', 'TZ'],
    });
  });
});
