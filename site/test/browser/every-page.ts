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
import { check } from './check.ts';
import { ELSEWHERE, withPage } from './chromium.ts';
import type { TestServer } from './server.ts';

export const PAGES: readonly string[] = [
  '/',
  ...labs.map(({ slug }) => `/labs/${slug}/`),
  '/reference/commands/',
  '/reference/verdicts/',
  '/reference/fidelity/',
  '/reference/facts/',
  '/reference/glossary/',
];

const WIDTHS = [1280, 390] as const;
const THEMES = ['light', 'dark'] as const;

export async function checkEveryPage(browser: Browser, server: TestServer): Promise<void> {
  const origin = `http://${ELSEWHERE}:${server.port}`;
  for (const path of PAGES) {
    for (const width of WIDTHS) {
      for (const theme of THEMES) {
        await check(`${path} at ${width} px, ${theme}`, () => look(browser, origin + path, width, theme));
      }
    }
    await check(`${path}: one h1, headings in order, names for everything`, () => structure(browser, origin + path));
  }
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

/** Runs in the page: texts whose contrast with what is behind them is below 4.5 to 1 (WCAG 1.4.3). */
function paleTexts(): readonly string[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color: string): readonly number[] => {
    if (canvas === null) return [0, 0, 0, 0];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (color: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = color.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node: Element | null): readonly number[] => {
    for (let at = node; at !== null; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const pale = [...document.querySelectorAll('body *')].flatMap((node) => {
    const own = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim());
    if (!own || node.closest('[hidden], [disabled], script, style, template, noscript, dialog') !== null) return [];
    const style = getComputedStyle(node);
    if (node.getClientRects().length === 0 || style.visibility === 'hidden') return [];
    const color = rgba(node.closest('svg') === null ? style.color : style.fill);
    const [a, b] = [light(color), light(behind(node))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return contrast < 4.5
      ? [
          `${contrast.toFixed(2)} «${node.textContent?.trim().slice(0, 40)}» (${node.tagName.toLowerCase()}.${node.getAttribute('class')})`,
        ]
      : [];
  });
  return [...new Set(pale)].slice(0, 8);
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
      [...document.querySelectorAll('button, a[href], input, select, svg[role="img"], [role="region"]')]
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
