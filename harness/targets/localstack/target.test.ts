import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeployRequest, Target } from '../target.ts';
import { type FakeLocalStack, fakeLocalStack, type Heard, healthOf } from './fixtures/fake-localstack.ts';
import { openLocalStack } from './target.ts';

const TEMPLATE = `
Parameters:
  ChargeFunctionName:
    Type: String
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  BumpRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
  Bump:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: bump.handler
      Code: src/ # the learner's own
      Role: !GetAtt BumpRole.Arn
      ReservedConcurrentExecutions: 2
      Environment:
        Variables:
          CHARGE: !Ref ChargeFunctionName
Outputs:
  FunctionName:
    Value: !Ref Bump
`;

const charge = {
  name: 'charge',
  functionNameParameter: 'ChargeFunctionName',
  serviceTimeMs: 1_500,
  ledger: { charges: [] },
  enter: (ledger: object) => ({ ledger: { ...ledger }, answer: null }),
  leave: (ledger: object) => ({ ledger: { ...ledger }, answer: null }),
};

/** A module with a lab whose downstream can be bundled. */
const LABS_MODULE = new URL('./fixtures/labs-with-a-downstream.ts', import.meta.url).pathname;

let fake: FakeLocalStack;
/** The target of most tests, as it packs each function only once. */
let target: Target;
beforeAll(async () => {
  fake = await fakeLocalStack();
  target = await open();
});
beforeEach(() => {
  fake.reset();
  fake.outputs = { FunctionName: 'bump-1' };
  fake.resources = { Bump: 'stack-Bump-x' };
});
afterAll(() => fake.close());

function open(env: Readonly<Record<string, string>> = { LOCALSTACK_ENDPOINT: fake.endpoint }): Promise<Target> {
  const start = () => Promise.reject(new Error('no container in this test'));
  const signal = new AbortController().signal;
  return openLocalStack({ env, labsModule: LABS_MODULE, tell() {}, signal, start, usual: fake.endpoint });
}

function request(more: Partial<DeployRequest> = {}): DeployRequest {
  return {
    slug: 'small',
    template: TEMPLATE,
    modules: [{ module: 'bump', code: '(function (require, module, exports) { exports.handler = async () => 1; })' }],
    parameters: {},
    downstreams: [charge],
    signal: new AbortController().signal,
    tell() {},
    ...more,
  };
}

const operations = () => fake.heard.map(({ operation, about }) => `${operation} ${about}`);
const firstAt = (text: string) => operations().findIndex((said) => said.startsWith(text));

describe('deploying to LocalStack', () => {
  it('makes the ledger and the downstreams before the learner’s stack, and gives code once each is up', async () => {
    const stack = await target.deploy(request());
    const order = [
      `CloudFormation.CreateStack ${stack.name}-harness`,
      `Lambda.UpdateFunctionCode ${stack.name}-charge`,
      `CloudFormation.CreateStack ${stack.name}`,
      'Lambda.UpdateFunctionCode stack-Bump-x',
      'Lambda.PutFunctionConcurrency stack-Bump-x',
      'Lambda.Invoke stack-Bump-x',
    ].map((text) => operations().indexOf(text));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(stack.outputs).toEqual({ FunctionName: 'bump-1' });
  });

  it('passes the downstream’s function name to the template, and no local folder to CloudFormation', async () => {
    const stack = await target.deploy(request());
    const { input } = fake.heard.find(
      ({ operation, about }) => operation.endsWith('CreateStack') && about === stack.name,
    ) ?? { input: {} as Heard['input'] };
    expect(input).toMatchObject({
      'Parameters.member.1.ParameterKey': 'ChargeFunctionName',
      'Parameters.member.1.ParameterValue': `${stack.name}-charge`,
    });
    expect(input.TemplateBody).toContain('ZipFile');
    expect(input.TemplateBody).not.toContain('Code: src/');
  });

  it('sets the reserved concurrency that CloudFormation leaves out, and warms no more environments than that', async () => {
    await target.deploy(request());
    const put = fake.heard.find(({ operation }) => operation === 'Lambda.PutFunctionConcurrency');
    expect(put?.input).toEqual({ ReservedConcurrentExecutions: 2 });
    expect(operations().filter((said) => said.startsWith('Lambda.Invoke'))).toHaveLength(2);
  });

  it('says what the template asks for and LocalStack does not do', async () => {
    const stack = await target.deploy(request({ accountConcurrency: 10 }));
    expect(stack.notices.join(' ')).toContain('does not enforce IAM');
    expect(stack.notices.join(' ')).toContain('account-wide concurrency of 10');
  });

  it('uses its own account, and its own stack name for every run', async () => {
    const [first, second] = [await target.deploy(request()), await target.deploy(request())];
    const other = await open();
    await other.deploy(request());
    expect(first.name).not.toBe(second.name);
    expect(new Set(fake.heard.map(({ account }) => account)).size).toBe(2);
    expect(fake.heard.every(({ account }) => /^[1-9]\d{11}$/.test(account))).toBe(true);
  });

  it('says why a stack could not be made, and removes the parts that were made', async () => {
    fake.createFails = 'Function already exist: bump';
    await expect(target.deploy(request())).rejects.toThrow(
      'LocalStack could not make the stack: Bump (AWS::Lambda::Function): Function already exist: bump.',
    );
    expect([...fake.stacks]).toEqual([]);
  });

  it('removes what it has begun on Ctrl-C', async () => {
    const stop = new AbortController();
    const tell = (what: string): void => {
      if (what === 'starting execution environments') stop.abort();
    };
    await expect(target.deploy(request({ signal: stop.signal, tell }))).rejects.toThrow('aborted');
    expect([...fake.stacks]).toEqual([]);
  });
});

