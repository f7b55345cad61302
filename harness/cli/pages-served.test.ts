/** Whether somebody serves the pages. */

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cloneAt } from './clone.ts';
import { arePagesServed, forgetOrigin, noteOrigin, originOfPages } from './pages-served.ts';

async function askOf(answer: RequestListener): Promise<boolean> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await arePagesServed('lost-update', `http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it('is true where the pages’ own question is answered, with or without a verdict', async () => {
  const json = await askOf((_, response) => response.setHeader('Content-Type', 'application/json').end('{}'));
  const none = await askOf((_, response) => response.writeHead(204).end());
  expect([json, none]).toEqual([true, true]);
});

it('is false where another program has the port, or none', async () => {
  const other = await askOf((_, response) => response.setHeader('Content-Type', 'text/html').end('<h1>Mine</h1>'));
  const nobody = await arePagesServed('lost-update', 'http://127.0.0.1:9');
  expect([other, nobody]).toEqual([false, false]);
});

it('waits for no one who is silent', async () => expect(await askOf(() => undefined)).toBe(false));

it('finds the port that the server has noted, as long as it answers', async () => {
  const clone = cloneAt(await mkdtemp(join(tmpdir(), 'raceproof-test-')));
  const server = createServer((_, response) => response.writeHead(204).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await noteOrigin(origin, clone);
  expect(await originOfPages('lost-update', clone)).toBe(origin);
  server.closeAllConnections();
  server.close();
  expect(await originOfPages('lost-update', clone)).not.toBe(origin);
  await forgetOrigin(clone);
  await rm(clone.root, { recursive: true });
});
