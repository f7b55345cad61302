/**
 * The architecture, as tests: which room imports which, what the simulator may not touch, and the house rules for files.
 *
 * Every rule is run twice: over the repository, and over a small file that breaks it, so that a rule that has stopped
 * biting is found too.
 */

import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCycles } from './architecture/cycles.ts';
import { checkExportedNames } from './architecture/exported-names.ts';
import { checkFunctionLength } from './architecture/function-length.ts';
import { checkModuleState } from './architecture/module-state.ts';
import { checkNodeGlobals, NODE_GLOBALS } from './architecture/node-globals.ts';
import { checkGlobals, FORBIDDEN_GLOBALS } from './architecture/purity.ts';
import { checkFolders, checkImports, ROOMS } from './architecture/rooms.ts';
import {
  type BrokenRule,
  describeViolations,
  isHarnessSource,
  readTree,
  type SourceFile,
} from './architecture/source-files.ts';
import {
  checkFocus,
  checkHeader,
  checkLength,
  checkMachine,
  checkName,
  checkNotesToSelf,
} from './architecture/wording.ts';

const tree = readTree();
const harness = tree.filter(isHarnessSource);

function expectNone(rule: (file: SourceFile) => BrokenRule[], files: readonly SourceFile[]): void {
  expect(files.length).toBeGreaterThan(0);
  expect(describeViolations(files.flatMap(rule))).toBe('');
}

/** What a rule says of one made-up file. */
function said(rule: (file: SourceFile) => BrokenRule[], path: string, text: string): string {
  return describeViolations(rule({ path, text }));
}

/** What a rule says of made-up files that it judges together. */
function saidOfAll(
  rule: (files: readonly SourceFile[]) => BrokenRule[],
  texts: Readonly<Record<string, string>>,
): string {
  return describeViolations(rule(Object.entries(texts).map(([path, text]) => ({ path, text }))));
}

describe('rooms', () => {
  it('are all folders below harness/ but those that are listed with a reason', () => {
    expect(describeViolations(checkFolders(tree))).toBe('');
    const planted = { path: 'harness/helpings/a.ts', text: '' };
    expect(describeViolations(checkFolders([...tree, planted]))).toContain('harness/helpings/, which is no room');
    const without = tree.filter(({ path }) => !path.startsWith('harness/words/'));
    expect(describeViolations(checkFolders(without))).toContain(
      'harness/words/ is listed in rooms.ts and is not there',
    );
  });
});

