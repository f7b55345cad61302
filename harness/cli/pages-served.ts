/**
 * Where `npm start` serves the course's pages at this moment, so that an address in a report can be opened as it stands.
 *
 * The server leaves a note of its address, since its port may be another than usual. A command that reads the note asks there, and asks for
 * what only these pages answer: the server may have ended without taking its note along, and another program may have the port.
 */

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SITE_ORIGIN } from '../grader/report/commands.ts';
import type { Clone } from './clone.ts';

/** A server on this machine answers within a few milliseconds; a verdict does not wait longer for one. */
const MOST_WAITING_MS = 300;

/** The origin at which the pages answer; undefined if they don't. Never rejects. */
export async function originOfPages(slug: string, clone: Clone): Promise<string | undefined> {
  const noted = (await readFile(noteIn(clone), 'utf8').catch(() => '')).trim();
  const origins = [...new Set([noted, SITE_ORIGIN])].filter((origin) => /^http:\/\/127\.0\.0\.1:\d+$/.test(origin));
  const answers = await Promise.all(origins.map((origin) => arePagesServed(slug, origin)));
  return origins.find((_, index) => answers[index]);
}

/** Resolves to false if nothing answers soon. Never rejects. */
export async function arePagesServed(slug: string, origin: string): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/api/verdict/${slug}`, { signal: AbortSignal.timeout(MOST_WAITING_MS) });
    await answer.body?.cancel();
    return answer.status === 204 || answer.headers.get('content-type')?.startsWith('application/json') === true;
  } catch {
    return false;
  }
}

/** Notes that the pages are served here. If nothing can be written, reports name the usual address. */
export async function noteOrigin(origin: string, clone: Clone): Promise<void> {
  await mkdir(clone.own, { recursive: true }).catch(() => undefined);
  await writeFile(noteIn(clone), `${origin}\n`).catch(() => undefined);
}

/** Takes the note away. */
export async function forgetOrigin(clone: Clone): Promise<void> {
  await rm(noteIn(clone), { force: true }).catch(() => undefined);
}

function noteIn(clone: Clone): string {
  return join(clone.own, 'pages-served-at');
}
