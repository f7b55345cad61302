/**
 * The grader, the scenario room and the shared part of the host need nothing of Node: esbuild bundles them for a browser.
 */

import { expect, it } from 'vitest';
import { bundleForBrowser } from './fixtures/for-browser.ts';

it('everything that grades a lab can be bundled for a browser, which has none of Node’s modules', async () => {
  const { grading, slot } = await bundleForBrowser();
  for (const script of [grading, slot]) {
    expect(script.length).toBeGreaterThan(1_000);
    expect(/\b(require|import)\("node:/.test(script)).toBe(false);
  }
});
