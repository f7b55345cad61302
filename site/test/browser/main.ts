/**
 * `npm run test:browser -w site`: the built pages in a real browser.
 *
 * Needs site/dist and a Chromium of the machine. Ends with «N passed, N failed» and an exit code that says the same. With names of
 * parts (`-- live player`) only these are run.
 */

import process from 'node:process';
import type { Browser } from 'playwright-core';
import { report } from './check.ts';
import { launch } from './chromium.ts';
import { checkEveryPage } from './every-page.ts';
import { checkGrading } from './grading.ts';
import { checkLive } from './live.ts';
import { checkPlayer } from './player.ts';
import { serveSite, type TestServer } from './server.ts';
import { checkWhileGrading } from './while-grading.ts';
import { checkWidgets } from './widgets.ts';

const PARTS: Readonly<Record<string, (browser: Browser, server: TestServer) => Promise<void>>> = {
  pages: checkEveryPage,
  widgets: checkWidgets,
  player: checkPlayer,
  live: checkLive,
  'while-grading': checkWhileGrading,
  grading: checkGrading,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0)
  throw new Error(`There is no part «${unknown[0]}». There are: ${Object.keys(PARTS).join(', ')}.`);

const server = await serveSite();
const browser = await launch();
try {
  for (const [name, run] of Object.entries(PARTS)) {
    if (wanted.length === 0 || wanted.includes(name)) await run(browser, server);
  }
} finally {
  await browser.close();
  await server.close();
}
report();
