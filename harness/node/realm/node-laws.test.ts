/**
 * What a realm builds of Node's, compared with Node: the same source runs in both, over values that are drawn.
 */

import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportsInRealm, valueInRealm } from './fixtures/value-in-realm.ts';

const require = createRequire(import.meta.url);

type Body = (require: NodeJS.Require, input: unknown) => Promise<unknown>;

/** Of a module of this file's own: `structuredClone` and its like are Node's here. */
async function valueInNode(body: string, input: unknown): Promise<unknown> {
  const run = new Function('require', 'input', `return (async () => { ${body} })();`) as Body;
  return JSON.parse(JSON.stringify(await run(require, input))) as unknown;
}

/** Runs `body` over each of a list of inputs, in one realm and in Node. */
async function expectTheSame<Input>(inputs: fc.Arbitrary<Input>, each: string, count = 200): Promise<void> {
  const drawn = JSON.parse(JSON.stringify(fc.sample(inputs, { numRuns: count, seed: 11 }))) as unknown;
  const body = `const answers = []; for (const value of input) { try { answers.push(await (async () => { ${each} })()); } catch (error) { answers.push([error.name, error.message, error.code]); } } return answers;`;
  expect(await valueInRealm(body, drawn)).toEqual(await valueInNode(body, drawn));
}

const text = fc.string({ unit: 'grapheme', maxLength: 80 });
const bytes = fc.array(fc.nat(255), { maxLength: 200 });
const HASHES = [
  'md5',
  'sha1',
  'SHA224',
  'sha256',
  'sha384',
  'sha-512',
  'RSA-SHA256',
  'sha512-256',
  'ripemd160',
  'none',
];

