import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAILING, PASSING, TOKEN } from '../../grader/fixtures/lab-result.ts';
import { lostUpdateTrace } from '../../grader/fixtures/trace-writer.ts';
import type { LabResult } from '../../grader/result.ts';
import { type ApiSources, answerWith } from './api.ts';
import type { NoPages } from './course-pages.ts';
import { EventHub } from './events.ts';
import { isLocalHost, type RunningServer, startServer } from './server.ts';

let outside = '';
let events: EventHub;
let server: RunningServer;
let latest: LabResult | undefined;
let missing: NoPages | null;

const replayed: ApiSources['replay'] = async (token) =>
  token === TOKEN
    ? {
        kind: 'replayed',
        trace: lostUpdateTrace(),
        observation: {},
        violations: [{ check: 'every-bump-counts', headline: 'Lost.' }],
        because: ['Because.'],
        sameCode: true,
      }
    : { kind: 'refused', message: 'No token.' };

const answers: Pick<ApiSources, 'noPages' | 'replay' | 'files' | 'comparison'> = {
  noPages: () => missing,
  replay: replayed,
  files: async ({ slug }) => ({ 'src/bump.ts': `${slug}()` }),
  comparison: async () => [{ path: 'src/bump.ts', lines: ['-mine', '+theirs'] }],
};

beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'raceproof-test-'));
  const pages = join(outside, 'dist');
  await mkdir(join(pages, 'labs'), { recursive: true });
  await writeFile(join(outside, 'secret.txt'), 'secret');
  await writeFile(join(pages, 'index.html'), '<h1>home</h1>');
  await writeFile(join(pages, 'labs', 'index.html'), '<h1>labs</h1>');
  await writeFile(join(pages, '.sources'), 'secret');
  await writeFile(join(pages, 'app.js'), 'go()');
  await symlink(join(outside, 'secret.txt'), join(pages, 'link.txt'));
  events = new EventHub();
  latest = undefined;
  missing = null;
  const started = await startServer(0, false, answerWith({ pages, events, latest: () => latest, ...answers }));
  if (started === null) throw new Error('no port');
  server = started;
});

afterEach(async () => {
  events.close();
  await server.close();
  await rm(outside, { recursive: true });
});