describe('imports', () => {
  it('point one way in the whole harness', () => expectNone(checkImports, harness));

  it.each([
    ['harness/host/a.ts', `import { grade } from '../grader/grade.ts';`, 'imports point downwards'],
    [
      'harness/scenario/a.ts',
      `import { prepare } from '../grader/submission/submission.ts';`,
      'imports point downwards',
    ],
    ['harness/scenario/a.ts', `import { TargetTrouble } from '../targets/target.ts';`, 'imports point downwards'],
    ['harness/simulator/a.ts', `import type { LabResult } from '../grader/result.ts';`, 'imports point downwards'],
    ['harness/host/a.ts', `import { EXIT_CODES } from '../grader/result.ts';`, 'imports point downwards'],
    ['harness/host/a.ts', `export * from '../cli/main.ts';`, 'imports point downwards'],
    ['harness/host/a.ts', `const later = await import('../cli/main.ts');`, 'imports point downwards'],
    ['harness/host/a.ts', `type Main = import('../cli/main.ts').Main;`, 'imports point downwards'],
    [
      'harness/simulator/services/lambda/a.ts',
      `import { put } from '../dynamodb/put.ts';`,
      'services never import one another',
    ],
    [
      'harness/simulator/kernel/a.ts',
      `import type { Trace } from '../trace.ts';`,
      'the kernel imports nothing outside',
    ],
    ['harness/simulator/kernel/a.ts', `import { parse } from 'yaml';`, 'the kernel imports nothing outside'],
    ['harness/simulator/a.ts', `import { readFileSync } from 'node:fs';`, 'runs in a browser too'],
    ['harness/host/a.ts', `import { expect } from 'vitest';`, 'does not use'],
    ['harness/simulator/a.ts', `import esbuild from 'esbuild';`, 'does not use'],
    [
      'harness/simulator/services/lambda/a.ts',
      `import { mutations } from './mutations.ts';`,
      'for `npm run mutations` alone',
    ],
    [
      'harness/course/dedupe/a.ts',
      `import type { Answer } from '../lost-update/scenario.ts';`,
      'labs never import one another',
    ],
    ['harness/cli/a.ts', `import { runMutations } from '../mutations/run.ts';`, 'no room of the harness'],
    ['harness/cli/a.ts', `import { bump } from '../../solutions/lost-update/src/bump.ts';`, 'no room of the harness'],
  ])('%s may not say %s', (path, text, message) => expect(said(checkImports, path, text)).toContain(message));

  it.each([
    ['harness/host/a.ts', `import type { LabResult } from '../grader/result.ts';`],
    ['harness/host/a.ts', `import { type Lab } from '../course/lab.ts';`],
    ['harness/course/dedupe/a.ts', `import { check } from '../kit/check.ts';\nimport type { Lab } from '../lab.ts';`],
    ['harness/cli/a.ts', `import { runWorld } from '../simulator/world.ts';`],
    ['harness/targets/a.ts', `import { buildWorld } from '../scenario/build-world.ts';`],
    ['harness/scenario/a.ts', `import type { Scenario } from '../course/lab.ts';`],
    ['harness/simulator/services/lambda/a.ts', `import { ok } from '../service.ts';`],
    [
      'harness/simulator/a.ts',
      `// import { readFileSync } from 'node:fs';\nexport const text = "import x from 'node:fs'";`,
    ],
  ])('%s may say %s', (path, text) => expect(said(checkImports, path, text)).toBe(''));

  it('make no cycle', () => {
    expect(harness.length).toBeGreaterThan(0);
    expect(describeViolations(checkCycles(harness))).toBe('');
  });

  it.each([
    ['a value', `import { a } from './a.ts';`],
    ['a type', `import type { A } from './a.ts';`],
    ['a type on the way', `export const b = (a: import('./a.ts').A) => a;`],
    ['what another file exports again', `export * from './a.ts';`],
    ['what is wanted later', `const a = await import('./a.ts');`],
  ])('make no cycle of three files by %s', (_, text) => {
    const files = {
      'harness/host/c.ts': text,
      'harness/host/a.ts': `import { b } from './b.ts';`,
      'harness/host/b.ts': `\nexport { c } from './c.ts';`,
    };
    expect(saidOfAll(checkCycles, files)).toBe(
      'harness/host/a.ts:1 imports itself: harness/host/a.ts > harness/host/b.ts > harness/host/c.ts > harness/host/a.ts. ' +
        'No import cycles, types included: none of these files can be understood or moved without all others. ' +
        'Move what they need of each other into the file that it is about, or into one of its own.',
    );
  });

  it('may meet again without a cycle, and a cycle that others import is told once', () => {
    const meeting = {
      'harness/host/a.ts': `import './b.ts';\nimport './c.ts';`,
      'harness/host/b.ts': `import './d.ts';`,
      'harness/host/c.ts': `import './d.ts';`,
      'harness/host/d.ts': '',
    };
    expect(saidOfAll(checkCycles, meeting)).toBe('');
    const itself = { ...meeting, 'harness/host/d.ts': `import './d.ts';` };
    expect(saidOfAll(checkCycles, itself)).toMatch(
      /^harness\/host\/d\.ts:1 imports itself: harness\/host\/d\.ts > harness\/host\/d\.ts\..*$/,
    );
  });
});

