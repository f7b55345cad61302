/**
 * What can be handled: puzzle, questions, copy buttons, the chosen theme.
 *
 * By keyboard only, and through what a screen reader is told.
 */

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { labs } from '../../../harness/course/labs.ts';
import { check } from './check.ts';
import { ELSEWHERE, withPage } from './chromium.ts';
import { type Lesson, readLessons } from './lesson.ts';
import type { TestServer } from './server.ts';

type Puzzle = NonNullable<Lesson['puzzle']>;

export async function checkWidgets(browser: Browser, server: TestServer): Promise<void> {
  const origin = `http://${ELSEWHERE}:${server.port}`;
  for (const [lab, lesson] of await readLessons()) {
    const page = `${origin}/labs/${lab}/`;
    const { puzzle } = lesson;
    if (puzzle !== undefined) {
      await check(`${lab}: the puzzle breaks by keys, is drawn, and says so`, () => broken(browser, page, puzzle));
      await check(`${lab}: a quiet order in the puzzle breaks nothing, and says how to go on`, () =>
        held(browser, page, puzzle),
      );
    }
    await check(`${lab}: each answer of each question is announced with its reason`, () =>
      questions(browser, page, lesson),
    );
    await check(`${lab}: commands can be copied`, () => copies(browser, page));
    await check(`${lab}: hints open one by one, from the keyboard`, () => hints(browser, page));
    await check(`${lab}: with reduced motion nothing moves`, () => reducedMotion(browser, page));
    await check(`${lab}: every run is drawn and told in words`, () => drawings(browser, page));
  }
  const first = `${origin}/labs/lost-update/`;
  await check('the puzzle is won by Tab and Enter alone, and says so', () => wonByTab(browser, first));
  await check('the puzzle takes 1, 2, u and r, and keeps the keyboard', () => wonByKeys(browser, first));
  await check('the theme chosen on one page holds on the others', () => theme(browser, server.port));
  const stream = `${origin}/labs/kinesis-ordering/`;
  await check('two producers and their streams run in the page, and it says how much each had in memory', () =>
    pushedBack(browser, stream),
  );
  await check('the first page lists ten labs, and links those that are there', () => course(browser, origin));
}

const PUZZLE = 'scheduler-puzzle';

async function pushedBack(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page, troubles }) => {
    await page.goto(url);
    const element = page.locator('push-back');
    await element.locator('button').focus();
    await page.keyboard.press('Enter');
    const said = element.getByRole('status').filter({ hasText: /^Done/ });
    await said.waitFor();
    match(await said.innerText(), /seconds, both of them: one had up to 40 records in memory, the other one 5\.$/);
    ok(await element.locator('button').evaluate((node) => node === document.activeElement));
    deepEqual(await element.locator('td.push-back-most').allInnerTexts(), ['40', '5']);
    equal(troubles.length, 0, troubles.join('\n'));
  });
}

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
    match(await page.locator(`${PUZZLE} [role=status]`).innerText(), /^You lost an update\..*12 of the 20 schedules/s);
    match(await page.locator(`${PUZZLE} svg`).first().innerHTML(), /erases bump#1/);
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

async function broken(browser: Browser, url: string, { breaks, says, drawn }: Puzzle): Promise<void> {
  await withPage(browser, {}, async ({ page, troubles }) => {
    await page.goto(url);
    await page.locator(`${PUZZLE} .puzzle-moves button`).first().focus();
    await page.keyboard.type(breaks);
    match(await page.locator(`${PUZZLE} [role=status]`).innerText(), says);
    match(await page.locator(`${PUZZLE} svg`).first().innerHTML(), drawn);
    equal(troubles.length, 0, troubles.join('\n'));
  });
}

async function held(browser: Browser, url: string, { quiet, quietSays }: Puzzle): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(url);
    await page.locator(`${PUZZLE} .puzzle-moves button`).first().focus();
    await page.keyboard.type(quiet);
    match(await page.locator(`${PUZZLE} [role=status]`).innerText(), quietSays);
  });
}

async function questions(browser: Browser, url: string, lesson: Lesson): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(url);
    const all = page.locator('one-question');
    equal(await all.count(), lesson.questions);
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

/** Each figure of a run has a label and its sentences, and every number in the drawing has a sentence. */
async function drawings(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(url);
    const figures = await page.locator('figure:has(svg.lanes):has(.as-text)').all();
    ok(figures.length >= 2, `There are ${figures.length} drawings.`);
    for (const figure of figures) {
      match((await figure.locator('svg.lanes:not(.compact)').getAttribute('aria-label')) ?? '', /^Timeline of the run/);
      const numbers = await figure.locator('svg .number').allTextContents();
      const last = Number(numbers.at(-1)?.split('–').at(-1));
      equal(await figure.locator('.as-text li').count(), last);
    }
  });
}

async function course(browser: Browser, origin: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(`${origin}/`);
    equal(await page.locator('.labs li').count(), 10);
    const linked = await page.locator('.labs li a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    deepEqual(
      linked,
      labs.map(({ slug }) => `/labs/${slug}/`),
    );
    equal(await page.locator('.labs li.to-come').getByText('to come').count(), 10 - labs.length);
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
    const ofTask = page.locator('details.task-hints').first();
    const first = ofTask.locator('details.hint').first();
    equal(await first.isVisible(), false, 'Hints are not folded into one place.');
    await ofTask.locator('> summary').focus();
    await page.keyboard.press('Enter');
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
