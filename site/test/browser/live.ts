/**
 * The live verdict and the trace in the address, against an API that a test decides, and without one.
 *
 * What comes from outside is hostile here: it must arrive as text.
 */

import { deepEqual, equal, match } from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { labs } from '../../../harness/course/labs.ts';
import type { LabResult } from '../../../harness/grader/result.ts';
import { check } from './check.ts';
import { ELSEWHERE, withPage } from './chromium.ts';
import { capturedResult, type Live, says, withLive } from './live-page.ts';
import type { TestServer } from './server.ts';

const HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\u202e';

export async function checkLive(browser: Browser, server: TestServer): Promise<void> {
  const failing = await capturedResult('starter');
  const passing = await capturedResult('solution');
  const run = (name: string, test: (live: Live) => Promise<void>): Promise<void> =>
    check(name, () => withLive(browser, server, test));

  await run('the verdict waits, checks, fails and holds as the lab is saved', async ({ page, send }) => {
    await says(page, 'Save src/bump.ts, and the verdict on this task appears here.');
    send('grading', { lab: 'lost-update' });
    await says(page, 'Checking what you saved…');
    send('verdict', { lab: 'lost-update', result: failing });
    await says(page, /^✗ Task 1 does not hold yet: .*0 of \d+ points\.$/);
    const open = page.locator('live-verdict details.verdict-check[open]');
    equal(await open.count(), 1);
    match(
      (await open.textContent()) ?? '',
      /1 bump is lost[\s\S]*erased[\s\S]*src\/bump\.ts:\d+[\s\S]*A nudge[\s\S]*replay lost-update@2/,
    );
    equal(await open.locator('svg.lanes:not(.compact)').count(), 1);
    send('verdict', { lab: 'lost-update', result: passing });
    await says(page, /^✓ Task 1 holds: all \d+ checks hold\. (\d+) of \1 points\.$/);
    match(
      (await page.locator('live-verdict').textContent()) ?? '',
      /What the \d+ checks rest on: \d+ under every schedule, \d+ dangers? seen[\s\S]*with ≤ 1 transaction conflict, in each of \d+ situations/,
    );
  });

  await run('the verdict of another lab is none of this page’s business', async ({ page, send }) => {
    await says(page, /^Save (src|template)/);
    send('verdict', { lab: 'semaphore', result: failing });
    send('grading', { lab: 'lost-update' });
    await says(page, 'Checking what you saved…');
    equal(await page.locator('live-verdict .verdict-check').count(), 0);
  });

  await run('a grading that failed is said', async ({ page, send }) => {
    await says(page, /^Save (src|template)/);
    send('failure', { lab: 'lost-update', message: 'The grading process ended without a result.' });
    await says(page, /^It could not be graded: The grading process/);
  });

  await run('hostile text in a result arrives as text', async ({ page, send, troubles }) => {
    await says(page, /^Save (src|template)/);
    send('verdict', { lab: 'lost-update', result: hostile(failing) });
    await says(page, /^✗/);
    match(await page.locator('live-verdict').innerText(), /<img src=x/);
    await untouched(page, troubles);
  });

  await check('a verdict that was there before the page is shown', () =>
    withLive(browser, server, async ({ page }) => says(page, /^✗ Task 1 does not hold yet/), { latest: failing }),
  );

  await check('?trace= shows the run that the token names', () =>
    withLive(
      browser,
      server,
      async ({ page }) => {
        const shown = page.locator('replayed-trace');
        await shown.getByText('1 bump is lost').first().waitFor();
        equal(await shown.locator('svg.lanes:not(.compact)').count(), 1);
        match(await shown.innerText(), /npx --no raceproof replay lost-update@1\.a\.b/);
      },
      { query: '?trace=lost-update@1.a.b', replayed: replayOf(failing) },
    ),
  );

  await check('?trace= with a token that is refused says why, as text', () =>
    withLive(
      browser,
      server,
      async ({ page, troubles }) => {
        await page.locator('replayed-trace [role=status]').getByText('<img src=x').waitFor();
        await untouched(page, troubles);
      },
      { query: `?trace=${encodeURIComponent(HOSTILE)}`, replayed: { error: HOSTILE } },
    ),
  );

  for (const { slug } of labs) await checkLab(browser, server, slug);
}

