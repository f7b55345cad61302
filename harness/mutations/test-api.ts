/**
 * The module that replaces `vitest` for a test file while mutations run: `describe`, `it`, hooks, and vitest's own `expect`.
 *
 * Loading a test file only collects its tests; `runTest` runs one. There is no mocking, no snapshot and no context: a test file
 * that needs more does not load here, and the error names what is missing.
 */

import { format } from 'node:util';

export { expect } from 'vitest';

type Body = (...values: never[]) => unknown;

interface Suite {
  readonly beforeEach: readonly Body[];
  readonly afterEach: readonly Body[];
}

/** A test as its file defines it. */
export interface CollectedTest {
  readonly name: string;
  /** The name as written. The rows of one `it.each` share it. */
  readonly title: string;
  readonly body: () => unknown;
  /** The surrounding suites, the outermost first. */
  readonly suites: readonly Suite[];
}

interface OpenSuite extends Suite {
  readonly beforeEach: Body[];
  readonly afterEach: Body[];
}

let collected: CollectedTest[] = [];
let open: OpenSuite[] = [];
let finished: Body[] = [];

/** Forgets the collected tests, for the next file. */
export function startCollecting(): void {
  collected = [];
  open = [{ beforeEach: [], afterEach: [] }];
}

/** The tests collected since `startCollecting`, in the order of their file. */
export function collectedTests(): readonly CollectedTest[] {
  return collected;
}

/** Runs a test with its hooks. An error that it throws is its failure. */
export async function runTest({ body, suites }: CollectedTest): Promise<void> {
  finished = [];
  try {
    for (const hook of suites.flatMap(({ beforeEach: hooks }) => hooks)) await run(hook);
    await body();
  } finally {
    for (const hook of suites.flatMap(({ afterEach: hooks }) => hooks)) await run(hook);
    for (const hook of finished.toReversed()) await run(hook);
  }
}

function run(hook: Body): unknown {
  return (hook as () => unknown)();
}

function innermost(): OpenSuite {
  const suite = open.at(-1);
  if (suite === undefined) throw new Error('A test was written down while no file was being read.');
  return suite;
}

export function describe(_name: string, body: () => void): void {
  open.push({ beforeEach: [], afterEach: [] });
  body();
  open.pop();
}

function collect(name: string, title: string, body: () => unknown): void {
  collected.push({ name, title, body, suites: [...open] });
}

export const it = Object.assign((name: string, body: () => unknown): void => collect(name, name, body), {
  /** Fills in `%s` and its variants; other placeholders stay as they are. */
  each: (rows: readonly unknown[]) => (title: string, body: Body) => {
    for (const row of rows) {
      const values: readonly unknown[] = Array.isArray(row) ? row : [row];
      const wanted = title.match(/%[sdifjoO]/g)?.length ?? 0;
      const name = format(title, ...values.slice(0, wanted));
      collect(name, title, () => (body as (...all: unknown[]) => unknown)(...values));
    }
  },
});

export const test = it;

export function beforeEach(hook: Body): void {
  innermost().beforeEach.push(hook);
}

export function afterEach(hook: Body): void {
  innermost().afterEach.push(hook);
}

export function onTestFinished(hook: Body): void {
  finished.push(hook);
}
