/**
 * What can be handled: puzzle, questions, copy buttons, the chosen theme.
 *
 * By keyboard only, and through what a screen reader is told.
 */

import { equal, match, ok } from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { check } from './check.ts';
import { ELSEWHERE, withPage } from './chromium.ts';
import type { TestServer } from './server.ts';

export async function checkWidgets(browser: Browser, server: TestServer): Promise<void> {
  const lesson = `http://${ELSEWHERE}:${server.port}/labs/lost-update/`;
  await check('the puzzle is won by Tab and Enter alone, and says so', () => wonByTab(browser, lesson));
  await check('the puzzle takes 1, 2, u and r, and keeps the keyboard', () => wonByKeys(browser, lesson));
  await check('a quiet order in the puzzle is no loss, and says how to go on', () => held(browser, lesson));
  await check('each answer of each question is announced with its reason', () => questions(browser, lesson));
  await check('commands can be copied', () => copies(browser, lesson));
  await check('hints open one by one, from the keyboard', () => hints(browser, lesson));
  await check('with reduced motion nothing moves', () => reducedMotion(browser, lesson));
  await check('the theme chosen on one page holds on the others', () => theme(browser, server.port));
}

const PUZZLE = 'scheduler-puzzle';

async function wonByTab(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page, troubles }) => {
    await page.goto(url);
    const [one, two] = [
      page.locator(`${PUZZLE} .puzzle-moves button`).nth(0),
      page.locator(`${PUZZLE} .puzzle-moves button`).nth(1),
    ];
    await one.focus();
    for (let round = 0; round < 3; round += 1) {
      await page.keyboard.press('Enter');
      if (!(await two.evaluate((node) => node === document.activeElement))) await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      if (round < 2) await page.keyboard.press('Shift+Tab');
    }
    match(await page.locator(`${PUZZLE} [role=status]`).innerText(), /^You lost an update\..*20 orders.*12/s);
    match(await page.locator(`${PUZZLE} svg`).innerHTML(), /erases bump#1/);
    match(
      await page.locator(`${PUZZLE} .as-text`).evaluate((node) => node.textContent ?? ''),
      /This erases the write of bump#1\./,
    );
    equal(troubles.length, 0, troubles.join('\n'));
  });
}

async function wonByKeys(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(url);
    await page.locator(`${PUZZLE} .puzzle-moves button`).first().focus();
    const said = page.locator(`${PUZZLE} [role=status]`);
    await page.keyboard.type('12');
    equal(await said.innerText(), 'bump#2 started.');
    await page.keyboard.type('u');
    match(await said.innerText(), /^One step taken back; 1 done/);
    await page.keyboard.type('2121');
    match(await page.locator(`${PUZZLE} dl`).innerText(), /bumps = 1[\s\S]*told 1[\s\S]*nothing/);
    await page.keyboard.type('2');
    match(await said.innerText(), /^You lost an update/);
    ok(
      await page.evaluate((name) => document.activeElement?.closest(name) !== null, PUZZLE),
      'The keyboard left the puzzle.',
    );
    await page.keyboard.type('r');
    equal(await said.innerText(), 'Back at the start.');
    ok(
      await page.evaluate((name) => document.activeElement?.closest(name) !== null, PUZZLE),
      'The keyboard left the puzzle.',
    );
  });
}

async function held(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(url);
    await page.locator(`${PUZZLE} .puzzle-moves button`).first().focus();
    await page.keyboard.type('111222');
    match(await page.locator(`${PUZZLE} [role=status]`).innerText(), /^Both bumps count.*Undo/s);
  });
}

async function questions(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(url);
    const all = page.locator('one-question');
    equal(await all.count(), 4);
    for (const question of await all.all()) {
      let right = 0;
      for (const option of await question.locator('button').all()) {
        await option.focus();
        await page.keyboard.press('Enter');
        const said = await question.locator('[role=status]').innerText();
        match(said, /^(✓ Yes|✗ No)\. .{20,}/s);
        equal(await option.getAttribute('aria-pressed'), 'true');
        if (said.startsWith('✓')) right += 1;
      }
      equal(right, 1, 'A question has not exactly one right answer.');
    }
  });
}

async function copies(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(url);
    const row = page.locator('.command-row').first();
    await row.locator('button').click();
    // No clipboard without https: then it says what to do instead.
    await row.getByText(/^(Copied|Select it and copy)$/).waitFor({ timeout: 2_000 });
  });
}

async function hints(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(url);
    const first = page.locator('details.hint').first();
    equal(await first.locator('p').isVisible(), false);
    await first.locator('summary').focus();
    await page.keyboard.press('Enter');
    equal(await first.locator('p').isVisible(), true);
    equal(await page.locator('details.hint[open]').count(), 1);
  });
}

async function reducedMotion(browser: Browser, url: string): Promise<void> {
  await withPage(browser, { reducedMotion: 'reduce' }, async ({ page }) => {
    await page.goto(url);
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((node) => {
          const { animationName, transitionDuration } = getComputedStyle(node);
          return animationName !== 'none' || transitionDuration.split(', ').some((length) => length !== '0s');
        }).length,
    );
    equal(moving, 0);
  });
}

async function theme(browser: Browser, port: number): Promise<void> {
  await withPage(browser, { colorScheme: 'light' }, async ({ page }) => {
    await page.goto(`http://${ELSEWHERE}:${port}/`);
    await page.getByRole('button', { name: 'Use the dark theme' }).click();
    await page.goto(`http://${ELSEWHERE}:${port}/labs/lost-update/`);
    equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  });
}