/** What must be so on the page of each lab: its own verdict, its own runs, its own commands. */
async function checkLab(browser: Browser, server: TestServer, lab: string): Promise<void> {
  const failing = await capturedResult('starter', lab);
  await check(`${lab}: the verdict of a save appears, drawn, with the hint for it`, () =>
    withLive(
      browser,
      server,
      async ({ page, send }) => {
        await says(page, /^Save (src|template)/);
        send('verdict', { lab, result: failing });
        await says(page, /^✗ Task 1 does not hold yet/);
        const open = page.locator('live-verdict[task="1"] details.verdict-check[open]');
        equal(await open.count(), 1);
        equal(await open.locator('svg.lanes:not(.compact)').count(), 1);
        match(
          (await open.textContent()) ?? '',
          new RegExp(`A nudge[\\s\\S]*replay ${lab}@[\\s\\S]*raceproof hint ${lab}`),
        );
      },
      { lab },
    ),
  );
  await check(`${lab}: what real time did not provoke is no pass and no failure`, () =>
    withLive(
      browser,
      server,
      async ({ page, send }) => {
        await says(page, /^Save (src|template)/);
        send('verdict', { lab, result: inRealTime(failing) });
        await says(page, /^○ Task 1 is open/);
        match(await page.locator('live-verdict[task="1"]').innerText(), /○ .* not provoked in 3 runs/);
      },
      { lab },
    ),
  );
  await check(`${lab}: ?trace= shows the run that a token names`, () =>
    withLive(
      browser,
      server,
      async ({ page }) => {
        const shown = page.locator('replayed-trace');
        await shown.locator('svg.lanes:not(.compact)').waitFor();
        match(await shown.innerText(), new RegExp(`npx --no raceproof replay ${lab}@1\\.a\\.b`));
      },
      { lab, query: `?trace=${lab}@1.a.b`, replayed: replayOf(failing) },
    ),
  );
  await check(`${lab}: on a static host the page says what to type`, () => onStaticHost(browser, server, lab));
}

/** A result as LocalStack gives it: nothing broke, and nothing was put to the test. */
function inRealTime(failing: LabResult): LabResult {
  const checks = failing.checks.map(({ counterexample: _, exploration: __, frame: ___, ...check }) => ({
    ...check,
    status: 'not-provoked' as const,
    runs: { count: 3, failing: 0 },
  }));
  const tasks = failing.tasks.map((task) => {
    const other = checks.filter((check) => check.task === task.task).length;
    return { ...task, holds: false, checks: { passed: 0, failed: 0, other } };
  });
  return { ...failing, target: 'localstack', outcome: 'ungraded', checks, tasks };
}

async function untouched(page: Page, troubles: readonly string[]): Promise<void> {
  equal(await page.evaluate(() => 'hacked' in window), false, 'A script from outside has run.');
  equal(await page.locator('live-verdict img, replayed-trace img, live-verdict script').count(), 0);
  deepEqual(troubles, []);
}

function replayOf(failing: LabResult): unknown {
  const found = failing.checks.find(({ counterexample }) => counterexample !== undefined)?.counterexample;
  return { trace: found?.trace, headline: found?.headline, because: found?.because };
}

/** Every text of a result that a learner's code or somebody else could have written. */
function hostile(failing: LabResult): unknown {
  const json = JSON.stringify(failing, (key, value: unknown) => {
    const open = ['headline', 'shortest', 'message', 'title', 'text', 'token', 'table', 'invocation', 'actor', 'file'];
    return typeof value === 'string' && open.includes(key) ? `${value} ${HOSTILE}` : value;
  });
  return JSON.parse(json);
}

async function onStaticHost(browser: Browser, server: TestServer, lab: string): Promise<void> {
  await withPage(browser, {}, async ({ page, troubles }) => {
    await page.goto(`http://${ELSEWHERE}:${server.port}/labs/${lab}/?trace=${lab}@1.a.b`);
    await says(page, /can’t grade/);
    match(await page.locator('live-verdict[task="1"]').innerText(), new RegExp(`npm test -w labs/${lab}`));
    match(await page.locator('replayed-trace').innerText(), new RegExp(`npx --no raceproof replay ${lab}@1\\.a\\.b`));
    deepEqual(troubles, []);
  });
}