describe('the simulator', () => {
  it('touches no clock, no chance, no outside, and keeps nothing between two worlds', () =>
    expectNone(checkGlobals, harness));

  it.each(Object.keys(FORBIDDEN_GLOBALS))('may not use the global %s', (name) => {
    const path = 'harness/simulator/a.ts';
    expect(said(checkGlobals, path, `export const a = () => ${name};`)).toContain(`the global «${name}»`);
    expect(said(checkGlobals, path, `export const a = () => ({ ${name} });`)).toContain(`the global «${name}»`);
    expect(said(checkGlobals, path, `// ${name}\nexport const a = '${name}';`)).toBe('');
    expect(said(checkGlobals, path, `export const a = (b: { ${name}: string }) => b.${name};`)).toBe('');
    expect(said(checkGlobals, 'harness/host/a.ts', `export const a = () => ${name};`)).toBe('');
  });

  it('may write an instant as the Date that an AWS SDK answers, and read no clock for it', () => {
    expect(said(checkGlobals, 'harness/simulator/a.ts', 'export const a = (atMs: number) => new Date(atMs);')).toBe('');
    for (const reads of ['new Date()', 'Date.now()', `new Date('2026-01-01T00:00')`, 'new Date(2026, 1)']) {
      expect(said(checkGlobals, 'harness/simulator/a.ts', `export const a = () => ${reads};`)).toContain('«Date»');
    }
  });

  it.each(['Math.random()', `Math['random']()`])('may not use %s', (text) => {
    expect(said(checkGlobals, 'harness/simulator/a.ts', `export const a = () => ${text};`)).toContain('Math.random');
  });

  it.each([
    'let count = 0;',
    'export var count = 0;',
    'const cache = new Map<string, string>();',
    'const seen: string[] = [];',
    'const seen = [];',
    'const byName = {};',
    'const byName: Record<string, string> = {};',
    `export const NAMES = ['a'];`,
    `const names = ['a'];\nexport const add = (name: string) => names.push(name);`,
    `const byName = { a: 1 };\nexport const put = (name: string) => { byName[name] = 2; };`,
    'export class World { static count = 0; }',
  ])('may not keep state in a module: %s', (text) => {
    expect(said(checkModuleState, 'harness/simulator/a.ts', text)).toMatch(/module level|module-level|static field/);
  });

  it.each([
    'const LIMIT = 3;',
    `export const NAMES = ['a', 'b'] as const;`,
    `const NAMES = new Set(['a']);\nexport const knows = (name: string) => NAMES.has(name);`,
    `const NAMES: readonly string[] = ['a'];`,
    'const CODES: ReadonlyMap<string, number> = new Map();',
    'const EMPTY: Footprint = { reads: [], writes: [] };',
    'export class World { static readonly limit = 0; #count = 0; }',
    'export function world() { let count = 0; return () => count++; }',
  ])('may keep constants in a module: %s', (text) =>
    expect(said(checkModuleState, 'harness/simulator/a.ts', text)).toBe(''),
  );
});

