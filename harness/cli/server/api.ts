/**
 * The API for the pages: the latest verdict of a lab, verdicts as they come, the replay of a token, the learner's files, and after
 * a pass their comparison with the solution.
 *
 * `GET /api/verdict/<lab>`, `/api/events` (`PageEvent` names them), `/api/replay?token=`,
 * `/api/files/<lab>`, `/api/comparison/<lab>`. Every other path is a file of the pages.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Lab } from '../../course/lab.ts';
import { labs } from '../../course/labs.ts';
import type { ReplayResult } from '../../grader/replay/replay.ts';
import type { LabResult } from '../../grader/result.ts';
import type { ComparedFile } from '../compare/with-solution.ts';
import type { NoPages } from './course-pages.ts';
import type { EventHub } from './events.ts';
import { type RequestHandler, sendJson } from './server.ts';
import { sendStatic } from './static-files.ts';
import { waitingPage, waitingStatus } from './waiting-page.ts';

export interface ApiSources {
  /** The folder of the built pages. */
  readonly pages: string;
  /** Why there are no pages; null if there are. */
  noPages(): NoPages | null;
  readonly events: EventHub;
  latest(slug: string): LabResult | undefined;
  replay(token: string): Promise<ReplayResult>;
  /** The learner's editable files: path and text. */
  files(lab: Lab): Promise<Readonly<Record<string, string>>>;
  comparison(lab: Lab): Promise<readonly ComparedFile[]>;
}

/** Any token is far shorter, so a longer text is refused. */
const LONGEST_TOKEN = 8_000;

/** Answers every request of the pages. */
export function answerWith(sources: ApiSources): RequestHandler {
  return async (request, response) => {
    const url = addressOf(request);
    if (url === null) return sendJson(response, 400, { error: 'This address can’t be read.' });
    if (!url.pathname.startsWith('/api/')) return sendPage(url.pathname, sources, request, response);
    if (url.pathname === '/api/events') return sources.events.connect(request, response);
    if (url.pathname === '/api/replay') return sendReplay(url.searchParams.get('token') ?? '', sources, response);
    const [, question = '', slug = ''] = /^\/api\/(verdict|files|comparison)\/([a-z0-9-]+)$/.exec(url.pathname) ?? [];
    if (question === '')
      return sendJson(response, 404, {
        error: 'There is no such question. There are: verdict, events, replay, files, comparison.',
      });
    const lab = labs.find((known) => known.slug === slug);
    if (lab === undefined) return sendJson(response, 404, { error: `There is no lab «${slug}».` });
    if (question === 'verdict') return sendVerdict(lab, sources, response);
    if (question === 'files') return sendJson(response, 200, await sources.files(lab));
    await sendComparison(lab, sources, response);
  };
}

async function sendPage(
  pathname: string,
  { pages, noPages }: ApiSources,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reason = noPages();
  if (reason === null) return sendStatic(pages, pathname, request, response);
  response.writeHead(waitingStatus(reason), {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? '' : waitingPage(reason));
}

/** The comparison shows the answer, so it waits until the learner has one. */
async function sendComparison(lab: Lab, sources: ApiSources, response: ServerResponse): Promise<void> {
  if (sources.latest(lab.slug)?.outcome === 'pass') return sendJson(response, 200, await sources.comparison(lab));
  sendJson(response, 409, { error: 'The comparison opens when every task holds.' });
}

function addressOf(request: IncomingMessage): URL | null {
  const path = request.url ?? '/';
  return path.startsWith('/') ? URL.parse(`http://127.0.0.1${path}`) : null;
}

function sendVerdict({ slug }: Lab, sources: ApiSources, response: ServerResponse): void {
  const result = sources.latest(slug);
  if (result === undefined) {
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
  const headline = violations[0]?.headline ?? 'Nothing is broken under this schedule.';
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