describe('a realm answers as Node does', () => {
  it('for hashes, in one piece and in several', () =>
    expectTheSame(
      fc.record({ algorithm: fc.constantFrom(...HASHES), first: text, second: bytes }),
      `const { createHash, hash } = require('node:crypto');
       const whole = createHash(value.algorithm).update(value.first);
       const copy = whole.copy();
       whole.update(Uint8Array.from(value.second));
       const digest = whole.digest();
       return [Buffer.isBuffer(digest), digest.toString('hex'), copy.digest('base64url'), hash(value.algorithm, value.first), hash(value.algorithm, value.first, 'base64')];`,
    ));

  it('for HMACs', () =>
    expectTheSame(
      fc.record({ algorithm: fc.constantFrom(...HASHES), key: text, data: text }),
      `const { createHmac, timingSafeEqual } = require('node:crypto');
       const made = createHmac(value.algorithm, value.key).update(value.data).digest();
       return [made.toString('base64'), timingSafeEqual(made, Buffer.from(made)), timingSafeEqual(made, Buffer.from(value.data))];`,
    ));

  it('for Web Crypto', () =>
    expectTheSame(
      fc.record({ hash: fc.constantFrom('SHA-1', 'sha-256', 'SHA-384', 'SHA-512', 'SHA-3'), key: bytes, data: bytes }),
      `const data = Uint8Array.from(value.data);
       const digest = Buffer.from(await crypto.subtle.digest(value.hash, data)).toString('hex');
       const key = await crypto.subtle.importKey('raw', Uint8Array.from(value.key), { name: 'HMAC', hash: value.hash }, false, ['verify', 'sign']);
       const signature = await crypto.subtle.sign('HMAC', key, data);
       return [digest, key.type, key.algorithm, key.usages, Buffer.from(signature).toString('hex'), await crypto.subtle.verify('HMAC', key, signature, data), await crypto.subtle.verify('HMAC', key, data, data)];`,
    ));

  it('for base64url', () =>
    expectTheSame(
      fc.record({ bytes, text }),
      `const buffer = Buffer.from(value.bytes);
       const written = buffer.toString('base64url');
       const target = Buffer.alloc(written.length + 1);
       return [written, Buffer.from(written, 'BASE64URL').equals(buffer), Buffer.byteLength(written, 'base64url'), target.write(written, 'base64url'), [...target], Buffer.isEncoding('base64url'), buffer.toString('base64url', 1, 5), Buffer.from(value.text).toString('base64url'), btoa(buffer.toString('latin1')), atob(buffer.toString('base64')).length];`,
    ));

  it('for UTF-8 and UTF-16', () =>
    expectTheSame(
      fc.record({ bytes, text: fc.string({ unit: 'binary', maxLength: 30 }), room: fc.nat(20) }),
      `const room = new Uint8Array(value.room);
       return [new TextDecoder().decode(Uint8Array.from(value.bytes)), new TextDecoder('utf-16le').decode(Uint8Array.from(value.bytes)), [...new TextEncoder().encode(value.text)], new TextEncoder().encodeInto(value.text, room), [...room]];`,
    ));

  /** Values as sources, since JSON knows few of them. */
  const VALUES = [
    ...[
      '1',
      '0',
      '-0',
      'NaN',
      '"a"',
      'null',
      'undefined',
      'true',
      '1n',
      'Symbol.for("a")',
      '() => 1',
      '{}',
      '{ a: 1 }',
    ],
    ...[
      '{ a: undefined }',
      '{ a: [1, { b: 2 }] }',
      '[]',
      '[1]',
      '[1, , 2]',
      '[,]',
      'new Date(1)',
      'new Date(2)',
      'new Date(NaN)',
    ],
    ...[
      '/a/',
      '/a/g',
      'new Map()',
      'new Map([[1, 2]])',
      'new Map([[{ a: 1 }, [1]]])',
      'new Map([["1", 2]])',
      'new Set()',
    ],
    ...[
      'new Set([1, 2])',
      'new Set([2, 1])',
      'new Set([{ a: 1 }, { b: 1 }])',
      'new Set([{ b: 1 }, { a: 1 }])',
      'new Error("a")',
    ],
    ...[
      'new TypeError("a")',
      'new Error("a", { cause: 1 })',
      'Object(1)',
      'Object("a")',
      'Object(false)',
      'Object(1n)',
    ],
    ...[
      'new ArrayBuffer(2)',
      'new Uint8Array(2)',
      'new Uint8Array([1, 2])',
      'new Int16Array([1, 2])',
      'new Float64Array([0])',
    ],
    ...[
      'new Float64Array([-0])',
      'new DataView(new ArrayBuffer(1))',
      'Buffer.from("a")',
      'Promise.resolve(1)',
      'new WeakMap()',
    ],
    ...[
      'new WeakSet()',
      '(function* () {})',
      '(async () => {})',
      '(function* () {})()',
      'new Map().entries()',
      'new Set().values()',
    ],
    ...[
      '(function () { return arguments; })(1)',
      'class A {}',
      'Object.create(null)',
      'Object.create({ a: 1 })',
      'new Proxy({}, {})',
    ],
    ...['(() => { const a = {}; a.a = a; return a; })()', '(() => { const a = { a: {} }; a.a.a = a; return a; })()'],
  ];
  const list = `const values = [${VALUES.map((value) => `(${value})`).join(', ')}]; const again = [${VALUES.map((value) => `(${value})`).join(', ')}];`;

  it('for util.types', async () => {
    const body = `${list} const { types } = require('node:util'); const unknown = ['isProxy', 'isExternal', 'isModuleNamespaceObject'];
      return Object.keys(types).filter((name) => !unknown.includes(name)).sort().map((name) => [name, values.map((value) => types[name](value))]);`;
    expect(await valueInRealm(body)).toEqual(await valueInNode(body, null));
  });

  it('for isDeepStrictEqual of each with each', async () => {
    const body = `${list} const { isDeepStrictEqual } = require('node:util'); return values.map((value) => again.map((other) => isDeepStrictEqual(value, other)));`;
    expect(await valueInRealm(body)).toEqual(await valueInNode(body, null));
  });

  it('for isDeepStrictEqual of plain data', () =>
    expectTheSame(
      fc.tuple(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 })),
      `const { isDeepStrictEqual } = require('node:util'); return [isDeepStrictEqual(value[0], value[1]), isDeepStrictEqual(value, structuredClone(value)), isDeepStrictEqual(new Set(value), new Set(structuredClone(value).reverse()))];`,
    ));

  it('for structuredClone', async () => {
    const body = `${list} const { types, isDeepStrictEqual } = require('node:util');
      return values.map((value, at) => { if (at === values.length - 3) return 'a proxy'; try { const copy = structuredClone(value); return [typeof copy, Object.prototype.toString.call(copy), isDeepStrictEqual(copy, value)]; } catch (error) { return [error.name, error.code, error.constructor.name]; } });`;
    expect(await valueInRealm(body)).toEqual(await valueInNode(body, null));
  });

  it('for signals, events and their errors', async () => {
    const body = `const told = []; const controller = new AbortController(); const any = AbortSignal.any([controller.signal, AbortSignal.timeout(1000)]);
      controller.signal.addEventListener('abort', { handleEvent: (event) => told.push(event.type, event.target === controller.signal) });
      controller.signal.addEventListener('abort', () => told.push('once'), { once: true });
      any.onabort = (event) => told.push('any', event.target.reason.message);
      controller.abort(new Error('enough')); controller.abort();
      try { AbortSignal.abort().throwIfAborted(); } catch (error) { told.push(error.name, error.message, error.code, error instanceof DOMException, error instanceof Error, error.constructor.name); }
      const target = new EventTarget(); target.addEventListener('x', (event) => { event.preventDefault(); event.stopImmediatePropagation(); }); target.addEventListener('x', () => told.push('never'));
      told.push(target.dispatchEvent(new CustomEvent('x', { cancelable: true, detail: 1 })), any.aborted, DOMException.TIMEOUT_ERR);
      for (const wrong of [() => new AbortSignal(), () => AbortSignal.timeout(-1), () => new WeakRef(1), () => new CryptoKey(), () => crypto.getRandomValues(new Float32Array(1)), () => crypto.getRandomValues(new Uint8Array(65537)), () => structuredClone(() => 1), () => btoa('€'), () => require('node:crypto').randomInt(5, 5), () => require('node:crypto').randomBytes(-1)])
        try { wrong(); told.push('nothing'); } catch (error) { told.push(error.name, error.message, error.code); }
      return told;`;
    expect(await valueInRealm(body)).toEqual(await valueInNode(body, null));
  });

  it('for the rest of node:util', async () => {
    const body = `const util = require('node:util'); const told = [];
      told.push(util.format('%s is %d%% of %i, %j', 'a', 4.5, '7px', { b: 1 }), util.format('a', 'b'), util.format('%s'), util.format('%s %s', 'a'));
      told.push(util.stripVTControlCharacters('\\u001b[31mred\\u001b[0m'), util.toUSVString('a\\ud800'), util.types.isDate(new Date()), util.promisify.custom === Symbol.for('nodejs.util.promisify.custom'));
      function Old() {} function Base() {} Base.prototype.hi = () => 'hi'; util.inherits(Old, Base); told.push(new Old().hi(), Old.super_ === Base);
      told.push(await util.promisify((a, done) => done(null, a + 1))(1), await util.promisify((done) => done(new Error('no')))().catch((error) => error.message));
      told.push(await new Promise((resolve) => util.callbackify(async (a) => a * 2)(4, (error, value) => resolve([error, value]))));
      told.push(util.deprecate((a) => a, 'old', 'DEP')(3), new WeakRef({ a: 1 }).deref().a, util.isArray([]));
      return told;`;
    expect(await valueInRealm(body)).toEqual(await valueInNode(body, null));
  });
});

