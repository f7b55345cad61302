/**
 * `npm run test:browser -w site`: the built pages in a real browser.
 *
 * Needs site/dist and a Chromium of the machine. Ends with «N passed, N failed» and an exit code that says the same.
 */

import { report } from './check.ts';
import { launch } from './chromium.ts';
import { checkEveryPage } from './every-page.ts';
import { checkGrading } from './grading.ts';
import { checkLive } from './live.ts';
import { serveSite } from './server.ts';
import { checkWidgets } from './widgets.ts';

const server = await serveSite();
const browser = await launch();
try {
  await checkEveryPage(browser, server);
  await checkWidgets(browser, server);
  await checkLive(browser, server);
  await checkGrading(browser, server);
} finally {
  await browser.close();
  await server.close();
}
report();
