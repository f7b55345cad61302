/**
 * The built pages over HTTP on a free port of this machine, with an API that a test decides.
 *
 * Without an API it is a static host and nothing else. Not the server of `npm start`, which has tests of its own.
 */

import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const DIST = join(import.meta.dirname, '..', '..', 'dist');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Answers a request below /api/. */
export type Api = (path: string, request: IncomingMessage, response: ServerResponse) => void;

export interface TestServer {
  readonly port: number;
  api: Api | null;
  close(): Promise<void>;
}

/** Serves site/dist. Throws a sentence when there is none. */
export async function serveSite(): Promise<TestServer> {
  if (!(await exists(join(DIST, 'index.html'))))
    throw new Error('site/dist is not there. Build it first: npm run build');
  const state: { api: Api | null } = { api: null };
  const server = createServer((request, response) => void answer(state.api, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The test server has no port.');
  return Object.assign(state, { port: address.port, close: () => close(server) });
}

async function answer(api: Api | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname.startsWith('/api/') && api !== null) return api(pathname, request, response);
  const path = join(DIST, normalize(decodeURIComponent(pathname)), pathname.endsWith('/') ? 'index.html' : '');
  if (!path.startsWith(DIST) || !(await exists(path))) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such page.');
    return;
  }
  response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' });
  response.end(await readFile(path));
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
