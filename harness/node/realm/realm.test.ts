/**
 * A realm, through the host's commands and reports: what learners' code can do in it, and what it can't leave behind.
 *
 * The SDK is a stand-in here; the real one is tested beside its code.
 */

import { afterEach, describe, expect, it } from 'vitest';
import type { HostCommand, HostReport } from '../../simulator/host.ts';
import { bundleHandler } from '../bundling/bundle.ts';
import { bundlePrelude } from '../bundling/prelude-script.ts';
import { InRealmHost } from './host.ts';

/** An SDK that can do nothing but `call(operation, input)`. */
const STAND_IN_SDK = `(port) => ({
  packages: [], resetSdk: () => true,
  require: () => ({ call: async (operation, input) => (await port.call('DynamoDB', operation, input)).output }),
})`;

let host: InRealmHost | undefined;

afterEach(() => {
  host?.close();
});

/** Creates a host for this source of `src/bump.ts`. */
async function load(source: string): Promise<InRealmHost> {
  const bundled = await bundleHandler({
    files: new Map([['src/bump.ts', source]]),
    codeFolder: 'src/',
    module: 'bump',
    packages: ['sdk'],
  });
  if (!bundled.ok) throw new Error(bundled.findings.map(({ message }) => message).join('; '));
  const { module, code } = bundled.bundle;
  host = new InRealmHost({
    prelude: await bundlePrelude(),
    sdk: STAND_IN_SDK,
    modules: [{ module, code: code.replaceAll('require("sdk")', 'require("@aws-sdk/stand-in")') }],
  });
  host.begin({ epochMs: Date.UTC(2026, 0, 5, 9), seed: 7, frames: false, afresh: true });
  return host;
}

function start(environment = 'e1', process = 1): HostCommand & { readonly kind: 'start' } {
  const settings = {
    functionName: 'bump',
    module: 'bump',
    exportName: 'handler',
    variables: { TABLE_NAME: 'counters' },
    memorySizeMb: 128,
  };
  return { kind: 'start', environment, process, settings, nowMs: 0 };
}

function invoke(
  payload: unknown = {},
  environment = 'e1',
  nowMs = 0,
): {
  kind: 'invoke';
  environment: string;
  invocation: string;
  payloadJson: string;
  context: { requestId: string; functionArn: string; deadlineMs: number };
  nowMs: number;
} {
  return {
    kind: 'invoke',
    environment,
    invocation: `${environment}-i`,
    payloadJson: JSON.stringify(payload),
    context: { requestId: 'r', functionArn: 'arn', deadlineMs: nowMs + 3_000 },
    nowMs,
  };
}

/** The value that the handler returned, or the whole list of reports if it did not return. */
function returned(reports: readonly HostReport[]): unknown {
  const last = reports.find((report) => report.kind === 'returned');
  return last?.kind === 'returned' ? JSON.parse(last.payloadJson) : reports;
}

async function run(source: string, payload: unknown = {}): Promise<readonly HostReport[]> {
  const realm = await load(source);
  return realm.deliver([start(), invoke(payload)]);
}

