/**
 * Versions, aliases and provisioned environments as a learner uses them: in a template, in handlers, with everything that can come in another
 * order.
 */

import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  PublishVersionCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { Observation, ScenarioContext } from '../../../course/lab.ts';
import { rowsOf } from '../../../grader/draw/rows.ts';
import { explain } from '../../../grader/explain/explain.ts';
import { rest } from '../../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  eventsOf,
  everyClass,
  everyRun,
  invokeFunction,
  look,
  runOnce,
  type SmallLabOptions,
} from '../../../grader/fixtures/small-lab.ts';
import { seeded } from '../../kernel/choices.ts';
import type { WorldRun } from '../../world.ts';

/** Tells what its runtime tells it. */
const TELL = `
const { AWS_LAMBDA_FUNCTION_VERSION: version, AWS_LAMBDA_INITIALIZATION_TYPE: type, STAGE: stage } = process.env;
export const handler = async (_event, { functionVersion, invokedFunctionArn, logStreamName }) => ({
  version, type, stage, functionVersion, arn: invokedFunctionArn.split(':').slice(6).join(':'), stream: /\\[(.+)\\]/.exec(logStreamName)[1],
});`;
/** Counts its requests under the name of its version. */
const COUNT = `export const handler = async (event) => { await add('version ' + process.env.AWS_LAMBDA_FUNCTION_VERSION); };`;

const LIVE = `  First:
    Type: AWS::Lambda::Version
    Properties: { FunctionName: !Ref f }
  Live:
    Type: AWS::Lambda::Alias
    Properties: { Name: live, FunctionName: !Ref f, FunctionVersion: !GetAtt First.Version }
`;
const provisioned = (count: number): string =>
  LIVE.replace(
    'First.Version }',
    `First.Version, ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: ${count} } }`,
  );

const lab = (code: string, more: Partial<SmallLabOptions>): SmallLabOptions => ({
  functions: { f: code },
  resources: LIVE,
  run: async () => ({}),
  ...more,
});

/** A second version, which the alias names for half of all requests, or for all. */
async function release({ clients: { lambda } }: ScenarioContext, weight: number): Promise<void> {
  const FunctionName = 'f';
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description: 'the second' }));
  await lambda.send(new PublishVersionCommand({ FunctionName }));
  const move = { FunctionName, Name: 'live', FunctionVersion: weight === 1 ? '2' : '1' };
  const RoutingConfig = { AdditionalVersionWeights: weight === 1 ? {} : { 2: weight } };
  await lambda.send(new UpdateAliasCommand({ ...move, RoutingConfig }));
}

async function counted(context: ScenarioContext): Promise<Observation> {
  return { first: await look(context, 'version 1'), second: await look(context, 'version 2') };
}

const resultsOf = (runs: readonly WorldRun<Observation>[]) => distinct(runs.map(({ result }) => result));
const rowsIn = (run: WorldRun<Observation>) => rowsOf(run.trace).map(({ actor, text }) => `${actor}: ${text}`);

describe('a handler', () => {
  it('LS-38 is told its version and the name by which it was invoked', async () => {
    const run = async (context: ScenarioContext) => ({
      answers: [
        await invokeFunction(context, 'f'),
        await invokeFunction(context, 'f:1'),
        await invokeFunction(context, 'f:live'),
      ],
    });
    const told = (version: string, arn: string) => ({
      version,
      type: 'on-demand',
      functionVersion: version,
      arn,
      stream: version,
    });
    expect(resultsOf(await everyClass(lab(TELL, { run })))).toEqual([
      { answers: [told('$LATEST', 'f'), told('1', 'f:1'), told('1', 'f:live')] },
    ]);
  });

  it('invokes an alias, whose error names what was not found', async () => {
    const code = `
import { LambdaClient, InvokeCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
const lambda = new LambdaClient({});
export const handler = async () => {
  const { ExecutedVersion } = await lambda.send(new InvokeCommand({ FunctionName: 'f', Qualifier: 'live' }));
  const missing = await lambda.send(new InvokeCommand({ FunctionName: 'f:next' })).catch((error) => error instanceof ResourceNotFoundException);
  return { ExecutedVersion, missing };
};`;
    const run = async (context: ScenarioContext) => ({ answer: await invokeFunction(context, 'call') });
    const runs = await everyClass(lab(TELL, { functions: { f: TELL, call: code }, run }));
    expect(resultsOf(runs)).toEqual([{ answer: { ExecutedVersion: '1', missing: true } }]);
    expect(rowsIn(runs[0] ?? expect.fail('no run'))).toContain('call#1: Invoke f:live');
  });
});

