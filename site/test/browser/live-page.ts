/**
 * A lab's page with an API that a test decides: what `npm start` would answer and send.
 *
 * It checks nothing itself.
 */

import { deepEqual } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { LabResult } from '../../../harness/grader/result.ts';
import { withPage } from './chromium.ts';
import type { Api, TestServer } from './server.ts';

const CAPTURED = join(import.meta.dirname, '..', '..', '.astro', 'captured');

export interface Live {
  readonly page: Page;
  readonly troubles: readonly string[];
  send(event: string, data: unknown): void;
}

export interface Setting {
  readonly lab?: string;
  readonly latest?: LabResult;
  readonly query?: string;
  readonly replayed?: unknown;
  /** The reader's files. */
  readonly files?: Readonly<Record<string, string>>;
  /** The reader's files beside the solution's. */
  readonly compared?: unknown;
}

/** Opens a lab's page with an API of the test's, and hands it over. */
export async function withLive(
  browser: Browser,
  server: TestServer,
  test: (live: Live) => Promise<void>,
  setting: Setting = {},
): Promise<void> {
  const listeners = new Set<ServerResponse>();
  server.api = apiOf(setting, listeners);
  try {
    await withPage(browser, {}, async ({ page, troubles }) => {
      await page.goto(`http://127.0.0.1:${server.port}/labs/${setting.lab ?? 'lost-update'}/${setting.query ?? ''}`);
      while (listeners.size === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      await test({
        page,
        troubles,
        send: (event, data) => {
          for (const listener of listeners) listener.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        },
      });
      deepEqual(troubles, []);
    });
  } finally {
    server.api = null;
    for (const listener of listeners) listener.end();
  }
}

function apiOf({ latest, replayed, files = {}, compared = [] }: Setting, listeners: Set<ServerResponse>): Api {
  return (path, _request, response) => {
    if (path === '/api/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('retry: 1000\n\n');
      listeners.add(response);
    } else if (path.startsWith('/api/verdict/') && latest === undefined) {
      response.writeHead(204).end();
    } else if (path.startsWith('/api/verdict/')) {
      sendJson(response, latest);
    } else if (path.startsWith('/api/files/')) {
      sendJson(response, files);
    } else if (path.startsWith('/api/comparison/')) {
      sendJson(response, compared);
    } else {
      sendJson(response, replayed);
    }
  };
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}

/** Waits until the verdict on a task begins with these words. */
export async function says(page: Page, sentence: string | RegExp, task = 1): Promise<void> {
  const head = page.locator(`live-verdict[task="${task}"] .verdict-head`);
  await head.filter({ hasText: sentence }).waitFor({ timeout: 5_000 });
}

/** A verdict that was captured for this build. */
export async function capturedResult(name: string, lab = 'lost-update'): Promise<LabResult> {
  return JSON.parse(await readFile(join(CAPTURED, `${lab}.${name}.json`), 'utf8')) as LabResult;
}
