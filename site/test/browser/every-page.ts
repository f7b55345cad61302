/**
 * What must be true of every page, at both widths and in both themes.
 *
 * Nothing sticks out, nothing fails, nothing calls out, headings are in order, links lead somewhere.
 */

import { deepEqual, equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import process from 'node:process';
import type { Browser, Page } from 'playwright-core';
import { labs } from '../../../harness/course/labs.ts';
import { axeFindings } from './axe.ts';
import { check } from './check.ts';
import { ELSEWHERE, withPage } from './chromium.ts';
import { paleTexts } from './pale-texts.ts';
import type { TestServer } from './server.ts';

export const PAGES: readonly string[] = [
  '/',
  ...labs.flatMap(({ slug }) => [`/labs/${slug}/`, `/labs/${slug}/answers/`]),
  '/reference/commands/',
  '/reference/verdicts/',
  '/reference/fidelity/',
  '/reference/facts/',
  '/reference/glossary/',
  '/404.html',
];

const WIDTHS = [1280, 390] as const;
const THEMES = ['light', 'dark'] as const;

export async function checkEveryPage(browser: Browser, server: TestServer): Promise<void> {
  const origin = `http://${ELSEWHERE}:${server.port}`;
  for (const path of PAGES) {
    for (const width of WIDTHS) {
      // Both at once: a page alone waits half of its time until its network is idle.
      await Promise.all(
        THEMES.map((theme) =>
          check(`${path} at ${width} px, ${theme}`, () => look(browser, origin + path, width, theme)),
        ),
      );
    }
    await check(`${path}: one h1, headings in order, names for everything`, () => structure(browser, origin + path));
  }
  await check('search puts a lesson before the facts that it rests on', () => search(browser, origin));
  await check('no page says how long grading took where it was built', () => timeless(browser, origin));
  await check('every link inside the site leads to a page and to a place on it', () => links(browser, origin));
}

async function look(browser: Browser, url: string, width: number, theme: 'light' | 'dark'): Promise<void> {
  const options = { viewport: { width, height: 900 }, colorScheme: theme };
  await withPage(browser, options, async ({ page, troubles }) => {
    await page.goto(url, { waitUntil: 'networkidle' });
    equal(await page.evaluate(() => document.documentElement.dataset.theme), theme, 'The theme is another one.');
    const stickOut = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    ok(stickOut <= 0, `The page is ${stickOut} px wider than the window: ${await widest(page)}`);
    // The long look in one theme per width: what a theme alone can spoil is its contrast, which is looked at everywhere.
    if ((width === 1280) === (theme === 'light')) deepEqual(await axeFindings(page), [], 'axe has findings.');
    const pale = await page.evaluate(paleTexts);
    deepEqual(pale, [], 'These texts have too little contrast.');
    deepEqual(troubles, []);
    await keepPicture(page, url, width, theme);
  });
}

function widest(page: Page): Promise<string> {
  return page.evaluate(() => {
    const wide = [...document.querySelectorAll('body *')].filter(
      (node) =>
        node.getBoundingClientRect().right > document.documentElement.clientWidth + 1 &&
        node.closest('.scrolls, .terminal, .table-scrolls, pre, table') === null,
    );
    return wide
      .slice(0, 3)
      .map((node) => `${node.tagName}.${node.getAttribute('class')}`)
      .join(', ');
  });
}

/** With RACEPROOF_SHOTS, a folder: pictures to look at. */
async function keepPicture(page: Page, url: string, width: number, theme: string): Promise<void> {
  const folder = process.env.RACEPROOF_SHOTS;
  if (folder === undefined) return;
  const name = new URL(url).pathname.replaceAll('/', '-').replace(/^-|-$/g, '') || 'home';
  await page.screenshot({ path: join(folder, `${name}.${width}.${theme}.png`), fullPage: true });
}

async function structure(browser: Browser, url: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(url);
    const levels = await page.evaluate(() =>
      [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
        .filter((node) => node.closest('[hidden], dialog') === null)
        .map((node) => Number(node.tagName[1])),
    );
    equal(levels.filter((level) => level === 1).length, 1, 'There is not exactly one h1.');
    for (const [index, level] of levels.entries()) {
      const before = levels[index - 1] ?? 0;
      ok(level <= before + 1, `A heading of level ${level} follows one of level ${before}.`);
    }
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('button, a[href], input, select, svg[role="img"], [role="region"], [role="group"]')]
        .filter((node) => {
          const labels =
            node instanceof HTMLInputElement || node instanceof HTMLSelectElement ? [...(node.labels ?? [])] : [];
          const label = node.getAttribute('aria-label') ?? labels.map(({ textContent }) => textContent).join('');
          return (
            !label.trim() &&
            !node.textContent?.trim() &&
            !node.getAttribute('aria-labelledby') &&
            !node.getAttribute('title')
          );
        })
        .map((node) => node.outerHTML.slice(0, 80)),
    );
    deepEqual(nameless, [], 'These have no name for a screen reader.');
  });
}

async function search(browser: Browser, origin: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    await page.goto(`${origin}/labs/lost-update/`);
    for (const [words, lesson] of [
      ['lost update', '/labs/lost-update/'],
      ['visibility timeout', '/labs/dedupe/'],
      ['conditional write', '/labs/dedupe/'],
    ] as const) {
      const first = await page.evaluate(async (query) => {
        const pagefind = (await import(/* @vite-ignore */ `${location.origin}/pagefind/pagefind.js`)) as {
          search(text: string): Promise<{ results: { data(): Promise<{ url: string }> }[] }>;
        };
        return (await (await pagefind.search(query)).results[0]?.data())?.url;
      }, words);
      ok(first?.startsWith(lesson), `«${words}» finds ${first} first.`);
    }
  });
}

async function timeless(browser: Browser, origin: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    for (const { slug } of labs) {
      await page.goto(`${origin}/labs/${slug}/`);
      const said = await page.locator('.terminal').allTextContents();
      ok(said.length > 0, `/labs/${slug}/ shows nothing of the terminal.`);
      for (const text of said) ok(!/of \d+ points? · [\d.]+ (ms|s|min)/.test(text), text.slice(0, 300));
    }
  });
}

async function links(browser: Browser, origin: string): Promise<void> {
  await withPage(browser, {}, async ({ page }) => {
    const ids = new Map<string, ReadonlySet<string>>();
    const wanted = new Map<string, string>();
    for (const path of PAGES) {
      await page.goto(origin + path);
      ids.set(path, new Set(await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id))));
      const hrefs = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map(({ href }) => href),
      );
      for (const href of hrefs) if (href.startsWith(origin)) wanted.set(href, path);
    }
    const broken = [...wanted].flatMap(([href, from]) => {
      const { pathname, hash } = new URL(href);
      const places = ids.get(pathname);
      if (places === undefined) return [`${from} → ${pathname}: no such page is checked`];
      return hash === '' || places.has(decodeURIComponent(hash.slice(1)))
        ? []
        : [`${from} → ${pathname}${hash}: no such place`];
    });
    deepEqual(broken, []);
  });
}
