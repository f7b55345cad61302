/**
 * A Chromium for the tests, and pages in it that write down what goes wrong.
 *
 * Uses the browser of the machine (RACEPROOF_CHROMIUM or /usr/bin/chromium); downloads nothing.
 */

import process from 'node:process';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Stands for a static host somewhere else: the same server under a name that is not this machine's. */
export const ELSEWHERE = 'pages.test';

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.RACEPROOF_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`,
    ],
  });
}

export interface Watched {
  readonly page: Page;
  /** Console errors, exceptions, failed requests, and requests that went to another host. */
  readonly troubles: readonly string[];
}

/** Opens a page in a context of its own, hands it over, and closes both. */
export async function withPage<Result>(
  browser: Browser,
  options: BrowserContextOptions,
  use: (watched: Watched) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => {
    // A page that is left takes its open connections with it.
    if (!request.url().endsWith('/api/events')) troubles.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && ![ELSEWHERE, '127.0.0.1'].includes(hostname)) {
      troubles.push(`calls out: ${request.url()}`);
    }
  });
  try {
    return await use({ page, troubles });
  } finally {
    await context.close();
  }
}
