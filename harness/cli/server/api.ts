/**
 * The API for the pages: the latest verdict of a lab, verdicts as they come, and the replay of a token.
 *
 * `GET /api/verdict/<lab>`, `GET /api/events` (`grading`, `verdict`, `failure`), `GET /api/replay?token=`. Every other path is
 * a file of the pages.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { labs } from '../../course/labs.ts';
import type { ReplayResult } from '../../grader/replay/replay.ts';
import type { LabResult } from '../../grader/result.ts';
import type { EventHub } from './events.ts';
import { type RequestHandler, sendJson } from './server.ts';
import { sendStatic } from './static-files.ts';

export interface ApiSources {
  /** The folder of the built pages. */
  readonly pages: string;
  readonly events: EventHub;
  latest(slug: string): LabResult | undefined;
  replay(token: string): Promise<ReplayResult>;
}

/** Any token is far shorter, so a longer text is refused. */
const LONGEST_TOKEN = 8_000;

/** Answers every request of the pages. */
export function answerWith(sources: ApiSources): RequestHandler {
  return async (request, response) => {
    const url = addressOf(request);
    if (url === null) return sendJson(response, 400, { error: 'This address can’t be read.' });
    if (!url.pathname.startsWith('/api/')) return sendStatic(sources.pages, url.pathname, request, response);
    if (url.pathname === '/api/events') return sources.events.connect(request, response);
    if (url.pathname === '/api/replay') return sendReplay(url.searchParams.get('token') ?? '', sources, response);
    const slug = /^\/api\/verdict\/([a-z0-9-]+)$/.exec(url.pathname)?.[1];
    if (slug !== undefined) return sendVerdict(slug, sources, response);
    sendJson(response, 404, { error: 'There is no such question. There are: verdict, events, replay.' });
  };
}

function addressOf(request: IncomingMessage): URL | null {
  const path = request.url ?? '/';
  return path.startsWith('/') ? URL.parse(`http://127.0.0.1${path}`) : null;
}

function sendVerdict(slug: string, sources: ApiSources, response: ServerResponse): void {
  const result = sources.latest(slug);
  if (labs.every((lab) => lab.slug !== slug)) {
    sendJson(response, 404, { error: `There is no lab «${slug}».` });
  } else if (result === undefined) {
    response.writeHead(204, { 'Cache-Control': 'no-store' });
    response.end();
  } else {
    sendJson(response, 200, result);
  }
}

async function sendReplay(token: string, sources: ApiSources, response: ServerResponse): Promise<void> {
  if (token === '' || token.length > LONGEST_TOKEN)
    return sendJson(response, 400, { error: 'Give one token: ?token=…' });
  const replayed = await sources.replay(token);
  if (replayed.kind === 'refused') return sendJson(response, 422, { error: replayed.message });
  const { trace, because, swap, marked, violations, diverged, sameCode } = replayed;
  const headline = violations[0]?.headline ?? 'Nothing is broken in this order.';
  sendJson(response, 200, {
    trace,
    headline,
    because,
    ...(swap === undefined ? {} : { swap }),
    ...(marked === undefined ? {} : { marked }),
    violations,
    sameCode,
    ...(diverged === undefined ? {} : { diverged }),
  });
}
