/**
 * The project's own tests: files `*.test.ts` beside their source.
 *
 * Labs are not in here: a learner's lab is graded by `npm test -w labs/<slug>`, and an unsolved one must not make the
 * project's tests red.
 */

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['harness/**/*.test.ts', 'site/src/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'harness/course/*/starter/**'],
    setupFiles: ['harness/seed-of-properties.ts'],
    // A skipped or focused test would let the rest of a file go unseen.
    allowOnly: false,
    // Tells what never ends from what takes long on a busy machine, and nothing else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // More than there are cores: the tests wait for child processes a good deal.
    maxWorkers: availableParallelism() + 1,
  },
});
