/**
 * The realm's wall, from inside: hostile handlers look for an object of this process, and get none; what they throw, return and
 * export is told as theirs, and stops nothing else. The host watches its time, as the public door's and `--in-realm` do.
 */

import { afterEach, describe, expect, it } from 'vitest';
import type { HostReport } from '../../simulator/host.ts';
import { bundleHandler } from '../bundling/bundle.ts';
import { bundlePrelude } from '../bundling/prelude-script.ts';
import { InRealmHost } from './host.ts';

const STAND_IN_SDK = '() => ({ packages: [], resetSdk: () => true, require: () => ({}) })';

const SETTINGS = { functionName: 'bump', module: 'bump', exportName: 'handler', variables: {}, memorySizeMb: 128 };
const CONTEXT = { requestId: 'r', functionArn: 'arn', deadlineMs: 3_000 };

let host: InRealmHost | undefined;

afterEach(() => host?.close());

/** What a host with a watch hears of this module, which is started once and invoked twice. */
async function run(source: string): Promise<readonly HostReport[]> {
  const bundled = await bundleHandler({
    files: new Map([['src/bump.ts', source]]),
    codeFolder: 'src/',
    module: 'bump',
    packages: [],
  });
  if (!bundled.ok) throw new Error(bundled.findings.map(({ message }) => message).join('; '));
  host = new InRealmHost(
    { prelude: await bundlePrelude(), sdk: STAND_IN_SDK, modules: [bundled.bundle] },
    { limitMs: 5_000, locate: false },
  );
  host.begin({ epochMs: 0, seed: 7, frames: false, afresh: true });
  return host.deliver([
    { kind: 'start', environment: 'e1', process: 1, settings: SETTINGS, nowMs: 0 },
    { kind: 'invoke', environment: 'e1', invocation: 'i1', payloadJson: '{}', context: CONTEXT, nowMs: 0 },
    { kind: 'invoke', environment: 'e1', invocation: 'i2', payloadJson: '{}', context: CONTEXT, nowMs: 1 },
  ]);
}

/** What the second invocation returned: the first one had the time to lay its trap. */
function second(reports: readonly HostReport[]): unknown {
  const found = reports.find((report) => report.kind === 'returned' && report.invocation === 'i2');
  return found?.kind === 'returned' ? JSON.parse(found.payloadJson) : reports;
}

const handler = (body: string): string => `let caught: any; export const handler = async () => { ${body} };`;

describe('a note for a later run', () => {
  it('can’t be left on the accessors by which frozen names are overridden', async () => {
    const source = handler(
      `const loose = []; for (const of of [Object, Function, Array, Promise, Map, Set, Error, TypeError]) for (const [key, { get, set }] of Object.entries(Object.getOwnPropertyDescriptors(of.prototype))) for (const one of [get, set]) if (one !== undefined && !Object.isFrozen(one)) loose.push(key); return loose;`,
    );
    expect(second(await run(source))).toEqual([]);
  });
});

describe('a trap on the global object', () => {
  it.each(['process', 'Promise', 'console'])('can’t be laid under the name %s', async (name) => {
    const source = handler(
      `try { Object.defineProperty(globalThis, '${name}', { set(value) { caught = value; } }); return 'laid'; } catch (error) { return error.name; }`,
    );
    expect(second(await run(source))).toBe('TypeError');
  });

  it('catches nothing under any other name', async () => {
    const names = [
      'work',
      'raceproofWork',
      'callback',
      'next',
      'enter',
      'raceproof',
      'then',
      'toJSON',
      'Symbol.toPrimitive',
    ];
    const source = handler(
      `for (const name of ${JSON.stringify(names)}) Object.defineProperty(globalThis, name, { configurable: true, get() { caught = name; }, set(value) { caught = value; } }); return typeof caught;`,
    );
    expect(second(await run(source))).toBe('undefined');
  });

  it('does not make the prototype of the global object hand anything over', async () => {
    const source = handler(
      `try { Object.setPrototypeOf(globalThis, new Proxy({}, { set: (_, key, value) => { caught = value; return true; } })); } catch {} return typeof caught;`,
    );
    expect(second(await run(source))).toBe('undefined');
  });
});