describe('a timer of a signal', () => {
  it('is one of virtual time', async () => {
    const reports = await reportsInRealm(
      `await new Promise((resolve) => { AbortSignal.timeout(250).onabort = resolve; });`,
    );
    expect(reports).toContainEqual(expect.objectContaining({ kind: 'timer-set', delayMs: 250 }));
  });
});

describe('what Node has and a lab has not', () => {
  it.each([
    [
      'a cipher',
      `require('node:crypto').createCipheriv('aes-256-gcm', 'k', 'i')`,
      'Your code calls crypto.createCipheriv.',
    ],
    ['a class', `new (require('node:crypto').Sign)('sha256')`, 'Your code calls new crypto.Sign.'],
    ['a constant', `require('node:crypto').constants.RSA_PKCS1_PADDING`, 'Your code reads crypto.constants.'],
    ['a hash', `require('node:crypto').createHash('sha3-256')`, 'Your code makes a hash with «sha3-256».'],
    ['a stream of a hash', `require('node:crypto').createHash('md5').pipe({})`, 'Your code calls hash.pipe.'],
    ['a key', `await crypto.subtle.generateKey('AES-GCM', true, [])`, 'Your code calls crypto.subtle.generateKey.'],
    [
      'another imported key',
      `await crypto.subtle.importKey('jwk', {}, 'HMAC', true, [])`,
      'Your code imports a key of HMAC as «jwk».',
    ],
    ['a question to the engine', `require('node:util').types.isProxy({})`, 'Your code calls util.types.isProxy.'],
    ['colours', `require('node:util').styleText('red', 'x')`, 'Your code calls util.styleText.'],
    ['a request elsewhere', `await fetch(new Request('https://example.com'))`, 'Your code calls fetch.'],
    ['the stream of an answer', `Response.json({}).body`, 'Your code reads response.body.'],
    ['the blob of an answer', `await Response.json({}).blob()`, 'Your code calls response.blob.'],
    ['a form', `new FormData()`, 'Your code calls new FormData.'],
    ['a blob', `new Blob(['a'])`, 'Your code calls new Blob.'],
    ['a stream', `new ReadableStream()`, 'Your code calls new ReadableStream.'],
    ['a channel', `new MessageChannel()`, 'Your code calls new MessageChannel.'],
    ['a measurement', `performance.mark('a')`, 'Your code calls performance.mark.'],
    ['resident memory', `process.memoryUsage.rss()`, 'Your code calls process.memoryUsage.rss.'],
    ['standard input', `process.stdin`, 'Your code reads process.stdin.'],
    ['compression', `require('node:zlib').gzipSync('a')`, 'Your code calls zlib.gzipSync.'],
    ['the number of processors', `navigator.hardwareConcurrency`, 'Your code reads navigator.hardwareConcurrency.'],
    ['an encoding', `new TextDecoder('shift_jis')`, 'Your code decodes text as «shift_jis».'],
    ['a bucket’s address', `new URL('s3://bucket/key')`, 'Your code makes a URL of «s3:».'],
    ['a relative address', `new URL('/path', 'https://example.com')`, 'Your code makes a URL relative to another.'],
    ['a console of one’s own', `new console.Console({})`, 'Your code calls new console.Console.'],
    ['asynchronous context', `require('node:async_hooks')`, 'Your code imports «node:async_hooks».'],
  ])('%s is refused by name, although the error is caught', async (_what, use, what) => {
    const reports = await reportsInRealm(`try { ${use}; } catch {} return 'caught';`);
    expect(reports).toContainEqual(expect.objectContaining({ kind: 'refused', what }));
  });

  it('may be asked for', async () => {
    const body = `return [typeof Request, typeof WebAssembly, {} instanceof Blob, typeof require('node:crypto').createSign, { ...require('node:zlib') } !== null, typeof process.memoryUsage, 'getuid' in process];`;
    expect(await valueInRealm(body)).toEqual(['function', 'object', false, 'function', true, 'function', true]);
  });
});