/** Requests the literal path, without the normalisation that `fetch` does. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; body: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    sent.on('error', reject).end();
  });
}

describe('the pages', () => {
  it.each([
    ['/', 200, '<h1>home</h1>'],
    ['/?trace=x', 200, '<h1>home</h1>'],
    ['/labs/', 200, '<h1>labs</h1>'],
    ['/app.js', 200, 'go()'],
    ['/nothing', 404, 'There is no such page.\n'],
  ])('%s is answered with %d', async (path, status, body) => {
    expect(await get(path)).toMatchObject({ status, body });
  });

  it('redirect a folder without its slash', async () => {
    expect(await get('/labs')).toMatchObject({ status: 308, headers: { location: '/labs/' } });
    expect((await get('//labs')).headers.location).toBe('/labs/');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/labs/..%5c..%5csecret.txt',
    '/.sources',
    '/%2esources',
    '/link.txt',
    '/%00',
    '/%',
    '//etc/passwd',
  ])('%s leads nowhere', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  it('have content types, and forbid browsers to guess them', async () => {
    const { headers } = await get('/app.js');
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
  });
});

describe('while the pages are built for the first time', () => {
  it('every address answers with a page that waits, says what is done now, and is no longer there when they are', async () => {
    missing = { kind: 'building', step: 'grading the starter & the solution of <dedupe>' };
    const { status, body, headers } = await get('/labs/dedupe/?trace=x');
    expect(status).toBe(503);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    expect(body).toContain('Now: <span id="step">grading the starter &amp; the solution of &lt;dedupe&gt;</span>');
    expect(await get('/', {}, 'HEAD')).toMatchObject({ status: 503, body: '' });
    missing = null;
    expect(await get('/')).toMatchObject({ status: 200, body: '<h1>home</h1>' });
  });

  it('verdicts are told all the same', async () => {
    missing = { kind: 'building', step: 'starting' };
    latest = PASSING;
    expect(await get('/api/verdict/lost-update')).toMatchObject({ status: 200, body: JSON.stringify(PASSING) });
  });

  it('a build that fails is told with its last lines and what to do', async () => {
    missing = { kind: 'failed', reason: 'No space left on device' };
    const { status, body } = await get('/');
    expect(status).toBe(500);
    expect(body).toMatch(/<pre>No space left on device<\/pre>[\s\S]*End <code>npm start<\/code> with Ctrl-C, mend/);
    expect(body).not.toContain('<script>');
  });
});

describe('access', () => {
  it('is given only to requests that were meant for this machine', async () => {
    expect((await get('/', { Host: 'evil.example' })).status).toBe(421);
    expect((await get('/api/verdict/lost-update', { Host: `127.0.0.1.evil.example:${server.port}` })).status).toBe(421);
    expect((await get('/', { Host: `localhost:${server.port}` })).status).toBe(200);
  });

  it.each([
    ['127.0.0.1:4321', true],
    ['localhost', true],
    ['[::1]:4321', true],
    ['127.0.0.1.nip.io', false],
    ['localhost.evil.example', false],
    [undefined, false],
    ['', false],
  ])('%s: %s', (host, local) => expect(isLocalHost(host)).toBe(local));

  it('never allows a change from outside', async () => {
    expect(await get('/', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    expect(await get('/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });
});

describe('the API', () => {
  it('has no verdict before the first one', async () => {
    expect(await get('/api/verdict/lost-update')).toMatchObject({ status: 204, body: '' });
  });

  it('answers with the latest verdict, which must not be cached', async () => {
    latest = PASSING;
    const { status, body, headers } = await get('/api/verdict/lost-update');
    expect([status, JSON.parse(body)]).toEqual([200, PASSING]);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('knows which labs there are', async () => {
    expect(await get('/api/verdict/nothing')).toMatchObject({
      status: 404,
      body: '{"error":"There is no lab «nothing»."}',
    });
    expect((await get('/api/verdict/..%2fx')).status).toBe(404);
    expect((await get('/api/comparison/nothing')).status).toBe(404);
  });

  it('shows the learner’s files, so that a page can show where a run stands', async () => {
    const { status, body } = await get('/api/files/lost-update');
    expect([status, JSON.parse(body)]).toEqual([200, { 'src/bump.ts': 'lost-update()' }]);
  });

  it('compares with the solution after a pass, and not before', async () => {
    expect(await get('/api/comparison/lost-update')).toMatchObject({ status: 409 });
    latest = FAILING;
    expect((await get('/api/comparison/lost-update')).body).toContain('opens when every task holds');
    latest = PASSING;
    const { status, body } = await get('/api/comparison/lost-update');
    expect([status, JSON.parse(body)]).toEqual([200, [{ path: 'src/bump.ts', lines: ['-mine', '+theirs'] }]]);
  });

  it('replays a token', async () => {
    const { status, body } = await get(`/api/replay?token=${encodeURIComponent(TOKEN)}`);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ headline: 'Lost.', because: ['Because.'], trace: lostUpdateTrace() });
  });

  it('says why a token can’t be replayed', async () => {
    expect(await get('/api/replay?token=x')).toMatchObject({ status: 422, body: '{"error":"No token."}' });
    expect((await get('/api/replay')).status).toBe(400);
    expect((await get(`/api/replay?token=${'x'.repeat(9_000)}`)).status).toBe(400);
  });

  it('sends every verdict to every connected page', async () => {
    const response = await fetch(`${server.origin}/api/events`);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let heard = '';
    while (!heard.includes('retry')) heard += decoder.decode((await reader?.read())?.value);
    events.send('grading', { lab: 'lost-update' });
    events.send('verdict', { lab: 'lost-update', result: FAILING });
    while (!/event: verdict\ndata: .*\n\n/.test(heard)) heard += decoder.decode((await reader?.read())?.value);
    expect(heard).toContain('event: grading\ndata: {"lab":"lost-update"}\n\n');
    expect(JSON.parse(/event: verdict\ndata: (.*)\n/.exec(heard)?.[1] ?? '')).toEqual({
      lab: 'lost-update',
      result: FAILING,
    });
    await reader?.cancel();
  });
});

describe('the port', () => {
  it('is the next free one if that is requested, else there is no server', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen({ port: 0, host: '127.0.0.1' }, resolve));
    const { port } = taken.address() as { port: number };
    const answer = answerWith({ pages: outside, events, latest: () => undefined, ...answers });
    expect(await startServer(port, false, answer)).toBeNull();
    const next = await startServer(port, true, answer);
    expect(next?.port).toBeGreaterThan(port);
    await next?.close();
    await new Promise((resolve) => taken.close(resolve));
  });
});
