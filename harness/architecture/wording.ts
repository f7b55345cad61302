/**
 * House rules about files as such: header, length, name, focused tests, left-over notes, and what belongs to one machine.
 *
 * Why each rule exists stands in CONTRIBUTING.md. Nothing in here looks at what the code does.
 */

import ts from 'typescript';
import { lineOf, parse, walk } from './imports.ts';
import { type BrokenRule, isHarnessSource, isLearnersCode, isTest, type SourceFile } from './source-files.ts';

const MAX_LINES = 300;

/** Files that may be longer, each with the reason. Only tables of data belong here. */
const LONGER: Readonly<Record<string, string>> = {};

/** A list of mutations is such a table: one entry for each way to get a fact wrong, and nothing else. */
const MUTATIONS = /^harness\/simulator\/services\/[^/]+\/mutations\.ts$/;

const VAGUE_NAMES = new Set(['util', 'utils', 'helper', 'helpers', 'manager', 'managers', 'common', 'misc']);

export function checkHeader(file: SourceFile): BrokenRule[] {
  if (!isHarnessSource(file)) return [];
  const text = file.text.replace(/^#!.*\n/, '').trimStart();
  if (/^\/\*\*?[^*]/.test(text)) return [];
  return [{ path: file.path, line: 1, message: 'begins without a comment that says what it is and what it is not.' }];
}

export function checkLength(file: SourceFile): BrokenRule[] {
  if (!isHarnessSource(file) || Object.hasOwn(LONGER, file.path) || MUTATIONS.test(file.path)) return [];
  const lines = file.text.trimEnd().split('\n').length;
  if (lines <= MAX_LINES) return [];
  return [
    { path: file.path, message: `has ${lines} lines, and ${MAX_LINES} are the most. Find the second subject in it.` },
  ];
}

export function checkName({ path }: SourceFile): BrokenRule[] {
  const vague = path
    .split('/')
    .flatMap((part) => part.split(/[-._]/))
    .find((word) => VAGUE_NAMES.has(word.toLowerCase()));
  return vague === undefined ? [] : [{ path, message: `is named «${vague}», which says nothing. Name what is in it.` }];
}

/** A focused or skipped test hides the others, or itself. */
export function checkFocus(file: SourceFile): BrokenRule[] {
  if (!isTest(file)) return [];
  const tree = parse(file);
  const violations: BrokenRule[] = [];
  walk(tree, (node) => {
    if (
      !ts.isPropertyAccessExpression(node) ||
      !['only', 'skip', 'todo', 'skipIf', 'runIf', 'fails'].includes(node.name.text)
    )
      return;
    if (!/^(it|test|describe|bench)\b/.test(node.expression.getText(tree))) return;
    violations.push({
      path: file.path,
      line: lineOf(tree, node),
      message: `uses «.${node.name.text}». Run it always, or delete it.`,
    });
  });
  return violations;
}

const NOTE_TO_SELF = new RegExp(String.raw`(//|^\s*\*|/\*|^\s*#|<!--).*\b${['TO', 'DO'].join('')}\b`);

/** A learner's files hold tasks; everything else holds finished work. */
export function checkNotesToSelf({ path, text }: SourceFile): BrokenRule[] {
  if (isLearnersCode(path) || !/\.(ts|mjs|js|astro|css|yaml|yml|sh)$|\/run$/.test(path)) return [];
  return linesMatching(
    path,
    text,
    NOTE_TO_SELF,
    'holds a note to be done later. Do it, or write it down where work is planned.',
  );
}

const LOCAL_PATH = new RegExp(String.raw`(^|[\s'"\x60(=:])/(${['work', 'tmp', 'home', 'Users', 'root'].join('|')})/`);
const REGISTRY = new RegExp(
  [String.raw`\bregistry\.(npmjs|yarnpkg)`, 'verdaccio', 'artifactory', '"resolved": "http'].join('|'),
  'i',
);

/** What is true on one machine only: folders outside the repository, and the address that packages came from. */
export function checkMachine({ path, text }: SourceFile): BrokenRule[] {
  const places = isTest({ path }) ? [] : linesMatching(path, text, LOCAL_PATH, 'names a folder of one machine.');
  const hosts = path.startsWith('harness/architecture')
    ? []
    : linesMatching(path, text, REGISTRY, 'names where packages are downloaded from.');
  return [...places, ...hosts];
}

function linesMatching(path: string, text: string, pattern: RegExp, message: string): BrokenRule[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [{ path, line: index + 1, message }] : []));
}
