/**
 * `Headers`, `Request`, `Response` and what `fetch` throws, compared with Node: the same source runs in a realm and in Node. What `fetch`
 * sends is looked at in the realm's reports.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostReport } from '../../simulator/host.ts';
import { reportsInRealm, valueInRealm } from './fixtures/value-in-realm.ts';

type Body = (input: unknown) => Promise<unknown>;

async function valueInNode(body: string, input: unknown): Promise<unknown> {
  const run = new Function('input', `return (async () => { ${body} })();`) as Body;
  return JSON.parse(JSON.stringify(await run(input))) as unknown;
}

/** What each of these does, or the kind of error that it throws. */
async function expectTheSame(sources: readonly string[], input: unknown = null): Promise<void> {
  const each = sources.map(
    (source) =>
      `async () => { try { return (await (async () => { ${source} })()) ?? null; } catch (error) { return [error.name, error.message]; } }`,
  );
  const body = `const all = [${each.join(',')}]; const told = []; for (const one of all) told.push(await one()); return told;`;
  expect(await valueInRealm(body, input)).toEqual(await valueInNode(body, input));
}

const name = fc.stringMatching(/^[a-zA-Z-]{1,6}$/);
const value = fc.stringMatching(/^[ a-z0-9,;=]{0,12}$/);

describe('a realm has, as Node has it,', () => {
  it('Headers', async () => {
    const drawn = fc.sample(fc.array(fc.tuple(name, value), { maxLength: 8 }), { numRuns: 60, seed: 5 });
    await expectTheSame(
      [
        `return input.map((pairs) => { const headers = new Headers(pairs); headers.append('Set-Cookie', 'a=1'); headers.append('set-cookie', 'b=2'); for (const [name] of pairs) headers.append(name, 'x'); return [[...headers], headers.getSetCookie(), [...headers.keys()], [...headers.values()]]; });`,
        `const headers = new Headers({ A: 1, b: ' two ' }); headers.set('a', 'other'); headers.delete('B'); const all = []; headers.forEach((value, name, of) => all.push([value, name, of === headers])); return [all, headers.get('A'), headers.get('none'), headers.has('a'), headers.has('B')];`,
        `return [...new Headers(new Headers([['x', '1'], ['X', '2']]))];`,
        `return [...new Headers(undefined)].length + [...new Headers()].length;`,
        `return new Headers([['a']]);`,
        `return new Headers({ 'a b': '1' });`,
        `return new Headers({ a: 'x\\ny' });`,
        `return new Headers({ a: 'ü\\u0100' });`,
        `return Object.prototype.toString.call(new Headers());`,
      ],
      drawn,
    );
  });

  it('Response', () =>
    expectTheSame([
      `const made = new Response('hé', { status: 201, statusText: 'Made', headers: { A: '1' } }); const copy = made.clone(); return [made.status, made.ok, made.statusText, made.type, made.url, made.redirected, [...made.headers], made.bodyUsed, await made.text(), made.bodyUsed, [...(await copy.bytes())]];`,
      `return [await Response.json({ a: [1] }).json(), [...Response.json(1).headers], Response.json(null, { status: 404, headers: { 'content-type': 'x/y' } }).headers.get('content-type')];`,
      `const made = new Response(); return [made.body, made.bodyUsed, await made.text(), await made.text(), made.bodyUsed, [...made.headers]];`,
      `return [...new Uint8Array(await new Response(Uint8Array.of(1, 2, 3).subarray(1)).arrayBuffer())];`,
      `return [...new Response(new URLSearchParams({ a: 'b c' })).headers, await new Response(new URLSearchParams({ a: 'b c' })).text()];`,
      `const made = new Response('a'); await made.text(); return made.clone();`,
      `return new Response('{').json();`,
      `return new Response('a', { status: 204 });`,
      `return new Response(null, { status: 600 });`,
      `return new Response(null, { status: 99 });`,
      `const made = Response.error(); return [made.status, made.type, made.ok];`,
      `const made = Response.redirect('https://example.com/', 307); return [made.status, made.headers.get('location')];`,
      `return Object.prototype.toString.call(new Response());`,
      `const made = new Response('a'); await made.text(); try { await made.text(); } catch (error) { return error.name; }`,
    ]));

  it('Request', () =>
    expectTheSame([
      `const made = new Request('https://example.com/a?b=c', { method: 'post', headers: { A: '1' }, body: 'hi' }); return [made.url, made.method, [...made.headers], made.redirect, made.bodyUsed, await made.clone().text(), await made.text()];`,
      `const made = new Request('https://example.com'); return [made.url, made.method, [...made.headers], made.body, made.signal.aborted];`,
      `const first = new Request('https://example.com', { method: 'PUT', body: 'a' }); const second = new Request(first, { headers: { b: '2' } }); return [first.bodyUsed, second.method, [...second.headers], await second.text()];`,
      `const first = new Request('https://example.com', { method: 'PUT', body: 'a' }); const second = new Request(first, { body: 'b' }); return [await second.text()];`,
      `return ['get', 'patch', 'Delete', 'QUERY'].map((method) => new Request('https://example.com', { method }).method);`,
      `return new Request('https://example.com', { body: 'a' });`,
      `return new Request('https://example.com', { method: 'TRACE' });`,
      `return new Request('https://example.com', { method: 'a b' });`,
      `return new Request('/path');`,
      `return new Request('https://a:b@example.com/');`,
      `return [new Request('https://example.com', { redirect: 'manual' }).redirect, Object.prototype.toString.call(new Request('https://example.com'))];`,
      `return new Request(new URL('https://example.com/x#y')).url;`,
    ]));

  it('the errors of fetch that need no network', () =>
    expectTheSame([
      `return fetch('/path');`,
      `return fetch('https://a.lambda-url.us-east-1.on.aws/', { signal: AbortSignal.abort() });`,
      `return fetch('https://a.lambda-url.us-east-1.on.aws/', { signal: AbortSignal.abort('enough') }).catch((reason) => reason);`,
      `return fetch('https://a.lambda-url.us-east-1.on.aws/', { body: 'a' });`,
    ]));
});

