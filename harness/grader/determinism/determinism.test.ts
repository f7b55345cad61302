/**
 * Programs whose handlers or downstreams are not deterministic: the first difference is named, with its line. And nothing of
 * the machine reaches a handler.
 */

import { describe, expect, it } from 'vitest';
import type { Check, Downstream, Observation } from '../../course/lab.ts';
import { ComputingTime } from '../../host/computing-time.ts';
import { RememberingHost } from '../../host/remembering/host.ts';
import type { Host, HostReport } from '../../simulator/host.ts';
import { exploreScenario } from '../exploration/explore-scenario.ts';
import { invokeFunction, type SmallLabOptions, withRunner } from '../fixtures/small-lab.ts';

const RACY =
  'export const handler = async () => { const n = await get("a");\n console.log(n);\n await put("a", (n ?? 0) + 1);\n return { n }; };';

const twoVisitors = (code: string, more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { f: code },
  run: async (context) => {
    await Promise.all([invokeFunction(context, 'f'), invokeFunction(context, 'f')]);
    return {};
  },
  ...more,
});

const always = (judge: (observation: Observation) => boolean): Check => ({
  id: 'holds',
  task: 1,
  title: 'it holds',
  kind: 'at-rest',
  scenario: 'small',
  points: 1,
  judge: ({ observation }) => (judge(observation) ? null : { headline: 'It does not.', hintId: 'none' }),
});

/** The finding; or «it was explored» if there is none. */
async function finding(options: SmallLabOptions, withHost: (host: Host) => Host = (host) => host) {
  return withRunner(options, async (runner) => {
    const explored = await exploreScenario({ ...runner, host: withHost(runner.host), checks: [always(() => true)] });
    return explored.finding ?? { message: 'it was explored', frame: undefined };
  });
}

type Lie = (report: HostReport) => readonly HostReport[];

/** A host whose code behaves differently after `honestRuns` runs. */
function lying(host: Host, honestRuns: number, lie: Lie): Host {
  let runs = 0;
  return {
    begin(run) {
      runs += 1;
      return host.begin(run);
    },
    async deliver(commands) {
      const reports = await host.deliver(commands);
      return runs <= honestRuns ? reports : reports.flatMap(lie);
    },
  };
}

const LIES: readonly (readonly [string, Lie, RegExp])[] = [
  [
    'writes another item',
    (report) =>
      report.kind === 'call' && report.operation === 'PutItem'
        ? [{ ...report, input: { ...report.input, Item: { id: { S: 'a' }, n: { N: '7' } } } }]
        : [report],
    /f#\d called PutItem with Item\.n\.N = «\d» the first time and «\d» the second\. Something in it/,
  ],
  [
    'makes another call',
    (report) =>
      report.kind === 'call' && report.operation === 'PutItem'
        ? [{ ...report, operation: 'DeleteItem', input: { TableName: 'items', Key: { id: { S: 'a' } } } }]
        : [report],
    /f#\d called (PutItem the first time and DeleteItem|DeleteItem the first time and PutItem) the second/,
  ],
  [
    'makes no call',
    (report) => (report.kind === 'call' && report.operation === 'PutItem' ? [] : [report]),
    /f#\d called PutItem the first time and (did nothing more|waited for something that nothing settles) the second/,
  ],
  [
    'waits for another time',
    (report) =>
      report.kind === 'call'
        ? [{ kind: 'timer-set', environment: report.environment, timer: 100, delayMs: 5 }, report]
        : [report],
    /f#\d (called GetItem|set a timer) the first time and (called GetItem|set a timer) the second/,
  ],
  [
    'returns something else',
    (report) => (report.kind === 'returned' ? [{ ...report, payloadJson: '{"n":7}' }] : [report]),
    /f#\d returned with n = .+ the first time and .+ the second/,
  ],
  [
    'prints something else',
    (report) => (report.kind === 'log' ? [{ ...report, line: 'hello' }] : [report]),
    /f#\d printed «\w+» the first time and «\w+» the second/,
  ],
];

