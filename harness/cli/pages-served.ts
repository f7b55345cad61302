/**
 * Whether `npm start` serves the course's pages at this moment, so that an address in a report can be opened as it stands.
 *
 * It asks for what only these pages answer: another program may have the port.
 */

import { SITE_ORIGIN } from '../grader/report/commands.ts';

/** A server on this machine answers within a few milliseconds; a verdict does not wait longer for one. */
const MOST_WAITING_MS = 300;

/** Resolves to false if nothing answers soon. Never rejects. */
export async function arePagesServed(slug: string, origin: string = SITE_ORIGIN): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/api/verdict/${slug}`, { signal: AbortSignal.timeout(MOST_WAITING_MS) });
    await answer.body?.cancel();
    return answer.status === 204 || answer.headers.get('content-type')?.startsWith('application/json') === true;
  } catch {
    return false;
  }
}
