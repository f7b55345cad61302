/**
 * The player of a run: by keyboard, by its address, backwards, and with the code where each invocation stands.
 */

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { check } from './check.ts';
import { ELSEWHERE, withPage } from './chromium.ts';
import type { TestServer } from './server.ts';

const PLAYER = 'run-player[name="twice"]';

export async function checkPlayer(browser: Browser, server: TestServer): Promise<void> {
  const url = `http://${ELSEWHERE}:${server.port}/labs/dedupe/`;
  await check('a run is stepped forward and back by keys, and each step is told', () => stepped(browser, url));
  await check('the address names the step, and opens it', () => linked(browser, url));
  await check('the code shows where each invocation stands', () => stands(browser, url));
  await check('a run plays to its end, and stops when it is asked to', () => played(browser, url));
  await check('a note of a step is shown with its step, not before and not after', () => notes(browser, url));
}

async function stepped(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page, troubles }) => {
    await page.goto(url);
    equal(await page.locator(`${PLAYER} .later`).count(), 0, 'The run is not shown whole at first.');
    await page.locator(`${PLAYER} .player-buttons button`).first().focus();
    await page.keyboard.type('jj');
    match(await said(page), /^2\. .*starts/);
    equal(await rowsShown(page), 2);
    await page.keyboard.type('j');
    equal(await rowsShown(page), 3);
    await page.keyboard.type('k');
    match(await said(page), /^2\. /);
    await page.keyboard.press('Escape');
    equal(await page.locator(`${PLAYER} .later`).count(), 0);
    const range = page.locator(`${PLAYER} input[type=range]`);
    await range.focus();
    await page.keyboard.press('Home');
    equal(await rowsShown(page), 1);
    await page.keyboard.press('ArrowRight');
    equal(await range.getAttribute('aria-valuetext'), 'step 2');
    deepEqual(troubles, []);
  });
}

async function linked(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(`${url}#twice.5`);
    match(await said(page), /^5\. /);
    const { y } = (await page.locator(PLAYER).boundingBox()) ?? { y: 9_999 };
    ok(y < 400, `The player of the address is at ${y} px.`);
    await page.locator(`${PLAYER} .player-buttons button`).first().focus();
    await page.keyboard.type('j');
    equal(new URL(page.url()).hash, '#twice.6');
  });
}

async function stands(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(`${url}#twice.6`);
    const acted = page.locator(`${PLAYER} .code-line.acted`);
    equal(await acted.count(), 1);
    match((await acted.textContent()) ?? '', /●#1.*GetCommand/);
    match((await page.locator(`${PLAYER} .code-line.stands:not(.acted)`).textContent()) ?? '', /○#2.*PutCommand/);
  });
}

async function played(browser: Browser, url: string): Promise<void> {
  await withPage(browser, { reducedMotion: 'reduce' }, async ({ page }) => {
    await page.clock.install({ time: 0 });
    await page.goto(url);
    // From here on time passes only as the test says, on a busy machine too.
    await page.clock.pauseAt(3_600_000);
    const play = page.locator(`${PLAYER} .player-buttons button`).nth(1);
    await play.click();
    equal(await rowsShown(page), 1);
    await page.clock.runFor(3_000);
    equal(await rowsShown(page), 3);
    await play.click();
    await page.clock.runFor(5_000);
    equal(await rowsShown(page), 3, 'It goes on after it was paused.');
    await play.click();
    await page.clock.runFor(60_000);
    equal(await page.locator(`${PLAYER} .later`).count(), 0);
    equal(await play.innerText(), 'Play');
  });
}

async function notes(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    const crash = page.locator('run-player[name="swallowed"] svg:not(.compact) g.mark').filter({ hasText: 'crashes' });
    await page.goto(`${url}#swallowed.3`);
    equal(await crash.getAttribute('class'), 'mark');
    await page.goto(`${url}#swallowed.2`);
    await page.locator('run-player[name="swallowed"] .player-said').filter({ hasText: /^2\./ }).waitFor();
    match((await crash.getAttribute('class')) ?? '', /later/);
  });
}

function said(page: Page): Promise<string> {
  return page.locator(`${PLAYER} .player-said`).innerText();
}

function rowsShown(page: Page): Promise<number> {
  return page.locator(`${PLAYER} svg:not(.compact) g.mark[data-steps]:not(.later)`).count();
}
