/**
 * Hostile and broken submissions, graded in isolation: each gets a verdict that names what happened and where, and no hostile
 * one passes. Each handler otherwise solves the lab, so that only the hostile part can make it fail.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { labNamed } from '../../cli/grading.ts';
import { NODE } from '../../node/platform.ts';
import { grade } from '../grade.ts';
import type { LabResult } from '../result.ts';

const lab = labNamed('lost-update');
const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const template = read('labs/lost-update/template.yaml');

const HANDLER_LINE = 4;
/** Solves the lab. `inside` stands on line 5, in the handler, and `after` on line 11. */
function solution({ inside = '', after = '' }: { readonly inside?: string; readonly after?: string }): string {
  return [
    "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';",
    "import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';",
    'const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));',
    'export async function handler(event) {',
    inside,
    "  const add = { UpdateExpression: 'ADD bumps :one', ExpressionAttributeValues: { ':one': 1 } };",
    "  const Key = { id: event.counter ?? 'notify-me' };",
    "  const { Attributes } = await documents.send(new UpdateCommand({ TableName: process.env.TABLE_NAME, Key, ...add, ReturnValues: 'ALL_NEW' }));",
    '  return { count: Attributes?.bumps };',
    '}',
    after,
  ].join('\n');
}

const INSIDE = 5;
const AFTER = 11;

function gradeSource(source: string): Promise<LabResult> {
  return grade({
    platform: NODE,
    lab,
    host: 'isolated',
    files: new Map([
      ['src/bump.ts', source],
      ['template.yaml', template],
    ]),
  });
}

/** What a reader sees: the sentences of all checks that do not pass, and the lines that they name. */
function told(result: LabResult): { readonly words: string; readonly lines: readonly string[] } {
  const broken = result.checks.filter(({ status }) => status !== 'pass');
  return {
    words: broken
      .map(({ message, counterexample }) =>
        [message, counterexample?.headline, ...(counterexample?.because ?? [])].join(' '),
      )
      .join('\n'),
    lines: broken.flatMap(({ frame }) => (frame === undefined ? [] : [`${frame.file}:${frame.line}`])),
  };
}

async function expectRefused(source: string, words: RegExp, line: number): Promise<void> {
  const result = await gradeSource(source);
  expect(result.outcome).toBe('fail');
  expect(told(result).words).toMatch(words);
  expect(told(result).lines).toContain(`src/bump.ts:${line}`);
}

/** Name, code inside the handler, expected verdict. */
const IN_THE_HANDLER: readonly (readonly [string, string, RegExp])[] = [
  ['process.exit', 'process.exit(0);', /Runtime\.ExitError.*Remove process\.exit/],
  ['process.exit in try', 'try { process.exit(0); } catch {}', /Runtime\.ExitError.*Remove process\.exit/],
  ['a socket', "try { require('node:net'); } catch {}", /imports «node:net»/],
  ['a file, imported under a computed name', "try { await import('node:' + 'fs'); } catch {}", /imports «node:fs»/],
  ['a file through process', "try { process.getBuiltinModule('fs'); } catch {}", /getBuiltinModule/],
  ['process.binding', "try { process.binding('fs'); } catch {}", /process\.binding/],
  ['fetch', "try { await fetch('http://example.com'); } catch {}", /calls fetch/],
  ['eval', "try { eval('1'); } catch {}", /uses eval/],
  ['indirect eval', "try { (0, eval)('1'); } catch {}", /uses eval/],
  ['new Function', "try { new Function('return 1')(); } catch {}", /uses new Function/],
  ['an async function from a string', "try { (async () => {}).constructor('1'); } catch {}", /uses new Function/],
  ['a way out through console', "try { console.log.constructor('return process')(); } catch {}", /uses new Function/],
  ['a timer with a string', "try { setTimeout('1', 0); } catch {}", /gives a timer a string/],
  ['a buffer of 2 GB', 'try { Buffer.alloc(2e9); } catch {}', /buffer of 1,907 MB/],
  [
    'too many lines, in the second situation only',
    "if (event.counter !== 'notify-me') for (let n = 0; n < 50_000; n += 1) console.log('line ' + n);",
    /prints more than 10 MB/,
  ],
  [
    '1 GB of lines',
    "const kb = 'x'.repeat(1000); for (let i = 0; i < 1e6; i++) console.log(kb);",
    /prints more than 10 MB/,
  ],
  ['1 GB in one value', "console.log(new Array(20).fill('x'.repeat(5e7)));", /prints more than 10 MB/],
  [
    '1 GB on standard output',
    "for (let i = 0; i < 2; i++) process.stdout.write('x'.repeat(5e8));",
    /prints more than 10 MB/,
  ],
  [
    '100 MB in one call',
    "await documents.send(new UpdateCommand({ TableName: process.env.TABLE_NAME, Key: { id: 'x'.repeat(1e8) } }));",
    /more than 8 MB with one UpdateItem/,
  ],
  [
    'recursion without end',
    'const f = (n) => 1 + f(n + 1); f(0);',
    /Maximum call stack size.*Give the recursion an end/,
  ],
  [
    'ten thousand calls at once',
    "await Promise.all(Array.from({ length: 10_000 }, () => documents.send(new UpdateCommand({ TableName: process.env.TABLE_NAME, Key: { id: 'x' } }))));",
    /more than 1,000 calls.*Await each UpdateItem/,
  ],
  [
    'twenty thousand timers',
    'for (let n = 0; n < 20_000; n++) setTimeout(() => {}, n);',
    /more than 1,000 timers at once/,
  ],
  ['a patched Promise', 'Promise.prototype.then = () => {};', /own objects are frozen.*Write a function of your own/],
  [
    'a patched Date',
    'Date.now = () => 5;',
    /read only property 'now'.*it is frozen in a lab: write a function of your own/,
  ],
  ['a patched Array', 'Array.prototype.map = () => [];', /own objects are frozen.*Write a function of your own/],
  [
    'a polluted prototype',
    '({}).__proto__.count = 1;',
    /not extensible.*it is frozen in a lab: write a function of your own/,
  ],
  ['a stack hook', 'Error.prepareStackTrace = () => 1;', /read only property 'prepareStackTrace'/],
];

