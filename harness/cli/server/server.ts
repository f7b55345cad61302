/**
 * An HTTP server on this machine only: it finds a port, checks the Host header, and closes cleanly.
 *
 * The caller passes the function `answer`. The server never listens beyond 127.0.0.1.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export const DEFAULT_PORT = 4321;

const ADDRESS = '127.0.0.1';
/** How many ports are tried for a free one. */
const PORTS_TRIED = 20;

export interface RunningServer {
  readonly port: number;
  readonly origin: string;
  close(): Promise<void>;
}

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Listens on `port`, or with `orNext` on the first free port after it. Null if none of them is free. Port 0 takes any.
 */
export async function startServer(
  port: number,
  orNext: boolean,
  answer: RequestHandler,
): Promise<RunningServer | null> {
  for (let candidate = port; candidate < port + (orNext ? PORTS_TRIED : 1); candidate += 1) {
    const server = createServer((request, response) => void guarded(request, response, answer));
    const bound = await listen(server, candidate);
    if (bound !== null) return { port: bound, origin: `http://${ADDRESS}:${bound}`, close: () => close(server) };
  }
  return null;
}

/**
 * A page elsewhere could point its own name at 127.0.0.1 and read this server's answers (DNS rebinding). So the server answers
 * only requests whose Host header names this machine.
 */
export function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host);
}

async function guarded(request: IncomingMessage, response: ServerResponse, answer: RequestHandler): Promise<void> {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.on('error', () => undefined);
  if (!isLocalHost(request.headers.host)) return sendText(response, 421, 'This server answers on 127.0.0.1 only.');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return sendText(response, 405, 'Only GET is answered here.');
  }
  try {
    await answer(request, response);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (response.headersSent) response.destroy();
    else sendText(response, 500, `An error of ours: ${message}`);
  }
}

/** Sends a short answer in plain text. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${text}\n`);
}

/** Sends an answer of the API, which must not be cached. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(value));
}

function listen(server: Server, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen({ port, host: ADDRESS, exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