describe('an object of another realm', () => {
  /** Says whether a value, or anything that it leads to, has a prototype that does not end in this realm's own. */
  const strange = `const isStrange = (value: any): boolean => {
    const seen = new Set(); const queue = [value];
    while (queue.length > 0) {
      const next: any = queue.pop();
      if ((typeof next !== 'object' && typeof next !== 'function') || next === null || seen.has(next)) continue;
      seen.add(next);
      let top = next; while (Object.getPrototypeOf(top)) top = Object.getPrototypeOf(top);
      if (top !== Object.prototype && top !== next) return true;
      for (const key of Reflect.ownKeys(next)) { const d = Object.getOwnPropertyDescriptor(next, key)!; queue.push(d.value, d.get, d.set); }
      queue.push(Object.getPrototypeOf(next));
    }
    return false;
  };`;

  it.each([
    ['an import with a name made at run time', `const name = ['node:', 'fs'].join(''); await import(name);`],
    ['an exhausted stack', `const deep = (): number => 1 + deep(); deep();`],
    [
      'an exhausted stack inside a call to the console',
      `const deep = (): void => { console.log('x'); deep(); }; deep();`,
    ],
    ['a string that is too long', `'x'.repeat(2 ** 30);`],
    ['a bad regular expression', `new RegExp('(');`],
    ['JSON that is none', `JSON.parse('{');`],
    ['a URL that is none', `new URL('::');`],
    ['an invalid date', `new Date(NaN).toISOString();`],
    ['a clone of a function', `structuredClone(() => 1);`],
    ['a cipher', `(await import('node:crypto')).createCipheriv('aes-256-gcm', 'key', 'iv');`],
    ['a request that is none', `new Request('nowhere');`],
    ['a request to another host', `await fetch('https://example.com');`],
    ['a header that is none', `new Headers({ 'a b': '' });`],
    ['a body that was read', `const made = new Response('a'); await made.text(); await made.text();`],
    ['the stream of a body', `new Response('a').body;`],
    ['a key of another kind', `await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);`],
    ['an encoding that is none', `new TextDecoder('nowhere');`],
    ['a signal that is aborted', `AbortSignal.abort().throwIfAborted();`],
    ['base64 that is none', `atob('*');`],
    ['a time zone that is none', `new Intl.DateTimeFormat('en', { timeZone: 'Nowhere' });`],
    ['an array that is too long', `new Array(-1);`],
    ['a module that is not there', `const name = 'no' + 'where'; await import(name);`],
  ])('is not what one catches from %s', async (_what, statement) => {
    const source = `${strange} export const handler = async () => { try { ${statement} } catch (error) { return isStrange(error) ? 'strange' : 'own'; } return 'nothing thrown'; };`;
    expect(second(await run(source))).toBe('own');
  });

  it('is not in a handler’s event, context, globals or modules', async () => {
    const source = `import * as crypto from 'node:crypto'; import * as util from 'node:util'; import { Buffer } from 'node:buffer'; import * as timers from 'node:timers/promises'; import * as zlib from 'node:zlib'; import * as url from 'node:url'; import * as hooks from 'node:perf_hooks'; import * as types from 'node:util/types'; import * as plainTimers from 'node:timers'; ${strange}
      export const handler = async (event, context) => [event, context, globalThis, crypto, util, Buffer, timers, zlib, url, hooks, types, plainTimers, crypto.createHash('md5'), crypto.createHmac('md5', 'key'), await crypto.subtle.importKey('raw', Buffer.from('key'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']), await crypto.subtle.digest('SHA-1', Buffer.from('a')), AbortSignal.abort(), new DOMException('x'), new WeakRef({}), new Event('x'), structuredClone(/a/), new Error('x'), Buffer.from('a'), setTimeout(() => {}, 1), process, new AbortController()].filter(isStrange).length;`;
    expect(second(await run(source))).toBe(0);
  });

  it('is not in the call sites of a stack', async () => {
    const source = handler(
      `try { Error.prepareStackTrace = (_, sites) => { caught = sites; return ''; }; } catch {} try { const box: any = {}; Error.captureStackTrace(box); void box.stack; } catch {} return typeof caught;`,
    );
    expect(second(await run(source))).toBe('undefined');
  });
});

const TRAPS = `new Proxy({}, { get() { throw new Error('get'); }, has() { throw new Error('has'); }, getPrototypeOf() { throw new Error('getPrototypeOf'); }, ownKeys() { throw new Error('ownKeys'); }, getOwnPropertyDescriptor() { throw new Error('descriptor'); } })`;

describe('a trap in what learners’ code hands over', () => {
  it.each([
    ['thrown by the handler', handler(`throw ${TRAPS};`), 'failed'],
    ['rejected by the handler', handler(`return Promise.reject(${TRAPS});`), 'failed'],
    ['returned', handler(`return ${TRAPS};`), 'failed'],
    ['returned with a toJSON that throws', handler(`return { toJSON() { throw ${TRAPS}; } };`), 'failed'],
    ['thrown while the file is loaded', `throw ${TRAPS}; export const handler = 1;`, 'init-failed'],
    [
      'exported under a getter',
      `Object.defineProperty(module.exports, 'handler', { get() { throw ${TRAPS}; } }); declare const module: any;`,
      'init-failed',
    ],
    [
      'in the handler’s number of arguments',
      `export const handler = new Proxy(async () => 1, { get() { throw ${TRAPS}; } });`,
      'init-failed',
    ],
    ['rejected and forgotten', handler(`Promise.reject(${TRAPS}); await new Promise(() => {});`), 'exited'],
    [
      'thrown in a microtask',
      handler(`queueMicrotask(() => { throw ${TRAPS}; }); await new Promise(() => {});`),
      'exited',
    ],
    [
      'an error with a getter of a stack',
      handler(
        `const error = new Error('x'); Object.defineProperty(error, 'stack', { get() { throw ${TRAPS}; } }); throw error;`,
      ),
      'failed',
    ],
    [
      'an error that says it is a limit of time',
      handler(`throw Object.assign(new Error('x'), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });`),
      'failed',
    ],
  ])('%s is told as theirs', async (_what, source, kind) => {
    expect((await run(source)).map((report) => report.kind)).toContain(kind);
  });
});
