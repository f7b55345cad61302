/**
 * Runs the comparisons with other people's simulators, one file after the other: each starts a server.
 */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.oracle.ts'],
    setupFiles: ['../seed-of-properties.ts'],
    allowOnly: false,
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