describe('a weighted alias', () => {
  const twice = async (context: ScenarioContext): Promise<Observation> => {
    await release(context, 0.1);
    await Promise.all([invokeFunction(context, 'f:live'), invokeFunction(context, 'f:live')]);
    return counted(context);
  };
  const options = lab(COUNT, { run: twice, equalCallsAreAlike: true });

  it('LS-40 sends every request either way in an exploration, at no cost', async () => {
    const all = await everyRun(options);
    const some = await everyClass(options);
    const outcomes = [
      { first: 1, second: 1 },
      { first: 2, second: null },
      { first: null, second: 2 },
    ];
    expect(resultsOf(all)).toEqual(outcomes);
    expect(resultsOf(some)).toEqual(outcomes);
    expect(some.length).toBeLessThan(all.length);
    expect(distinct(all.map(({ faults }) => faults))).toEqual([0]);
  });

  it('LS-40 sends as many to each version as its weights say in runs by the clock', async () => {
    const many = async (context: ScenarioContext): Promise<Observation> => {
      await release(context, 0.2);
      await Promise.all(Array.from({ length: 80 }, () => invokeFunction(context, 'f:live')));
      return counted(context);
    };
    const { result } = await runOnce(lab(COUNT, { run: many, plan: { mode: 'timed', seeds: [7] } }), seeded(7));
    const { first, second } = result as { readonly first: number; readonly second: number };
    expect(first + second).toBe(80);
    expect(second).toBeGreaterThan(5);
    expect(second).toBeLessThan(30);
  });

  it('LS-40 sends an event either way, and counts on the place that it has', async () => {
    const event = async (context: ScenarioContext): Promise<Observation> => {
      await release(context, 0.5);
      await context.clients.lambda.send(new InvokeCommand({ FunctionName: 'f:live', InvocationType: 'Event' }));
      await rest(context);
      return counted(context);
    };
    expect(resultsOf(await everyRun(lab(COUNT, { run: event })))).toEqual([
      { first: 1, second: null },
      { first: null, second: 1 },
    ]);
  });
});

describe('what invokes functions', () => {
  const QUEUE = `  Orders:
    Type: AWS::SQS::Queue
    Properties: { QueueName: orders, VisibilityTimeout: 60 }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Live }
  Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: news } }
  Told:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Topic, Protocol: lambda, Endpoint: !Ref Live }
  Rule:
    Type: AWS::Events::Rule
    Properties: { EventPattern: { source: [shop] }, Targets: [{ Id: live, Arn: !Ref Live }] }
  MayInvoke:
    Type: AWS::Lambda::Permission
    Properties: { Action: lambda:InvokeFunction, FunctionName: !Ref Live, Principal: sns.amazonaws.com }
`;

  it('LS-38 invokes an alias: a mapping, a topic and a rule', async () => {
    const run = async (context: ScenarioContext): Promise<Observation> => {
      const { sqs, sns, eventbridge } = context.clients;
      const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
      await rest(context);
      await sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:news', Message: 'b' }));
      await rest(context);
      await eventbridge.send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'c', Detail: '{}' }] }));
      await rest(context);
      return counted(context);
    };
    const runs = await everyClass(lab(COUNT, { resources: `${LIVE}${QUEUE}`, run }));
    expect(resultsOf(runs)).toEqual([{ first: 3, second: null }]);
    expect(eventsOf(runs[0] ?? expect.fail('no run'), 'invocation-started')).toMatchObject([
      { version: '1', alias: 'live' },
      { version: '1', alias: 'live' },
      { version: '1', alias: 'live' },
    ]);
  });
});

/** Reads the price when its module is loaded, and answers it. */
const STALE = `
const price = get('price');
export const handler = async () => ({ price: (await price) ?? null });`;