const URL_OF_ANYONE = 'https://abc.lambda-url.us-east-1.on.aws/';

function calls(reports: readonly HostReport[]) {
  return reports.flatMap((report) => (report.kind === 'call' ? [report] : []));
}

describe('fetch in a realm', () => {
  it('makes a call of a request to a function URL', async () => {
    const reports = await reportsInRealm(
      `await fetch('${URL_OF_ANYONE}a?b=c', { method: 'post', headers: { 'X-A': '1' }, body: 'hé' });`,
    );
    expect(calls(reports)).toMatchObject([
      {
        ...{ service: 'Lambda', operation: 'InvokeFunctionUrl' },
        input: {
          ...{ Url: `${URL_OF_ANYONE}a?b=c`, Method: 'POST', Body: 'hé' },
          Headers: {
            ...{ 'content-type': 'text/plain;charset=UTF-8', 'content-length': '3', 'x-a': '1' },
            ...{ 'user-agent': 'node', accept: '*/*' },
          },
        },
      },
    ]);
  });

  it('sends bytes that are no text as bytes', async () => {
    const reports = await reportsInRealm(
      `await fetch('${URL_OF_ANYONE}', { method: 'PUT', body: Uint8Array.of(255, 0) });`,
    );
    expect(calls(reports)[0]?.input.Body).toEqual(Uint8Array.of(255, 0));
  });

  it.each([
    ['another host', `fetch('https://example.com/')`],
    ['a host that begins alike', `fetch('${URL_OF_ANYONE.slice(0, -1)}.example.com/')`],
    ['a host in the credentials', `fetch('https://abc.lambda-url.us-east-1.on.aws@example.com/')`],
    ['an address of AWS', `fetch('https://sqs.us-east-1.amazonaws.com/')`],
    ['a page of this machine', `fetch('http://localhost:8080/')`],
    ['plain HTTP', `fetch('http://abc.lambda-url.us-east-1.on.aws/')`],
    ['a backslash', `fetch('https://abc.lambda-url.us-east-1.on.aws\\\\@example.com/')`],
  ])('reaches nothing at %s', async (_, source) => {
    const reports = await reportsInRealm(`try { await ${source}; } catch (error) { return error.message; }`);
    expect(calls(reports)).toEqual([]);
  });

  it('names the way out for another host, although the error is caught', async () => {
    const reports = await reportsInRealm(`try { await fetch('https://example.com/'); } catch {} return 'caught';`);
    expect(reports).toContainEqual(
      expect.objectContaining({
        ...{ kind: 'refused', what: 'Your code calls fetch.' },
        advice: 'A lab has no network but the function URLs of its stack. Reach AWS through its SDK clients.',
      }),
    );
  });

  it.each([
    ['a dispatcher', `{ dispatcher: {} }`, 'Your code gives fetch a «dispatcher».'],
    ['integrity', `{ integrity: 'sha256-x' }`, 'Your code gives fetch «integrity».'],
  ])('refuses %s by name', async (_, settings, what) => {
    const reports = await reportsInRealm(`try { await fetch('${URL_OF_ANYONE}', ${settings}); } catch {}`);
    expect(reports).toContainEqual(expect.objectContaining({ kind: 'refused', what }));
  });
});