const AFTER_THE_HANDLER: readonly (readonly [string, string, RegExp])[] = [
  ['process.exit', 'process.exit(0);', /Runtime\.ExitError.*Remove process\.exit/],
  ['a throw', "throw new Error('no config');", /no config.*thrown while the file was loaded.*move what can fail/],
  ['a name that is not imported', 'ddb.send();', /ddb is not defined.*Import that name, or declare it/],
  [
    'a rejection that is not handled',
    "Promise.reject(new Error('nobody'));",
    /nobody.*Await that promise, or catch its error/,
  ],
  ['a built-in module', "import fs from 'fs'; fs.readFileSync('/etc/passwd');", /imports «node:fs»/],
  [
    '/etc/passwd as text',
    "import text from '/etc/passwd' with { type: 'text' }; console.log(text);",
    /imported as text/,
  ],
  [
    'a data: module',
    "import x from 'data:text/javascript,export default 1'; console.log(x);",
    /not a package of this lab/,
  ],
  ['a file: module', "import x from 'file:///etc/passwd'; console.log(x);", /not a package of this lab/],
  [
    'a module from the network',
    "import x from 'http://example.com/x.js'; console.log(x);",
    /not a package of this lab/,
  ],
  ['a syntax error', 'const = 1;', /Expected|Unexpected/],
];

describe('hostile code in the handler is told, with its line, although the rest solves the lab', () => {
  it.for(IN_THE_HANDLER)('%s', ([, inside, words]) => expectRefused(solution({ inside }), words, INSIDE));
});

describe('hostile or broken code at import is told, with its line, although the rest solves the lab', () => {
  it.for(AFTER_THE_HANDLER)('%s', ([, after, words]) => expectRefused(solution({ after }), words, AFTER));
});