describe('a run on LocalStack', () => {
  const scenario = (run: DeployRequestRun) => ({ title: 'a scenario', run });
  type DeployRequestRun = Parameters<Awaited<ReturnType<Target['deploy']>>['run']>[0]['run'];
  const signal = new AbortController().signal;

  it('shows what the scenario saw, when invocations ran, and what the scenario noted', async () => {
    const row = { functionName: 'bump', environment: 'e', error: null };
    fake.rows.push(
      rowOf({ ...row, requestId: 'b', startedMs: 1_004, endedMs: 1_020 }),
      rowOf({ ...row, requestId: 'a', startedMs: 1_000, endedMs: 1_010 }),
    );
    const stack = await target.deploy(request());
    const { observation, trace } = await stack.run(
      scenario(async (context) => ({ said: context.outputs.FunctionName })),
      signal,
    );
    expect(observation).toEqual({ said: 'bump-1' });
    expect(trace.map(({ atMs, actor, event }) => `${atMs} ${actor} ${event.kind}`)).toEqual([
      '0 bump#1 invocation-started',
      '4 bump#2 invocation-started',
      '10 bump#1 invocation-ended',
      '20 bump#2 invocation-ended',
    ]);
  });

  it('gives a downstream’s initial ledger before its first request', async () => {
    const stack = await target.deploy(request());
    const { observation } = await stack.run(
      scenario(async (context) => ({ ledger: await context.downstream('charge') })),
      signal,
    );
    expect(observation).toEqual({ ledger: { charges: [] } });
  });

  it('waits until a condition is true', async () => {
    const stack = await target.deploy(request());
    let asked = 0;
    await stack.run(
      scenario(async ({ waitUntil }) => {
        await waitUntil('the third look', async () => {
          asked += 1;
          return asked === 3;
        });
        return {};
      }),
      signal,
    );
    expect(asked).toBe(3);
  });

  it('distinguishes a scenario that can’t be carried out from one that was stopped', async () => {
    const stack = await target.deploy(request());
    const broken = scenario(() => Promise.reject(new TypeError('no such queue')));
    await expect(stack.run(broken, signal)).rejects.toThrow(
      'The scenario «a scenario» could not be carried out on LocalStack. TypeError: no such queue',
    );
    const stop = new AbortController();
    const endless = stack.run(
      scenario(({ sleep }) => sleep(60_000).then(() => ({}))),
      stop.signal,
    );
    stop.abort();
    await expect(endless).rejects.toBe(stop.signal.reason);
  });

  it('leaves nothing: it removes both stacks and the log groups that Lambda created', async () => {
    const stack = await target.deploy(request());
    await stack.destroy();
    await stack.destroy();
    expect([...fake.stacks]).toEqual([]);
    expect(operations().filter((said) => said === 'Logs.DeleteLogGroup /aws/lambda/bump')).toHaveLength(1);
    expect(firstAt('CloudFormation.DeleteStack')).toBeLessThan(firstAt('Logs.DeleteLogGroup'));
  });
});

describe('finding a LocalStack', () => {
  it('takes the address from LOCALSTACK_ENDPOINT, then from AWS_ENDPOINT_URL, then LocalStack’s usual address', async () => {
    expect((await open({ LOCALSTACK_ENDPOINT: `${fake.endpoint}/` })).detail).toBe(
      `LocalStack 4.14.0 at ${fake.endpoint}`,
    );
    expect((await open({ AWS_ENDPOINT_URL: fake.endpoint })).detail).toContain(fake.endpoint);
    expect((await open({})).detail).toContain(fake.endpoint);
  });

  it('warns of another version, and is silent about the pinned one', async () => {
    expect((await open()).notices).toEqual([]);
    fake.health = healthOf('4.12.0');
    expect((await open()).notices.join(' ')).toContain('This is LocalStack 4.12.0; the labs are tried on 4.14.0.');
  });

  it.each([
    ['is no address', 'localhost', 'LOCALSTACK_ENDPOINT is «localhost», which is no address'],
    [
      'does not answer',
      'http://127.0.0.1:9',
      'LOCALSTACK_ENDPOINT names http://127.0.0.1:9, and nothing answers there',
    ],
  ])('refuses an address that %s, and does not look elsewhere', async (_, endpoint, words) => {
    await expect(open({ LOCALSTACK_ENDPOINT: endpoint })).rejects.toThrow(words);
  });

  it('sends nothing to a server that is not LocalStack', async () => {
    fake.health = { status: 'ok' };
    await expect(open()).rejects.toThrow('is not LocalStack');
    expect(fake.heard).toEqual([]);
  });

  it('names the services that are missing', async () => {
    fake.health = healthOf('4.14.0', ['sqs', 'iam']);
    await expect(open()).rejects.toThrow('runs without sqs, iam');
  });

  it('starts a container only if no LocalStack runs, and stops it at the end', async () => {
    let stopped = 0;
    const signal = new AbortController().signal;
    const started = await openLocalStack({
      ...{ env: {}, labsModule: LABS_MODULE, tell() {}, signal, usual: 'http://127.0.0.1:9' },
      start: async () => ({
        endpoint: fake.endpoint,
        version: '4.14.0',
        stop: async () => {
          stopped += 1;
        },
      }),
    });
    expect(stopped).toBe(0);
    await started.close();
    expect(stopped).toBe(1);
  });
});

function rowOf(row: { readonly requestId: string; readonly startedMs: number } & Record<string, unknown>) {
  return { id: { S: `invocation ${row.requestId} ${row.startedMs}` }, json: { S: JSON.stringify(row) } };
}
