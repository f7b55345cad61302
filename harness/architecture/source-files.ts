/**
 * The repository's files, as the architecture test reads them: a path from the root with `/`, and the text.
 *
 * Reads the working tree itself, so that a file counts before it is committed. Judges nothing.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** The repository's root. */
export const ROOT = resolve(import.meta.dirname, '..', '..');

/** One file, or a fixture that plays one. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One broken rule: where, and what to do instead. */
export interface BrokenRule {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

const NOT_OURS = new Set(['node_modules', '.git', 'dist', '.astro', '.raceproof']);
const TEXT =
  /\.(ts|mts|mjs|js|json|md|mdx|astro|css|svg|yaml|yml|sh|html|txt)$|^(LICENSE|run|\.npmrc|\.gitignore|\.gitattributes)$/;

/** Every text file below a folder of the repository. */
export function readTree(folder = ROOT): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return readTree(path);
    if (!entry.isFile() || !TEXT.test(entry.name)) return [];
    return [{ path: relative(ROOT, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }];
  });
}

/** TypeScript or JavaScript of the harness itself: no tests, and no code that stands for a learner's. */
export function isHarnessSource({ path }: SourceFile): boolean {
  return /^harness\/.*\.(ts|mjs)$/.test(path) && !isTest({ path }) && !isLearnersCode(path);
}

export function isTest({ path }: Pick<SourceFile, 'path'>): boolean {
  return /\.test\.(ts|mjs)$/.test(path);
}

const LEARNERS = /^((labs|solutions)\/|harness\/course\/[^/]+\/(starter|mutants|other-answers|elsewhere\/solution)\/)/;

/** Labs, solutions, starters, mutants and other answers are written as a learner would write them. */
export function isLearnersCode(path: string): boolean {
  return LEARNERS.test(path);
}

/** «harness/cli/main.ts:3 …», one a line: what a failing test shows. */
export function describeViolations(violations: readonly BrokenRule[]): string {
  return violations
    .map(({ path, line, message }) => `${path}${line === undefined ? '' : `:${line}`} ${message}`)
    .join('\n');
}
