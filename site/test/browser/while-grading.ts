/**
 * A lesson while a save is graded and after it: numbers that move, failures as they become known, what a pass opens.
 *
 * The API is the test's own. How the server counts is tested where it does.
 */

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { findLab } from '../../../harness/course/labs.ts';
import { check } from './check.ts';
import { capturedResult, type Live, type Setting, says, withLive } from './live-page.ts';
import type { TestServer } from './server.ts';

export async function checkWhileGrading(browser: Browser, server: TestServer): Promise<void> {
  const run = (name: string, test: (live: Live) => Promise<void>, setting: Setting = {}): Promise<void> =>
    check(name, () => withLive(browser, server, test, { lab: 'dedupe', ...setting }));
  const failing = await capturedResult('starter', 'dedupe');
  const passing = await capturedResult('solution', 'dedupe');

  await run('while a save is graded, the page counts schedules and scenarios', counts);
  await run('a failure is shown by its task as soon as it is known, and by no other', failures);
  await run('what the first look finds is shown before the verdict', async ({ page, send }) => {
    await says(page, /^Save (src|template)/);
    send('grading', { lab: 'dedupe' });
    send('look', { lab: 'dedupe', result: failing });
    await says(page, /^✗ A first look/);
    equal(await page.locator('live-verdict[task="1"] details.verdict-check[open] svg.lanes:not(.compact)').count(), 1);
    send('verdict', { lab: 'dedupe', result: passing });
    await says(page, /^✓ Task 1 holds/);
  });
  await run('a new save begins again, and the old verdict stays until something is known', async ({ page, send }) => {
    send('verdict', { lab: 'dedupe', result: failing });
    await says(page, /^✗ Task 1/);
    send('progress', progressOf(412, 3));
    await page.getByText('412 schedules tried').first().waitFor();
    send('grading', { lab: 'dedupe' });
    await says(page, 'Checking what you saved…');
    equal(await page.getByText('412 schedules tried').count(), 0);
    const task = page.locator('live-verdict[task="1"]');
    equal(await task.locator('details.failed[open]').count(), 1, 'The verdict before is gone before there is another.');
    await task.getByText('Below stands the verdict on your save before this one.').waitFor();
  });
  await run(
    'each task has its own verdict, its own hints, and a sign in the list of sections',
    async ({ page, send }) => {
      await says(page, /^Save (src|template)/);
      send('verdict', { lab: 'dedupe', result: partly(failing, passing) });
      await says(page, /^✓ Task 1 holds/);
      await says(page, /^✗ Task 2 does not hold yet/, 2);
      const signs = await page.locator('.sidebar-content .contents .sign').allInnerTexts();
      deepEqual(
        signs.map((sign) => sign.trim().charAt(0)),
        ['✓', '✗', '✗'],
      );
      const next = page.locator('live-verdict[task="1"] .task-held a');
      match(await next.innerText(), /^Task 2/);
      match((await next.getAttribute('href')) ?? '', /^#task-2/);
    },
  );
  await run('hints come one after the other beside the failure, by keyboard', async ({ page, send }) => {
    await says(page, /^Save (src|template)/);
    send('verdict', { lab: 'dedupe', result: failing });
    await says(page, /^✗ Task 1/);
    const steps = page.locator('live-verdict[task="1"] details[open] > .hint-steps').first();
    equal(await steps.locator('p').count(), 1);
    await steps.locator('button').focus();
    await page.keyboard.press('Enter');
    match(await steps.locator('p').nth(1).innerText(), /^The concept: /);
    await steps.locator('button').click();
    match(await steps.locator('p').nth(2).innerText(), /^The shape of the fix: /);
    equal(await steps.locator('button').isVisible(), false);
  });
  const compared = [
    { path: 'src/debit.ts', lines: ['--- a', '+++ b', '@@ -1 +1 @@', '-mine', '+theirs'] },
    { path: 'src/ask.ts', lines: [] },
  ];
  await run(
    'when every task holds, the page compares with the solution and leads to other answers',
    async ({ page, send }) => {
      await says(page, /^Save (src|template)/);
      equal(await page.locator('solution-diff .theirs').count(), 0);
      send('verdict', { lab: 'dedupe', result: passing });
      await page.locator('solution-diff summary').getByText('src/debit.ts').click();
      equal((await page.locator('solution-diff .theirs').innerText()).trim(), '+theirs');
      match(await page.locator('solution-diff').innerText(), /The same: src\/ask\.ts/);
      match(
        await page.locator('live-verdict[task="3"] .task-held').innerText(),
        /The whole lab holds\. From here: Compare · The solution and 3 other right answers/,
      );
    },
    { compared },
  );
}

async function counts({ page, send }: Live): Promise<void> {
  await says(page, /^Save (src|template)/);
  send('grading', { lab: 'dedupe' });
  send('progress', progressOf(412, 3));
  const far = page.locator('live-verdict[task="1"] .far');
  await far.getByText('412 schedules tried, 3 of 25 scenarios').waitFor();
  send('progress', progressOf(1_680, 4));
  await far.getByText('1,680 schedules tried, 4 of 25 scenarios').waitFor();
  equal(await page.locator('live-verdict[task="1"] .verdict-head').innerText(), 'Checking what you saved…');
}

async function failures({ page, send }: Live): Promise<void> {
  const lab = findLab('dedupe');
  const ofTask = (task: number) => {
    const name = lab?.checks.find((one) => one.task === task)?.scenario;
    return lab?.scenarios.find((scenario) => scenario.name === name)?.title ?? '';
  };
  await says(page, /^Save (src|template)/);
  send('grading', { lab: 'dedupe' });
  send('progress', progressOf(40, 1, [{ scenario: ofTask(2), says: 'Order o-21 was paid twice.' }]));
  await page.locator('live-verdict[task="2"] .verdict-progress').getByText('Order o-21 was paid twice.').waitFor();
  ok(!(await page.locator('live-verdict[task="1"]').innerText()).includes('o-21'));
}

function progressOf(schedules: number, ended: number, broken: readonly object[] = []): object {
  return { lab: 'dedupe', soFar: { phase: 'verdict', schedules, scenarios: { ended, of: 25 }, broken } };
}

/** The first task as the solution has it, the others as the starter has them. */
function partly<Result extends Awaited<ReturnType<typeof capturedResult>>>(failing: Result, passing: Result): Result {
  const first = <Part extends { readonly task: number }>(mine: readonly Part[], other: readonly Part[]) =>
    mine.map((part, index) => (part.task === 1 ? (other[index] ?? part) : part));
  return { ...failing, tasks: first(failing.tasks, passing.tasks), checks: first(failing.checks, passing.checks) };
}
