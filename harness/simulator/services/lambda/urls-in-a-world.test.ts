/**
 * Function URLs as scenarios use them: requests race, are answered by the function, and are read in a run.
 */

import { describe, expect, it } from 'vitest';
import type { Observation, ScenarioContext } from '../../../course/lab.ts';
import { rowsOf } from '../../../grader/draw/rows.ts';
import { distinct, everyClass, everyRun, look, type SmallLabOptions } from '../../../grader/fixtures/small-lab.ts';

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
