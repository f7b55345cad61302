/**
 * Files of one folder over HTTP: the built pages.
 *
 * It answers only with regular files at their real path below the folder, whatever the address says. It lists no folders and
 * serves no names that begin with a dot.
 */

import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sendText } from './server.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Answers with the file that the path names, with a folder's index.html, or with the folder's 404.html. */
export async function sendStatic(
  folder: string,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = await find(folder, pathname);
  if (file === 'is-folder') {
    response.writeHead(308, { Location: `${pathname.replace(/^\/+/, '/')}/` });
    response.end();
    return;
  }
  const fallback = file ?? (await find(folder, '/404.html'));
  if (fallback === null || fallback === 'is-folder') return sendText(response, 404, 'There is no such page.');
  await sendFile(fallback, file === null ? 404 : 200, request, response);
}

async function find(folder: string, pathname: string): Promise<string | 'is-folder' | null> {
  const parts = decode(pathname)
    ?.split('/')
    .filter((part) => part !== '');
  if (parts === undefined || parts.some((part) => part.startsWith('.') || /[\\\0:]/.test(part))) return null;
  const root = await realpath(folder).catch(() => null);
  if (root === null) return null;
  const wanted = await realpath(join(root, ...parts)).catch(() => null);
  if (wanted === null || !(wanted === root || wanted.startsWith(root + sep))) return null;
  const found = await stat(wanted);
  if (found.isFile()) return wanted;
  if (!found.isDirectory()) return null;
  if (!pathname.endsWith('/')) return 'is-folder';
  const index = join(wanted, 'index.html');
  return (await stat(index).catch(() => null))?.isFile() === true ? index : null;
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

async function sendFile(
  file: string,
  status: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { size } = await stat(file);
  // Built files with a hash in their name never change. Browsers must revalidate all others.
  const lasting = /[/\\]_astro[/\\]/.test(file);
  response.writeHead(status, {
    'Content-Type': TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
    'Content-Length': size,
    'Cache-Control': lasting ? 'max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(createReadStream(file), response).catch(() => response.destroy());
}
