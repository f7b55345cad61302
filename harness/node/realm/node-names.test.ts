/**
 * Each member that Node has of what a lab has something of is there in a realm: built, or refused by name.
 *
 * Compared with the Node that runs the tests; a Node 24 that is older than the list may lack some of it.
 */

import { execFileSync } from 'node:child_process';
import { builtinModules, createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { memberNames, NODE_NAMES, type NodeMembers } from '../../host/prelude/node-names.ts';
import { valueInRealm } from './fixtures/value-in-realm.ts';

const require = createRequire(import.meta.url);

/** Node's objects, as expressions that mean the same in a realm. */
const OBJECTS: Readonly<Record<Exclude<keyof typeof NODE_NAMES, 'globals'>, string>> = {
  Atomics: 'Atomics',
  WebAssembly: 'WebAssembly',
  navigator: 'navigator',
  console: 'console',
  performance: 'performance',
  process: 'process',
  Buffer: 'Buffer',
  bufferInstance: 'Buffer.prototype',
  URL: 'URL',
  urlInstance: 'new URL("https://example.com")',
  searchParams: 'URLSearchParams.prototype',
  timeout: 'Object.getPrototypeOf(setTimeout(() => {}, 1))',
  hashInstance: 'require("node:crypto").Hash.prototype',
  subtle: 'Object.getPrototypeOf(crypto.subtle)',
  'node:buffer': 'require("node:buffer")',
  'node:crypto': 'require("node:crypto")',
  'node:perf_hooks': 'require("node:perf_hooks")',
  'node:timers': 'require("node:timers")',
  'node:timers/promises': 'require("node:timers/promises")',
  'node:util': 'require("node:util")',
  'node:util/types': 'require("node:util/types")',
  'node:zlib': 'require("node:zlib")',
  'node:url': 'require("node:url")',
};

/** Of these, Node's members are partly inherited. */
const INHERITING = ['urlInstance', 'navigator', 'performance', 'process', 'hashInstance'];

/** Here under names that Node has not: what a lab adds, and names that browsers have. */
const OF_THE_LAB = ['XMLHttpRequest', 'EventSource'];

/** `process` has these where another process of Node's has started it, as that of the tests. */
const OF_A_CHILD = ['channel', 'connected', 'disconnect', 'send'];

const listed = (members: NodeMembers): string[] =>
  [...memberNames(members.functions), ...memberNames(members.values)].filter((name) => name !== '').sort();

function namesInNode(name: string, expression: string): string[] {
  const names = new Set<string>();
  const root = new Function('require', `return ${expression};`)(require) as object;
  for (let at: object | null = root; at !== null && at !== Object.prototype && at !== Function.prototype; ) {
    for (const key of Object.getOwnPropertyNames(at)) names.add(key);
    at = INHERITING.includes(name) ? (Object.getPrototypeOf(at) as object | null) : null;
  }
  const ofFunctions = typeof root === 'function' ? ['length', 'name', 'prototype'] : [];
  return [...names].filter((key) => !key.startsWith('_') && key !== 'constructor' && !ofFunctions.includes(key)).sort();
}

/** Without the language's own, and without what the commands of a prompt have. */
function globalsOfNode(): string[] {
  const print = 'console.log(JSON.stringify(Object.getOwnPropertyNames(globalThis)))';
  const names = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module'], { input: print }).toString(),
  ) as string[];
  const languages = runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[];
  const away = ['Atomics', 'SharedArrayBuffer', 'WebAssembly', 'WeakRef', 'FinalizationRegistry'];
  return names
    .filter((name) => (!languages.includes(name) || away.includes(name)) && name !== 'console')
    .filter((name) => !builtinModules.includes(name))
    .sort();
}

describe('the list of Node’s members', () => {
  it.each(Object.entries(OBJECTS))('has all of %s', (name, expression) => {
    const known = listed(NODE_NAMES[name as keyof typeof OBJECTS]);
    const expected = namesInNode(name, expression).filter((member) => !OF_A_CHILD.includes(member));
    expect(expected.filter((member) => !known.includes(member))).toEqual([]);
  });

  it('has all globals', () => {
    const known = listed(NODE_NAMES.globals);
    expect(globalsOfNode().filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('a realm', () => {
  it.each(Object.entries(OBJECTS))('has each member of %s, and no other', async (name, expression) => {
    const known = listed(NODE_NAMES[name as keyof typeof OBJECTS]);
    const [missing, own] = (await valueInRealm(
      `const root = ${expression}; return [${JSON.stringify(known)}.filter((name) => !(name in root)), Object.getOwnPropertyNames(root)];`,
    )) as [string[], string[]];
    expect(missing).toEqual([]);
    const beyond = ['length', 'name', 'prototype', 'constructor', 'TYPED_ARRAY_SUPPORT'];
    expect(own.filter((key) => !known.includes(key) && !key.startsWith('_') && !beyond.includes(key))).toEqual([]);
  });

  it('has each global, and no other', async () => {
    const known = listed(NODE_NAMES.globals);
    const languages = runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[];
    const own = (await valueInRealm('return Object.getOwnPropertyNames(globalThis);')) as string[];
    expect(known.filter((name) => !own.includes(name))).toEqual([]);
    expect(own.filter((name) => ![...known, ...languages, ...OF_THE_LAB].includes(name))).toEqual([]);
  });
});