describe('a handler in a realm', () => {
  it('is given its event, its context and its variables', async () => {
    const reports = await run(
      'export const handler = async (event, context) => ({ event, id: context.awsRequestId, left: context.getRemainingTimeInMillis(), table: process.env.TABLE_NAME });',
      { a: 1 },
    );
    expect(returned(reports)).toEqual({ event: { a: 1 }, id: 'r', left: 3_000, table: 'counters' });
  });

  it('waits for its calls and continues with their answers', async () => {
    const realm = await load(
      "import { call } from 'sdk'; export const handler = async () => { const { n } = await call('GetItem', { key: 1 }); return n + 1; };",
    );
    const sent = await realm.deliver([start(), invoke()]);
    expect(sent.at(-1)).toMatchObject({
      kind: 'call',
      number: 1,
      service: 'DynamoDB',
      operation: 'GetItem',
      input: { key: 1 },
    });
    expect(
      returned(
        await realm.deliver([
          { kind: 'answer', environment: 'e1', number: 1, answer: { ok: true, output: { n: 41 } }, nowMs: 0 },
        ]),
      ),
    ).toBe(42);
  });

  it('sees virtual time only', async () => {
    const realm = await load(
      'export const handler = async () => [Date.now(), new Date().toISOString(), new Date(0).getTime(), performance.now(), new Intl.DateTimeFormat("en", { year: "numeric", timeZone: "UTC" }).format()];',
    );
    expect(returned(await realm.deliver([start(), invoke({}, 'e1', 250)]))).toEqual([
      Date.UTC(2026, 0, 5, 9) + 250,
      '2026-01-05T09:00:00.250Z',
      0,
      250,
      '2026',
    ]);
  });

  it('draws the same random numbers in every equal run', async () => {
    const source =
      'import { randomUUID } from "node:crypto"; export const handler = async () => [Math.random(), randomUUID(), crypto.randomUUID()];';
    const first = returned(await run(source));
    host?.close();
    expect(returned(await run(source))).toEqual(first);
    expect(first).toEqual([
      expect.any(Number),
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
    ]);
  });

  it('sleeps on timers that the world fires', async () => {
    const realm = await load(
      'export const handler = () => new Promise((resolve) => setTimeout(() => resolve("awake"), 50));',
    );
    expect((await realm.deliver([start(), invoke()])).at(-1)).toMatchObject({
      kind: 'timer-set',
      timer: 1,
      delayMs: 50,
    });
    expect(returned(await realm.deliver([{ kind: 'fire', environment: 'e1', timer: 1, nowMs: 50 }]))).toBe('awake');
  });

  it('prints into the trace', async () => {
    expect(await run('export const handler = async () => { console.log("a", { b: 1 }); };')).toContainEqual({
      kind: 'log',
      environment: 'e1',
      level: 'log',
      line: 'a {"b":1}',
    });
  });
});

