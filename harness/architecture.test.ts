/**
 * The architecture, as tests: which room imports which, what the simulator may not touch, and the house rules for files.
 *
 * Every rule is run twice: over the repository, and over a small file that breaks it, so that a rule that has stopped
 * biting is found too.
 */

import { describe, expect, it } from 'vitest';
import { checkModuleState } from './architecture/module-state.ts';
import { checkGlobals, FORBIDDEN_GLOBALS } from './architecture/purity.ts';
import { checkImports } from './architecture/rooms.ts';
import {
  describeViolations,
  isHarnessSource,
  readTree,
  type SourceFile,
  type Violation,
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

function expectNone(rule: (file: SourceFile) => Violation[], files: readonly SourceFile[]): void {
  expect(files.length).toBeGreaterThan(0);
  expect(describeViolations(files.flatMap(rule))).toBe('');
}

/** What a rule says of one made-up file. */
function said(rule: (file: SourceFile) => Violation[], path: string, text: string): string {
  return describeViolations(rule({ path, text }));
}

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
    ['harness/cli/a.ts', `import { runMutations } from '../mutations/run.ts';`, 'no room of the harness'],
    ['harness/cli/a.ts', `import { bump } from '../../solutions/lost-update/src/bump.ts';`, 'no room of the harness'],
  ])('%s may not say %s', (path, text, message) => expect(said(checkImports, path, text)).toContain(message));

  it.each([
    ['harness/host/a.ts', `import type { LabResult } from '../grader/result.ts';`],
    ['harness/host/a.ts', `import { type Lab } from '../course/lab.ts';`],
    ['harness/cli/a.ts', `import { runWorld } from '../simulator/world.ts';`],
    ['harness/targets/a.ts', `import { buildWorld } from '../scenario/build-world.ts';`],
    ['harness/scenario/a.ts', `import type { Scenario } from '../course/lab.ts';`],
    ['harness/simulator/services/lambda/a.ts', `import { ok } from '../service.ts';`],
    [
      'harness/simulator/a.ts',
      `// import { readFileSync } from 'node:fs';\nexport const text = "import x from 'node:fs'";`,
    ],
  ])('%s may say %s', (path, text) => expect(said(checkImports, path, text)).toBe(''));
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
