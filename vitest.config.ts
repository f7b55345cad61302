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
    setupFiles: ['harness/seed-of-properties.ts', 'harness/hosts-left-open.ts'],
    // Loading the simulator anew for each of some hundred files would take a third of the time. So a test may not replace a module
    // (`vi.mock`) and puts back what it changes of the process; what a module keeps is a cache, which no result depends on.
    isolate: false,
    // A skipped or focused test would let the rest of a file go unseen.
    allowOnly: false,
    // Tells what never ends from what takes long on a busy machine, and nothing else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // More than there are cores: the tests wait for child processes a good deal.
    maxWorkers: availableParallelism() + 1,
  },
});