describe('errors', () => {
  it('of the handler carry type, message and the place', async () => {
    const reports = await run('export const handler = async () => {\n  throw new RangeError("boom");\n};');
    expect(reports.at(-1)).toMatchObject({
      kind: 'failed',
      error: { errorType: 'RangeError', errorMessage: 'boom' },
      frame: { module: 'bump' },
    });
  });

  it('at import are Init failures', async () => {
    expect(await run('throw new Error("no config");\nexport const handler = 1;')).toContainEqual(
      expect.objectContaining({
        kind: 'init-failed',
        error: expect.objectContaining({ errorMessage: 'no config' }) as unknown,
      }),
    );
  });

  it('that are not caught end the process', async () => {
    const reports = await run(
      'export const handler = () => { Promise.reject(new Error("forgotten")); return new Promise(() => {}); };',
    );
    expect(reports.at(-1)).toMatchObject({
      kind: 'exited',
      error: { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: forgotten' },
    });
  });

  it('that a timer throws end the process', async () => {
    const realm = await load(
      'export const handler = () => { setTimeout(() => { throw new Error("late"); }, 5); return new Promise(() => {}); };',
    );
    await realm.deliver([start(), invoke()]);
    expect((await realm.deliver([{ kind: 'fire', environment: 'e1', timer: 1, nowMs: 5 }])).at(-1)).toMatchObject({
      kind: 'exited',
      error: { errorMessage: 'late' },
    });
  });

  it('names can be set on errors and their subclasses, although prototypes are frozen', async () => {
    const source =
      'class Conflict extends Error { constructor(m) { super(m); this.name = "Conflict"; } toString() { return "x"; } }\nexport const handler = async () => { const e = new Error("a"); e.name = "B"; e.message = "c"; return [new Conflict("m").name, e.name, e.message, String(new Conflict("m"))]; };';
    expect(returned(await run(source))).toEqual(['Conflict', 'B', 'c', 'x']);
  });
});

describe('what a realm does not have', () => {
  it.each([
    [
      'a socket',
      'import net from "node:net"; export const handler = async () => net.connect(1);',
      'Your code imports «node:net».',
    ],
    [
      'a file',
      'import { readFileSync } from "fs"; export const handler = async () => readFileSync("/etc/passwd");',
      'Your code imports «node:fs».',
    ],
    [
      'a child process',
      'export const handler = async () => { const { spawn } = await import("node:child_process"); };',
      'Your code imports «node:child_process».',
    ],
    [
      'a built-in by the back door',
      'export const handler = async () => process.getBuiltinModule("fs");',
      'Your code calls process.getBuiltinModule.',
    ],
    ['a signal', 'export const handler = async () => process.kill(1);', 'Your code calls process.kill.'],
    ['the network', 'export const handler = async () => fetch("https://example.com");', 'Your code calls fetch.'],
    [
      'a 2 GB buffer',
      'export const handler = async () => Buffer.alloc(2 ** 31 - 1).length;',
      'Your code makes a buffer of 2,048 MB.',
    ],
    [
      'a 2 GB array',
      'export const handler = async () => new Float64Array(2 ** 28).length;',
      'Your code makes a buffer of 2,048 MB.',
    ],
  ])('%s is refused, and the world learns of it', async (_what, source, what) => {
    const reports = await run(source);
    expect(reports).toContainEqual(expect.objectContaining({ kind: 'refused', what }));
  });

  it.each([
    'eval("1")',
    'new Function("return 1")()',
    '(async () => {}).constructor("return 1")()',
    'setTimeout("1", 1)',
  ])('code from strings is refused: %s', async (code) => {
    const reports = await run(`export const handler = async () => ${code};`);
    expect(reports.at(-1)?.kind).toBe('failed');
  });

  it.each([
    ['SharedArrayBuffer', 'new SharedArrayBuffer(8)', 'Your code calls new SharedArrayBuffer.'],
    ['Atomics', 'Atomics.load(new Int32Array(1), 0)', 'Your code calls Atomics.load.'],
    ['WebAssembly', 'new WebAssembly.Module(new Uint8Array(8))', 'Your code calls new WebAssembly.Module.'],
  ])('%s is refused when it is used, and may be asked for', async (name, use, what) => {
    const source = `export const handler = async () => { const known = typeof ${name}; try { ${use}; } catch {} return known; };`;
    const reports = await run(source);
    expect(reports).toContainEqual(expect.objectContaining({ kind: 'refused', what }));
    expect(returned(reports)).not.toBe('undefined');
  });

  it('an object from outside can’t be reached through existing ones', async () => {
    const source = `export const handler = async () => {
      const roots = [globalThis, console, process, crypto, performance, Buffer, URL, TextEncoder, setTimeout, structuredClone, AbortSignal, WeakRef, DOMException, Headers, WebAssembly, navigator];
      const seen = new Set(); const queue = [...roots]; const strange = [];
      while (queue.length) { const value = queue.pop(); if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue; seen.add(value);
        let top = value; while (Object.getPrototypeOf(top)) top = Object.getPrototypeOf(top);
        if (top !== Object.prototype && Object.getPrototypeOf(value) !== null) strange.push(String(value));
        for (const key of Reflect.ownKeys(value)) { const d = Object.getOwnPropertyDescriptor(value, key); queue.push(d.value, d.get, d.set); } queue.push(Object.getPrototypeOf(value)); }
      return strange; };`;
    expect(returned(await run(source))).toEqual([]);
  });
});

describe('nothing is left behind', () => {
  it.each([
    ['globalThis', 'globalThis.seen = (globalThis.seen ?? 0) + 1; return globalThis.seen;'],
    ['process.env', 'process.env.SEEN = String(Number(process.env.SEEN ?? 0) + 1); return Number(process.env.SEEN);'],
    ['a module variable', 'return ++count;'],
  ])('in a fresh environment by %s, while the same environment keeps it', async (_what, body) => {
    const realm = await load(`let count = 0; export const handler = async () => { ${body} };`);
    expect(returned(await realm.deliver([start(), invoke()]))).toBe(1);
    expect(returned(await realm.deliver([invoke()]))).toBe(2);
    expect(returned(await realm.deliver([start('e1'), invoke()]))).toBe(1);
    expect(returned(await realm.deliver([start('e2'), invoke({}, 'e2')]))).toBe(1);
    realm.begin({ epochMs: 0, seed: 7, frames: false, afresh: true });
    expect(returned(await realm.deliver([start('e1'), invoke()]))).toBe(1);
  });

  it('by a global that can’t be deleted: the realm is discarded', async () => {
    const realm = await load(
      'export const handler = async () => { const had = globalThis.stuck; if (!had) Object.defineProperty(globalThis, "stuck", { value: 1 }); return had ?? 0; };',
    );
    expect(returned(await realm.deliver([start(), invoke()]))).toBe(0);
    realm.begin({ epochMs: 0, seed: 7, frames: false, afresh: true });
    expect(returned(await realm.deliver([start(), invoke()]))).toBe(0);
  });

  it.each([
    'Promise.prototype.then = () => {}',
    'Date.now = () => 0',
    'Array.prototype.map = () => []',
    'Array.prototype.extra = 1',
    'globalThis.Promise = null',
    'Object.prototype.polluted = 1',
    'JSON.stringify = () => "{}"',
    'Math.random = () => 4',
    'AbortSignal.timeout = () => 1',
    'AbortSignal.prototype.throwIfAborted = () => {}',
    'EventTarget.prototype.addEventListener = () => {}',
    'Event.prototype.extra = 1',
    'WeakRef.prototype.deref = () => 1',
    'FinalizationRegistry.prototype.register = () => 1',
    'DOMException.prototype.extra = 1',
    'crypto.subtle.digest = () => 1',
    'crypto.subtle.constructor.prototype.digest = () => 1',
    'CryptoKey.prototype.extra = 1',
    'Buffer.prototype.toString = () => 1',
    'Headers.prototype.extra = 1',
    'WebAssembly.compile = () => 1',
    'process.memoryUsage.seen = 1',
    'Object.getPrototypeOf(process).seen = 1',
    'require("node:crypto").createHash = () => 1',
    'require("node:crypto").createHash("md5").constructor.prototype.extra = 1',
    'require("node:crypto").createCipheriv.seen = 1',
    'require("node:util").types.isDate = () => 1',
    'require("node:util").promisify.seen = 1',
    'require("node:timers/promises").setTimeout = () => 1',
    'require("node:timers/promises").scheduler.wait = () => 1',
  ])('by a patch: «%s» throws', async (patch) => {
    const reports = await run(`export const handler = async () => { ${patch}; return 'patched'; };`);
    expect(reports.at(-1)).toMatchObject({ kind: 'failed', error: { errorType: 'TypeError' } });
  });
});

describe('a stack', () => {
  it('that a handler prints shows its own frames and nothing of the machine', async () => {
    const stack = returned(await run('export const handler = async () => new Error("here").stack.split("\\n");'));
    expect(stack).toEqual(['Error: here', expect.stringMatching(/^ {4}at handler \(\/var\/task\/bump\.js:\d+:\d+\)$/)]);
  });
});

describe('a process that has ended', () => {
  it('by process.exit reports that, and nothing after it', async () => {
    const reports = await run(
      'export const handler = async () => { try { process.exit(0); } catch {} console.log("still here"); return 1; };',
    );
    expect(reports.map(({ kind }) => kind)).toEqual(['initialised', 'exited']);
  });
});

describe('output', () => {
  const printing = (lines: number): string =>
    `export const handler = async () => { const line = "x".repeat(2 ** 20); for (let i = 0; i < ${lines}; i += 1) console.log(line); return "done"; };`;

  it('of a few megabytes is cut, and the rest is not kept', async () => {
    const reports = await run(printing(8));
    expect(returned(reports)).toBe('done');
    expect(JSON.stringify(reports).length).toBeLessThan(60_000);
  });

  it('of a gigabyte is refused', async () => {
    const reports = await run(printing(1_024));
    expect(reports).toContainEqual(
      expect.objectContaining({ kind: 'refused', what: 'Your code prints more than 10 MB in one run.' }),
    );
    expect(JSON.stringify(reports).length).toBeLessThan(60_000);
  });
});
