/**
 * Function URLs as scenarios use them: requests race, are answered by the function, and are read in a run.
 */

import { describe, expect, it } from 'vitest';
import type { Observation, ScenarioContext } from '../../../course/lab.ts';
import { rowsOf } from '../../../grader/draw/rows.ts';
import { rest } from '../../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  everyClass,
  everyRun,
  invokeFunction,
  look,
  type SmallLabOptions,
} from '../../../grader/fixtures/small-lab.ts';
import { functionUrlOf } from './function-url-config.ts';

const URL_OF_F = `  Address:
    Type: AWS::Lambda::Url
    Properties: { TargetFunctionArn: !GetAtt f.Arn, AuthType: NONE }
Outputs:
  Address: { Value: !GetAtt Address.FunctionUrl }
`;
/** Counts visits, and forgets one if two read at once. */
const COUNTS = `export const handler = async ({ requestContext: { http }, body }) => {
  const n = ((await get('visits')) ?? 0) + 1;
  await put('visits', n);
  return { statusCode: 201, headers: { 'X-Path': http.path }, cookies: ['seen=' + n], body: http.method + ' ' + body };
};`;

function lab(code: string, run: (context: ScenarioContext) => Promise<Observation>): SmallLabOptions {
  return { functions: { f: code }, resources: URL_OF_F, run };
}

/** A function can't name its own address in its template: one would need the other first. */
const addressOfF = (): string => functionUrlOf('f', { region: 'us-east-1', accountId: '123456789012' });

const address = ({ outputs }: ScenarioContext, path = ''): string => `${outputs.Address}${path}`;

describe('a request of a scenario to a function URL', () => {
  it('is answered by the function', async () => {
    const [done, ...more] = await everyRun(
      lab(COUNTS, async (context) => ({
        got: await context.fetch(address(context, 'orders'), { method: 'post', body: 'hi' }),
      })),
    );
    expect(more).toEqual([]);
    expect(done?.result).toEqual({
      got: {
        status: 201,
        headers: { 'content-type': 'application/json', 'x-path': '/orders' },
        cookies: ['seen=1'],
        body: 'POST hi',
      },
    });
  });

  it('races with another one', async () => {
    const runs = await everyClass(
      lab(COUNTS, async (context) => {
        await Promise.all([context.fetch(address(context)), context.fetch(address(context))]);
        return { visits: await look(context, 'visits') };
      }),
    );
    expect(distinct(runs.map(({ result }) => result?.visits))).toEqual([1, 2]);
  });

  it('is told by its method and path, and a refusal with its status', async () => {
    const [done] = await everyRun(
      lab('export const handler = async () => { throw new Error("boom"); };', async (context) => {
        const { status, body } = await context.fetch(address(context, 'a'));
        return { status, body };
      }),
    );
    expect(done?.result).toEqual({ status: 502, body: 'Internal Server Error' });
    expect(rowsOf(done?.trace ?? []).map(({ text }) => text)).toContain('starts');
  });

  it('ends the run where the address is none of the stack', async () => {
    const [done] = await everyRun(
      lab(COUNTS, async (context) => ({ got: await context.fetch('https://example.com/') })),
    );
    expect(done?.end).toBe('finding');
    expect(done?.trace.at(-1)?.event).toMatchObject({
      kind: 'refused',
      what: 'A request to «https://example.com/», which is no function URL of this stack, is not simulated.',
    });
  });
});

/** Calls the function `f` by its URL, which it has from its environment. */
const CALLER = (inside: string): string =>
  `const address = process.env.ADDRESS; export const handler = async () => { ${inside} };`;

function between(f: string, g: string, more: Partial<SmallLabOptions> = {}): SmallLabOptions {
  const { resources } = lab(f, async () => ({}));
  return {
    functions: { f, g: { code: CALLER(g), variables: 'ADDRESS: !GetAtt Address.FunctionUrl' } },
    ...(resources === undefined ? {} : { resources }),
    run: async (context) => ({ got: await invokeFunction(context, 'g'), n: await look(context, 'visits') }),
    ...more,
  };
}

describe('fetch in a handler', () => {
  it('gets what the function behind the URL answers', async () => {
    const g = `const response = await fetch(address + 'a/b', { method: 'PUT', body: JSON.stringify({ n: 1 }) });
      return [response.status, response.ok, response.statusText, response.url === address + 'a/b', response.headers.get('x-path'), response.headers.getSetCookie(), await response.text()];`;
    const runs = await everyRun(between(COUNTS, g));
    expect(runs.map(({ result }) => result)).toEqual([
      { got: [201, true, 'Created', true, '/a/b', ['seen=1'], 'PUT {"n":1}'], n: 1 },
    ]);
    expect(rowsOf(runs[0]?.trace ?? []).map(({ text }) => text)).toContain('PUT /a/b');
  });

  it('races with itself', async () => {
    const g = 'await Promise.all([fetch(address), fetch(address)]);';
    const runs = await everyClass(between(COUNTS, g));
    expect(distinct(runs.map(({ result }) => result?.n))).toEqual([1, 2]);
  });

  it('fails as Node’s does where the answer is lost, although the function has run', async () => {
    const g =
      'try { return (await fetch(address)).status; } catch (error) { return [error.name, error.message, error.cause.code]; }';
    const runs = await everyClass(between(COUNTS, g, { faults: { 'answer-lost': 1 } }));
    const lost = ['TypeError', 'fetch failed', 'UND_ERR_SOCKET'];
    expect(runs.map(({ result }) => result)).toContainEqual({ got: lost, n: 1 });
    expect(runs.map(({ result }) => result)).toContainEqual({ got: 201, n: 1 });
  });

  it('is given up by a signal after so much virtual time, and the function may run all the same', async () => {
    const slow = 'export const handler = async () => { await sleep(2_000); await add("visits"); return "late"; };';
    const g = `try { return await (await fetch(address, { signal: AbortSignal.timeout(500) })).json(); } catch (error) { return error.name; }`;
    const runs = await everyClass(
      between(slow, g, {
        run: async (context) => {
          const got = await invokeFunction(context, 'g');
          await rest(context);
          return { got, n: await look(context, 'visits') };
        },
      }),
    );
    expect(distinct(runs.map(({ result }) => result))).toContainEqual({ got: 'TimeoutError', n: 1 });
  });

  it('answers 500 and 429 where Lambda is in trouble', async () => {
    const g =
      'const response = await fetch(address); return [response.status, response.headers.get("x-amzn-errortype")];';
    const runs = await everyClass(between(COUNTS, g, { faults: { throttled: 1, 'failed-before': 1 } }));
    const got = distinct(runs.map(({ result }) => result?.got));
    expect(got).toContainEqual([429, 'TooManyRequestsException']);
    expect(got).toContainEqual([500, 'ServiceException']);
  });

  it('is no link in a chain of events: a loop of requests has no end that Lambda would make', async () => {
    const g = 'const n = await add("visits"); if (n < 20) await fetch(address); return n;';
    const options = between('', '');
    const [done] = await everyClass({
      ...options,
      functions: { f: { code: CALLER(g), timeoutS: 60, variables: 'ADDRESS: !Ref Own' } },
      resources: `  Address:
    Type: AWS::Lambda::Url
    Properties: { TargetFunctionArn: f, AuthType: NONE }
Parameters:
  Own: { Type: String, Default: '${addressOfF()}' }
Outputs:
  Address: { Value: !GetAtt Address.FunctionUrl }
`,
      run: async (context) => {
        await context.fetch(address(context));
        return { n: await look(context, 'visits') };
      },
    });
    expect(done?.result).toEqual({ n: 20 });
  });
});