describe.each([
  ['in the first run that is repeated', 1],
  ['a few runs later', 4],
])('code that behaves differently %s is named: it', (_, honestRuns) => {
  it.each(LIES)('%s', async (_what, lie, words) => {
    const { message, frame } = await finding(twoVisitors(RACY), (host) => lying(host, honestRuns, lie));
    expect(message).toMatch(/^Your code did not do the same twice under the same schedule: at step \d+ /);
    expect(message).toMatch(words);
    expect(frame).toMatchObject({ file: 'src/f.ts' });
  });
});

describe('code whose results a host remembers and that behaves differently when it really runs is named: it', () => {
  // Code that stops doing something in a situation that is new to the host can't be distinguished from code that stalls.
  const seen = LIES.filter(([what]) => what !== 'makes no call');
  it.each(seen)('%s', async (_what, lie, words) => {
    const { message } = await finding(
      twoVisitors(RACY),
      (host) => new RememberingHost(lying(host, 2, lie), new ComputingTime()),
    );
    expect(message).toMatch(words);
  });
});

it('names a downstream that keeps a count outside its ledger', async () => {
  let requests = 0;
  const downstream: Downstream = {
    name: 'legacy',
    functionNameParameter: 'LegacyFunctionName',
    serviceTimeMs: 0,
    ledger: {},
    enter(ledger) {
      requests += 1;
      return { ledger, answer: { number: requests } };
    },
    leave: (ledger) => ({ ledger, answer: null }),
  };
  const code = `import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
    const lambda = new LambdaClient({});
    export const handler = async () => { await lambda.send(new InvokeCommand({ FunctionName: process.env.DOWNSTREAM, Payload: '{}' })); };`;
  const { message } = await finding(twoVisitors(code, { downstreams: [downstream] }));
  expect(message).toMatch(
    /^A downstream did not do the same twice under the same schedule: at step \d+ legacy answered with number = \d+ the first time and \d+ the second\. What it answers has to follow from its ledger/,
  );
});

describe('a handler gets the same in every run of', () => {
  it.each([
    ['Math.random', 'Math.random()'],
    ['crypto', 'crypto.randomUUID()'],
    ['the time of day', 'Date.now()'],
    ['the time of day in words', "new Intl.DateTimeFormat('en', { fractionalSecondDigits: 3 }).format()"],
    ['the fine clock', 'performance.now()'],
    ['the clock of the machine', 'String(process.hrtime.bigint())'],
    ['the time of the process', 'process.uptime()'],
    ['its own counter', '(() => { globalThis.counter = (globalThis.counter ?? 0) + 1; return globalThis.counter; })()'],
    ['uninitialised memory', "Buffer.allocUnsafe(64).toString('hex')"],
    [
      'the order of identities',
      '(() => { const seen = new WeakMap(); const ids = [{}, {}].map((it) => seen.set(it, Symbol("id")).has(it)); return ids.join(); })()',
    ],
    ['the stack', 'new Error("here").stack'],
  ])('%s', async (_, look) => {
    const code = `export const handler = async () => ({ saw: String(${look}) });`;
    const seen = new Set<unknown>();
    const options = twoVisitors(code, {
      run: async (context) => {
        const answer = await invokeFunction(context, 'f');
        expect(answer).toHaveProperty('saw');
        seen.add(JSON.stringify(answer));
        return {};
      },
    });
    // Each on a new host, which has never run this code.
    for (let times = 0; times < 3; times += 1) expect((await finding(options)).message).toBe('it was explored');
    expect(seen.size).toBe(1);
  });

  it.each(['process.memoryUsage()', 'process.cpuUsage()', "require('node:fs').readFileSync('/etc/hostname')"])(
    'nothing of %s, which is refused',
    async (look) => {
      const code = `export const handler = async () => { try { await put("a", ${look}); } catch {} };`;
      const { message } = await finding(twoVisitors(code));
      expect(message).not.toBe('it was explored');
      expect(message).not.toContain('did not do the same twice');
    },
  );
});