describe('code that does not end', () => {
  it('is stopped in a loop at import, and its line is named', () =>
    expectRefused(solution({ after: 'while (true) {}' }), /never gives control back/, AFTER));

  it('is stopped in a loop that awaits nothing real', () =>
    expectRefused(solution({ inside: 'for (;;) await null;' }), /never gives control back/, INSIDE));

  it('is found at once where it awaits a promise that never settles', () =>
    expectRefused(solution({ inside: 'await new Promise(() => {});' }), /bump#1 stalled/, HANDLER_LINE));

  const INVOKE = 'new LambdaClient({}).send(new InvokeCommand({ FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME }))';
  const WITH_LAMBDA = { after: "import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';" };

  it('is told when it invokes itself, and Lambda ends the loop', async () => {
    const result = await gradeSource(solution({ inside: `await ${INVOKE};`, ...WITH_LAMBDA }));
    expect(result.outcome).toBe('fail');
    expect(told(result).words).toMatch(/one chain of events had passed it 16 times/);
  }, 120_000);

  it('is told when it invokes itself by more chains than run at once', async () => {
    const inside = `await Promise.all([${INVOKE}, ${INVOKE}]);`;
    const result = await gradeSource(solution({ inside, ...WITH_LAMBDA }));
    expect(told(result).words).toMatch(/More than 100 execution environments run at once/);
    expect(told(result).lines).toContain(`src/bump.ts:${INSIDE}`);
  }, 120_000);

  it('is stopped when small buffers add up', async () => {
    const inside = 'globalThis.all = []; for (;;) globalThis.all.push(new Uint8Array(1_000_000).fill(1));';
    const result = await gradeSource(solution({ inside }));
    expect(result.outcome).toBe('fail');
    expect(result.message).toMatch(/src\/bump\.ts:\d+ — Your code took more than .* of memory/);
  });
});

describe('code that is nested too deeply for the engine', () => {
  it('is told with its file', async () => {
    const { finding, message } = await gradeSource(
      solution({ inside: `void ${'['.repeat(20_000)}1${']'.repeat(20_000)};` }),
    );
    expect(finding).toBe('does-not-compile');
    expect(message).toMatch(/^src\/bump\.ts:1 — An expression here.* nested too deeply/);
  });
});

describe('code that fills the memory faster than the host can look', () => {
  it('is told with the beginning of the handler, and that the cause may be anywhere in it; with its line where the host could look', async () => {
    const inside = 'const all = []; for (;;) all.push(new Array(1000).fill(1));';
    const result = await gradeSource(solution({ inside }));
    expect(result.outcome).toBe('fail');
    const stopped = 'Your code took more than 512 MB of memory and was stopped. Work in smaller pieces.';
    // On a slow machine the memory is not full yet when the host looks.
    expect([
      `src/bump.ts:${HANDLER_LINE} — ${stopped} It was somewhere in the handler that begins at src/bump.ts:${HANDLER_LINE}, in what it calls, or in what is done when its file is loaded.`,
      `src/bump.ts:${INSIDE} — ${stopped}`,
    ]).toContain(result.message);
  });
});

describe('a forged result', () => {
  it.for([
    ['a number without a table', 'return { count: event.visitor ?? 1 };'],
    ['toJSON', 'return { toJSON: () => ({ count: 1 }) };'],
    ['a proxy', 'return new Proxy({ count: 1 }, { get: () => 1 });'],
    ['a thenable', 'return { then: (settle) => settle({ count: 1 }) };'],
    [
      'lines of the protocol, printed',
      'process.stdout.write(\'{"kind":"ready"}\\n[]\\n\'); console.log(\'{"outcome":"pass"}\'); return { outcome: "pass", count: 1 };',
    ],
    [
      'an SDK that sends nothing',
      'DynamoDBDocumentClient.prototype.send = async () => ({ Attributes: { bumps: 1 } }); documents.send = DynamoDBDocumentClient.prototype.send;',
    ],
  ] as const)('%s: the table decides', async ([, inside]) => {
    const result = await gradeSource(solution({ inside }));
    expect(result.outcome).toBe('fail');
    expect(told(result).words).toContain('the counter says 0');
  });

  it('by another solution: only the files of the lab can be imported', () =>
    expectRefused("export * from '../../../solutions/lost-update/src/bump.ts';", /not one of this lab's files/, 1));
});

describe('state that one run leaves behind', () => {
  const TIMER_CLASS =
    '(() => { const timer = setTimeout(() => {}, 1); clearTimeout(timer); return Object.getPrototypeOf(timer); })()';
  /** Prints what it finds. A difference between two equal runs would show in the trace. */
  const note = (look: string, leave: string): string =>
    solution({ after: `console.log(String(${look})); try { ${leave} } catch {}` });

  it.for([
    ['globalThis', 'globalThis.q', 'globalThis.q = 1'],
    ["a global that can't be deleted", 'globalThis.q', "Object.defineProperty(globalThis, 'q', { value: 1 })"],
    ['an SDK class', 'DynamoDBClient.q', 'DynamoDBClient.q = 1'],
    [
      'an SDK prototype, frozen',
      'Object.isFrozen(DynamoDBClient.prototype)',
      'Object.freeze(DynamoDBClient.prototype)',
    ],
    ['the last match', 'RegExp.$1', '/(a)/.exec("a")'],
    ['require', 'require.q', 'require.q = 1'],
    ["a timer's class", `${TIMER_CLASS}.q`, `${TIMER_CLASS}.q = 1`],
    [
      'an iterator',
      'Object.getPrototypeOf([].values().map(String)).q',
      'Object.getPrototypeOf([].values().map(String)).q = 1',
    ],
    ['process.env', 'process.env.Q', "process.env.Q = '1'"],
  ] as const)('in %s does not reach the next', async ([, look, leave]) => {
    const result = await gradeSource(note(look, leave));
    expect(result.message ?? '').not.toContain('did not do the same twice');
    expect(result.outcome).toBe('pass');
  });
});