describe('rooms that a browser runs', () => {
  it('use nothing that only Node has', () => expectNone(checkNodeGlobals, harness));

  it.each(NODE_GLOBALS)('may not use the global %s', (name) => {
    const path = 'harness/grader/a.ts';
    const wrong = `uses Node's «${name}»; the room grader runs in a browser too`;
    expect(said(checkNodeGlobals, path, `export const a = () => ${name};`)).toContain(wrong);
    expect(said(checkNodeGlobals, path, `export const a = () => ({ ${name} });`)).toContain(wrong);
    expect(said(checkNodeGlobals, path, `export const a = (${name}: string) => ${name};\n${name};`)).toContain(wrong);
    expect(said(checkNodeGlobals, path, `export type A = ${name};`)).toContain(wrong);
    expect(said(checkNodeGlobals, path, `export type A = ${name}.B | typeof ${name};`)).toContain(wrong);
    expect(said(checkNodeGlobals, path, `export const a = globalThis.${name};`)).toContain(`«globalThis.${name}»`);
  });

  it.each(NODE_GLOBALS)('may make %s for learners, and give the name to what is its own', (name) => {
    for (const text of [
      `// ${name}\nexport const a = '${name}';`,
      `export const a = (b: { ${name}: string }) => b.${name};`,
      `export const a = { ${name}: () => 1 };`,
      `export const a = (make: () => object) => { const ${name} = make(); return { b: () => ${name} }; };`,
      `export const a = (b: { ${name}: string }) => { const { ${name} } = b; return ${name}; };`,
      `export const a = (b: { ${name}: string }) => { const { ${name}: c } = b; return c; };`,
      `import { ${name} } from './b.ts';\nexport const a: ${name} = ${name};`,
      `import { ${name} as b } from './b.ts';\nexport { b as ${name} };`,
      `export type A = (${name}: object) => ${name} is B;\ntype B = never;`,
    ]) {
      expect(said(checkNodeGlobals, 'harness/host/prelude/a.ts', text)).toBe('');
    }
  });

  it('do not ask Node where they stand', () => {
    for (const member of ['dirname', 'filename', 'main']) {
      expect(said(checkNodeGlobals, 'harness/browser/a.ts', `export const a = import.meta.${member};`)).toContain(
        `uses Node's «import.meta.${member}»`,
      );
    }
    expect(said(checkNodeGlobals, 'harness/browser/a.ts', 'export const a = import.meta.url;')).toBe('');
  });

  it.each([
    'harness/node/a.ts',
    'harness/cli/a.ts',
    'harness/grader/a-for-tests.ts',
    'harness/grader/fixtures/a.ts',
    'harness/grader/a.test.ts',
    'harness/course/lost-update/starter/src/bump.ts',
  ])('are not where %s stands', (path) => {
    expect(said(checkNodeGlobals, path, 'export const a = process.env;')).toBe('');
  });
});

describe('exported names', () => {
  it('stand once in the whole harness', () => {
    expect(harness.length).toBeGreaterThan(0);
    expect(describeViolations(checkExportedNames(harness))).toBe('');
  });

  it.each([
    'export const Item = 1;',
    'export function Item() {}',
    'export async function* Item() {}',
    'export class Item {}',
    'export interface Item {}',
    'export type Item = string;',
    'export const { Item } = { Item: 1 };',
    'export const [{ a: Item }] = [{ a: 1 }];',
    'const item = 1;\nexport { item as Item };',
  ])('may not stand again: %s', (text) => {
    const files = { 'harness/host/a.ts': '\nexport interface Item {}', 'harness/words/b.ts': text };
    expect(saidOfAll(checkExportedNames, files)).toMatch(
      /^harness\/words\/b\.ts:\d exports «Item», as harness\/host\/a\.ts:2 does\. An exported name stands once in the harness/,
    );
  });

  it.each([
    `export { Item } from './a.ts';`,
    `import { Item } from '../host/a.ts';\nexport { Item };`,
    `import Item from '../host/a.ts';\nexport { Item };`,
    `import * as Item from '../host/a.ts';\nexport { Item };`,
    'interface Item {}\nexport default Item;',
    'export default class Item {}',
    'const Item = 1;\nexport const item = Item;',
  ])('may be exported again, or stay at home: %s', (text) => {
    const files = { 'harness/host/a.ts': 'export interface Item {}', 'harness/words/b.ts': text };
    expect(saidOfAll(checkExportedNames, files)).toBe('');
  });

  it('may be shared by labs, and by a lab with nothing else', () => {
    const checks = 'export const checks = [];';
    const of = (a: string, b: string) => saidOfAll(checkExportedNames, { [a]: checks, [b]: checks });
    expect(of('harness/course/lost-update/checks.ts', 'harness/course/dedupe/checks/checks.ts')).toBe('');
    expect(of('harness/course/dedupe/lab.ts', 'harness/course/dedupe/checks/checks.ts')).toContain('exports «checks»');
    expect(of('harness/course/dedupe/lab.ts', 'harness/course/kit/check.ts')).toContain('exports «checks»');
    expect(of('harness/course/dedupe/lab.ts', 'harness/grader/grade.ts')).toContain('exports «checks»');
    expect(of('harness/course/dedupe/lab.ts', 'harness/course/labs.ts')).toContain('exports «checks»');
  });

  it('may be one for a type and its value, and for overloads', () => {
    const text =
      'export type A = 1;\nexport const A = 1;\nexport function b(): 1;\nexport function b(): 1 { return 1; }';
    expect(saidOfAll(checkExportedNames, { 'harness/host/a.ts': text })).toBe('');
  });
});