describe('a provisioned environment', () => {
  it('LS-43 runs Init before the first request, and so may know what is no longer true', async () => {
    const code = `
const loaded = put('loaded', 1);
export const handler = async () => { await loaded; return { loaded: 1 }; };`;
    const run = async (context: ScenarioContext): Promise<Observation> => {
      const before = await look(context, 'loaded');
      return { before, answer: await invokeFunction(context, 'f:live') };
    };
    // A call that Init does not wait for leaves before the freeze, or with the first request.
    expect(resultsOf(await everyRun(lab(code, { resources: provisioned(1), run })))).toEqual([
      { before: 1, answer: { loaded: 1 } },
      { before: null, answer: { loaded: 1 } },
    ]);
    expect(resultsOf(await everyRun(lab(code, { run })))).toEqual([{ before: null, answer: { loaded: 1 } }]);
    const reads = async (context: ScenarioContext): Promise<Observation> => {
      await invokeFunction(context, 'price', {});
      return { answer: await invokeFunction(context, 'f:live') };
    };
    const functions = { f: STALE, price: `export const handler = () => put('price', 5);` };
    const stale = await everyClass(lab(STALE, { functions, resources: provisioned(1), run: reads }));
    expect(resultsOf(stale)).toEqual([{ answer: { price: 5 } }, { answer: { price: null } }]);
    const fresh = await everyClass(lab(STALE, { functions, run: reads }));
    expect(resultsOf(fresh)).toEqual([{ answer: { price: 5 } }]);
  });

  it('LS-12 leaves nothing for the unpublished version if it takes all that is reserved', async () => {
    const run = async (context: ScenarioContext) => ({
      answers: [await invokeFunction(context, 'f'), await invokeFunction(context, 'f:live')],
    });
    const functions = { f: { code: TELL, reserved: 1 } };
    const runs = await everyClass(lab(TELL, { functions, resources: provisioned(1), run }));
    expect(resultsOf(runs)).toMatchObject([
      { answers: ['TooManyRequestsException: Rate Exceeded.', { type: 'provisioned-concurrency', version: '1' }] },
    ]);
    expect(runs).toHaveLength(1);
    expect(rowsIn(runs[0] ?? expect.fail('no run'))).toContain('f:1#2: starts through live');
  });

  it('LS-11 multiplies no classes: requests that find one each do not depend on each other', async () => {
    const run = async (context: ScenarioContext) => {
      await Promise.all(['a', 'b'].map((id) => invokeFunction(context, 'f:live', { id })));
      return {};
    };
    const code = 'export const handler = async ({ id }) => { await put(id, 1); };';
    const classes = async (resources: string) => (await everyClass(lab(code, { resources, run }))).length;
    // Nobody can tell apart which of the two is answered first but the scenario.
    expect(await classes(provisioned(2))).toBe(2);
    expect(await classes(provisioned(1))).toBeGreaterThan(2);
    expect(await classes(LIVE)).toBeGreaterThan(2);
  });

  it('LS-11 that is asked for in a run is ready before or after any other step', async () => {
    const run = async ({ clients: { lambda }, ...context }: ScenarioContext): Promise<Observation> => {
      const named = { FunctionName: 'f', Qualifier: '1' };
      await lambda.send(new PutProvisionedConcurrencyConfigCommand({ ...named, ProvisionedConcurrentExecutions: 1 }));
      const answer = await invokeFunction({ clients: { lambda }, ...context } as ScenarioContext, 'f:1');
      const { Status } = await lambda.send(new GetProvisionedConcurrencyConfigCommand(named));
      return { type: (answer as { readonly type: string }).type, Status };
    };
    const all = resultsOf(await everyRun(lab(TELL, { run })));
    expect(all).toEqual([
      { type: 'on-demand', Status: 'IN_PROGRESS' },
      { type: 'on-demand', Status: 'READY' },
      { type: 'provisioned-concurrency', Status: 'READY' },
    ]);
    expect(resultsOf(await everyClass(lab(TELL, { run })))).toEqual(all);
  });

  it('LS-44 that fails in Init is told, and requests are served on demand', async () => {
    const code = `if (process.env.AWS_LAMBDA_INITIALIZATION_TYPE !== 'on-demand') throw new Error('no config');
export const handler = async () => 1;`;
    const run = async (context: ScenarioContext) => ({ answer: await invokeFunction(context, 'f:live') });
    const [failed = expect.fail('no run')] = await everyClass(lab(code, { resources: provisioned(2), run }));
    expect(failed.result).toEqual({ answer: 1 });
    expect(eventsOf(failed, 'provisioning-failed')).toEqual([{ kind: 'provisioning-failed', functionName: 'f:live' }]);
    const told = explain(failed.trace, { headline: 'It went wrong.', hintId: 'any' }).because.join(' ');
    expect(told).toContain('Lambda could not provision f:live');
  });

  it('LS-44 stands behind its alias until that of the next version is ready', async () => {
    const run = async (context: ScenarioContext): Promise<Observation> => {
      await release(context, 1);
      await invokeFunction(context, 'f:live');
      await rest(context);
      await invokeFunction(context, 'f:live');
      return counted(context);
    };
    const runs = await everyClass(lab(COUNT, { resources: provisioned(1), run }));
    expect(resultsOf(runs)).toEqual([
      { first: 1, second: 1 },
      { first: null, second: 2 },
    ]);
    for (const one of runs) for (const { cold } of eventsOf(one, 'invocation-started')) expect(cold).toBe(false);
  });
});