describe('hostile code finds nothing of the host in fetch and its classes', () => {
  it.each(['Headers', 'Request', 'Response', 'fetch'])('%s is frozen, with all that it leads to', async (global) => {
    const body = `const seen = new Set(); const loose = []; const look = (value, path) => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
      seen.add(value);
      if (!Object.isFrozen(value)) loose.push(path);
      look(Object.getPrototypeOf(value), path + '.__proto__');
      for (const key of Reflect.ownKeys(value)) { const { value: member, get, set } = Object.getOwnPropertyDescriptor(value, key); for (const one of [member, get, set]) look(one, path + '.' + String(key)); }
    }; look(${global}, '${global}'); return loose;`;
    expect(await valueInRealm(body)).toEqual([]);
  });

  it('its functions and errors are made of the realm’s own objects', async () => {
    const body = `const found = [];
      const own = (value, what) => { if (!(value instanceof Object)) found.push(what); };
      own(fetch, 'fetch'); own(new Headers(), 'headers'); own(new Response('a'), 'response');
      const request = new Request('https://example.com'); own(request, 'request'); own(request.signal, 'signal');
      own(await new Response('a').bytes(), 'bytes'); own(await new Response('a').arrayBuffer(), 'buffer'); own(new Headers().entries(), 'entries');
      own(new Response('a').text(), 'promise');
      try { new Request('no'); } catch (error) { own(error, 'error'); }
      await fetch('https://example.com').catch((error) => own(error, 'refusal'));
      try { fetch.constructor('return process')(); found.push('compiled'); } catch {}
      try { Headers.prototype.get.call({}); found.push('called on another'); } catch (error) { own(error, 'brand'); }
      return found;`;
    const reports = await reportsInRealm(body);
    const returned = reports.find((report) => report.kind === 'returned');
    expect(returned?.kind === 'returned' ? JSON.parse(returned.payloadJson) : reports).toEqual([]);
  });

  it('what is told the host is text, whatever was given', async () => {
    const trap = `({ toString() { globalThis.seen = (globalThis.seen ?? 0) + 1; return 'x'; }, toJSON() { return { smuggled: true }; } })`;
    const reports = await reportsInRealm(
      `const trap = ${trap}; await fetch('${URL_OF_ANYONE}', { method: 'POST', headers: [['a', trap]], body: trap });`,
    );
    expect(calls(reports)[0]?.input).toMatchObject({ Body: 'x', Headers: { a: 'x' } });
    expect(JSON.stringify(reports)).not.toContain('smuggled');
  });

  it('a header that is called __proto__ is a header', async () => {
    const reports = await reportsInRealm(
      `await fetch('${URL_OF_ANYONE}', { headers: [['__proto__', 'x'], ['constructor', 'y']] });`,
    );
    const headers = calls(reports)[0]?.input.Headers as object;
    expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
    expect(Object.entries(headers)).toEqual(
      expect.arrayContaining([
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
    );
  });
});