describe('files', () => {
  it('begin with a comment that says what they are', () => {
    expectNone(checkHeader, harness);
    expect(said(checkHeader, 'harness/cli/a.ts', 'export const a = 1;')).toContain('without a comment');
    expect(said(checkHeader, 'harness/cli/a.mjs', '#!/usr/bin/env node\n/**\n * What it is.\n */')).toBe('');
  });

  it('have one subject and at most 300 lines', () => {
    expectNone(checkLength, harness);
    expect(said(checkLength, 'harness/cli/a.ts', 'a();\n'.repeat(301))).toContain('301 lines');
    expect(said(checkLength, 'harness/cli/a.ts', 'a();\n'.repeat(300))).toBe('');
    expect(said(checkLength, 'harness/simulator/services/sqs/mutations.ts', 'a();\n'.repeat(301))).toBe('');
  });

  it('have functions of at most 50 lines', () => {
    expectNone(checkFunctionLength, harness);
    const lines = (count: number) => 'b();\n'.repeat(count);
    for (const [text, name] of [
      [`function a() {\n${lines(49)}}`, 'the function «a» of 51 lines'],
      [`const a = () => {\n${lines(49)}};`, 'the function «a» of 51 lines'],
      [`b(() => {\n${lines(49)}});`, 'the function without a name of 51 lines'],
      [`class A {\n  a() {\n${lines(49)}}\n}`, 'the function «a» of 51 lines'],
      [`class A {\n  constructor() {\n${lines(49)}}\n}`, 'of 51 lines'],
      [`class A {\n  get a() {\n${lines(49)}}\n}`, 'the function «a» of 51 lines'],
    ] as const) {
      expect(said(checkFunctionLength, 'harness/cli/a.ts', text)).toContain(name);
      expect(said(checkFunctionLength, 'harness/cli/fixtures/a.ts', text)).toContain(name);
      expect(said(checkFunctionLength, 'harness/cli/a.test.ts', text)).toBe('');
      expect(said(checkFunctionLength, 'harness/cli/a.ts', text.replace('b();\n', ''))).toBe('');
    }
    expect(said(checkFunctionLength, 'harness/cli/a.ts', `class A {\n${'  a() {}\n'.repeat(60)}}`)).toBe('');
  });

  it('have names that say what is in them', () => {
    expectNone(checkName, tree);
    for (const name of [
      'utils.ts',
      'string-helpers.ts',
      'common/a.ts',
      'TableManager.ts'.replace('TableM', 'table-m'),
    ]) {
      expect(said(checkName, `harness/cli/${name}`, '')).toContain('says nothing');
    }
  });

  it('hold no focused, skipped or promised tests', () => {
    expectNone(checkFocus, tree);
    for (const focus of [
      'it.only',
      'describe.skip',
      'test.todo',
      'it.skipIf(true)',
      'describe.concurrent.only',
      'it.fails',
    ]) {
      expect(said(checkFocus, 'harness/a.test.ts', `${focus}('is', () => {});`)).toContain('Run it always');
    }
  });

  it('hold no notes to be done later, except where a learner has a task', () => {
    expectNone(checkNotesToSelf, tree);
    const note = `// ${'TO'}${'DO'}: make every bump count`;
    expect(said(checkNotesToSelf, 'harness/cli/a.ts', note)).toContain('done later');
    expect(said(checkNotesToSelf, 'labs/lost-update/src/bump.ts', note)).toBe('');
  });

  it('name no folder of one machine and no place that packages come from', () => {
    expectNone(checkMachine, tree);
    expect(said(checkMachine, 'README.md', 'see /home/ann/notes.md')).toContain('one machine');
    expect(said(checkMachine, 'package-lock.json', '"resolved": "https://example.com/yaml.tgz"')).toContain(
      'downloaded from',
    );
  });
});

describe('the page about the architecture', () => {
  const page = tree.find(({ path }) => path === 'ARCHITECTURE.md')?.text ?? '';

  it('has the rooms in their order', () => {
    expect(page).toContain(ROOMS.join(' > '));
  });

  it('names every file of rules', () => {
    const rules = tree.filter(
      ({ path, text }) => path.startsWith('harness/architecture/') && /^export function check/m.test(text),
    );
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.filter(({ path }) => !page.includes(`\`${posix.basename(path)}\``)).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('says of every word of its glossary where it lives', () => {
    const glossary = page.slice(page.indexOf('## Glossary'), page.indexOf('## Three kinds of wrong'));
    const rows = glossary.split('\n').filter((line) => /^\| (?!word )/.test(line));
    const placesIn = (row: string) =>
      [...(row.split(' | ').at(-1) ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]);
    expect(rows.length).toBeGreaterThan(30);
    const isThere = (place = ''): boolean => {
      const below = /^(kernel|world)\//.test(place) ? 'harness/simulator/' : 'harness/';
      const parts = `${below}${place}`.split(/<\w+>/).map((part) => part.replaceAll('.', '\\.'));
      const pattern = new RegExp(`^${parts.join('[^/]+')}`);
      return tree.some(({ path }) => pattern.test(path));
    };
    const isLost = (row: string) => placesIn(row).length === 0 || !placesIn(row).every((place) => isThere(place));
    expect(rows.filter(isLost)).toEqual([]);
  });
});

describe('the lockfile', () => {
  const text = tree.find(({ path }) => path === 'package-lock.json')?.text ?? '{}';
  const { packages } = JSON.parse(text) as {
    packages: Record<string, { integrity?: string; link?: boolean; optionalDependencies?: Record<string, string> }>;
  };

  it('pins every package by its content', () => {
    const installed = Object.entries(packages).filter(
      ([path, { link }]) => path.includes('node_modules/') && link !== true,
    );
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  it('lists the binaries of every platform, so that it installs on all of them', () => {
    const listed = new Set(
      Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)),
    );
    const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );
    expect(wanted).toContain('@esbuild/darwin-arm64');
    expect(wanted.filter((name) => !listed.has(name))).toEqual([]);
  });
});

describe('facts about AWS', () => {
  const rows = tree
    .filter(({ path }) => /^harness\/simulator\/services\/[^/]+\/facts\.md$/.test(path))
    .flatMap(({ text }) => text.split('\n').filter((line) => /^\| [A-Z]{2}-\d{2} \|/.test(line)));
  const idOf = (row: string) => row.slice(2, 7);

  /** What LocalStack does stands in its source. */
  const pageOf = (row: string) =>
    row.startsWith('| LD-') ? '](https://github.com/localstack/' : '](https://docs.aws.amazon.com/';

  it('have one id each, and a page where it is said', () => {
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(idOf)).size).toBe(rows.length);
    expect(rows.filter((row) => !row.includes(pageOf(row)))).toEqual([]);
  });

  it('are known, wherever one is cited', () => {
    const known = new Set(rows.map(idOf));
    const cited = tree.flatMap(({ path, text }) =>
      (/\.(ts|md|mdx|yaml|astro)$/.test(path)
        ? (text.match(/\b(?:LS|LA|LD|SQ|SE|SN|KI|KE|SF|EB|DD|CW|NW|PT|UV)-\d{2}\b/g) ?? [])
        : []
      ).map((id) => ({ path, id })),
    );
    expect(cited.length).toBeGreaterThan(0);
    expect(cited.filter(({ id }) => !known.has(id))).toEqual([]);
  });
});
