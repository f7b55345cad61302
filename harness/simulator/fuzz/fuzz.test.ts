/**
 * Any calls of any operation, valid and invalid, while mappings, rules and subscriptions work and time passes: no assertion of the simulator
 * fails, every answer is one that AWS could give, and the same calls give the same trace.
 *
 * `RACEPROOF_FUZZ=20000` runs that many sequences of calls, `RACEPROOF_SEED=7` draws others.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AwsAnswer, type AwsCall, fail, type Input, NOT_SIMULATED, notSimulated, ok } from '../contract/answer.ts';
import { seeded } from '../kernel/choices.ts';
import { programs } from '../programs/arbitrary-for-tests.ts';
import { operationsOfServices } from '../programs/every-operation-for-tests.ts';
import { settingFor } from '../programs/exploration-for-tests.ts';
import { runProgram } from '../programs/run-for-tests.ts';
import { SERVICES } from '../services/all.ts';
import type { Trace } from '../trace.ts';
import type { Account } from '../world/account.ts';
import { momentBefore } from '../world/deploy.ts';
import { type FuzzedAccount, fuzzedAccounts, MAPPINGS_AT_WORK } from './accounts-for-tests.ts';
import { anyInputsOf } from './any-inputs-for-tests.ts';
import { judgeAnswer } from './judgement-for-tests.ts';
import { type FuzzAct, runActs, runWithoutRefused } from './run-for-tests.ts';
import { type SdkOperation, sdkApiOf } from './sdk-operations-for-tests.ts';

const SEQUENCES = Number(process.env.RACEPROOF_FUZZ ?? 1_500);
const CALLS_OF_EACH = Math.ceil(SEQUENCES / 4);
/** Of the simulator's own draws; what properties draw has the same seed (`seed-of-properties.ts`). */
const SEED = Number(process.env.RACEPROOF_SEED ?? 1);

const SIMULATED = await operationsOfServices();
const APIS = (await Promise.all(SERVICES.map((service) => sdkApiOf(service, declarationOf)))).filter(
  (api) => api !== null,
);
const OPERATIONS = new Map<string, SdkOperation>(
  APIS.flatMap(({ operations }) => operations.map((of) => [`${of.api} ${of.operation}`, of] as const)),
);
const ACCOUNTS = fuzzedAccounts(SIMULATED, 24);

/** The only operation that looks at nothing in its input. */
const TAKES_NO_INPUT = 'Lambda GetAccountSettings';

function declarationOf(packageName: string, command: string): string {
  const root = dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
  return readFileSync(join(root, 'dist-types/commands', `${command}.d.ts`), 'utf8');
}

/** Calls of the simulated operations, by name. Two services may simulate one operation (`Invoke`). */
const CALLS = new Map<string, fc.Arbitrary<AwsCall>>(
  SIMULATED.flatMap(({ service: { service }, inputs }) =>
    Object.entries(inputs).map(([operation, own]) => {
      const of = OPERATIONS.get(`${service} ${operation}`);
      if (of === undefined) throw new Error(`The SDK has no ${operation} of ${service}.`);
      return [`${service} ${operation}`, callsOf(of, own)] as const;
    }),
  ),
);

function callsOf(of: SdkOperation, own: fc.Arbitrary<Input> | undefined): fc.Arbitrary<AwsCall> {
  const words = APIS.find(({ api }) => api === of.api)?.words ?? [];
  return anyInputsOf(of, own, words).map((input) => ({ service: of.api, operation: of.operation, input }));
}

const acts: fc.Arbitrary<readonly FuzzAct[]> = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.oneof(...CALLS.values()).map((call): FuzzAct => ({ call })) },
      { weight: 1, arbitrary: fc.constantFrom(1, 1_000, 31_000, 300_000, 86_400_000).map((waitMs) => ({ waitMs })) },
    ),
    { minLength: 1, maxLength: 10 },
  )
  .chain((some) => fc.constantFrom(some, [...MAPPINGS_AT_WORK, ...some]));

function accountAt(place: number): FuzzedAccount {
  return ACCOUNTS[place] ?? expect.fail(`there is no account ${place}`);
}

/** What was answered to calls in one run, with the operation. */
function answersIn(trace: Trace): readonly (readonly [string, AwsAnswer])[] {
  const names = new Map<string, string>();
  return trace.flatMap(({ event }) => {
    if (event.kind === 'call-sent') names.set(event.call, `${event.service} ${event.operation}`);
    const isAnswer = event.kind === 'call-answered' || event.kind === 'call-applied';
    return isAnswer && event.answer !== null ? [[names.get(event.call) ?? '', event.answer] as const] : [];
  });
}

function expectAnswersOfAws(trace: Trace, met: Map<string, Set<string>>): void {
  for (const [name, answer] of answersIn(trace)) {
    const operation = OPERATIONS.get(name);
    if (operation === undefined) throw new Error(`the SDK has no ${name}`);
    expect(judgeAnswer(operation, answer)).toBeNull();
    met.set(name, (met.get(name) ?? new Set()).add(answer.ok ? 'ok' : 'refused'));
  }
}

describe('one call of an operation', () => {
  it.each([...CALLS.keys()])('is answered as AWS could answer it: %s', (name) => {
    const operation = OPERATIONS.get(name) ?? expect.fail(`the SDK has no ${name}`);
    const calls = CALLS.get(name) ?? expect.fail(`${name} has no calls`);
    fc.assert(
      fc.property(calls, fc.nat(ACCOUNTS.length - 1), (call, place) => {
        const answer = answerAtOnce(accountAt(place).account.copy(), call);
        if (answer !== null) expect(judgeAnswer(operation, answer)).toBeNull();
      }),
      { numRuns: CALLS_OF_EACH },
    );
  });
});

/** What a call is answered in the first moment; null if the answer comes later. */
function answerAtOnce(account: Account, call: AwsCall): AwsAnswer | null {
  const service = account.serviceOf(call);
  const state = account.stateOf(service);
  const made = { ...call, by: 'tester' };
  const number = service.setOut?.(state, made)?.number ?? null;
  return service.call(state, { ...made, id: 'call-1', number }, momentBefore(account)).answer;
}

describe('any calls of any operations', () => {
  it('are answered as AWS could answer them, and the same calls give the same trace', async () => {
    const met = new Map<string, Set<string>>();
    const cases = fc.record({ acts, place: fc.nat(ACCOUNTS.length - 1), seed: fc.nat() });
    await fc.assert(
      fc.asyncProperty(cases, async ({ acts: asked, place, seed }) => {
        const { account, again, faults } = accountAt(place);
        const { runs, kept } = await runWithoutRefused({ account, faults, seed }, asked);
        for (const { trace } of runs) expectAnswersOfAws(trace, met);
        const elsewhere = await runActs({ account: again(), faults, seed }, kept);
        expect(JSON.stringify(elsewhere.trace)).toBe(JSON.stringify(runs.at(-1)?.trace));
      }),
      { numRuns: SEQUENCES },
    );
    for (const name of CALLS.keys()) {
      const answers = met.get(name) ?? new Set();
      expect([name, answers.has('ok'), answers.has('refused')]).toEqual([name, true, name !== TAKES_NO_INPUT]);
    }
  }, 3_600_000);

  it('of operations that are not simulated are refused by the name of the operation', async () => {
    const others = [...OPERATIONS.values()].filter(({ api, operation }) => !CALLS.has(`${api} ${operation}`));
    expect(others.length).toBeGreaterThan(100);
    const { account } = accountAt(0);
    for (const operation of others) {
      for (const call of fc.sample(callsOf(operation, undefined), 3)) {
        const { trace } = await runActs({ account, faults: {}, seed: SEED }, [{ call }]);
        const [answer] = answersIn(trace).map(([, one]) => one);
        expect(answer).toMatchObject({ ok: false, error: { code: NOT_SIMULATED } });
        expect(answer?.ok === false && answer.error.message).toContain(operation.operation);
      }
    }
  });
});

describe('the judge of answers', () => {
  const of = (name: string) => OPERATIONS.get(name) ?? expect.fail(`the SDK has no ${name}`);
  const queued = (output: Input) => judgeAnswer(of('SQS SendMessage'), ok(output));
  const unknownFunction = (status: number, message: string, code = 'ResourceNotFoundException') =>
    judgeAnswer(of('Lambda Invoke'), fail(code, message, status, { Type: 'User' }));

  it('accepts an output of the operation’s shape, and no other', () => {
    expect(queued({ MessageId: 'a', MD5OfMessageBody: 'b' })).toBeNull();
    expect(queued({ MessageId: 'a', Body: 'b' })).toBe('SQS SendMessage: the output has a member «Body»');
    expect(queued({ MessageId: 7 })).toBe('SQS SendMessage: the output.MessageId is 7');
    expect(queued({ MessageId: null })).toBe('SQS SendMessage: the output.MessageId is null');
    expect(judgeAnswer(of('Kinesis PutRecords'), ok({ Records: [{ ShardId: null }] }))).toContain('Records[0].ShardId');
    expect(judgeAnswer(of('Kinesis GetRecords'), ok({ Records: [{ Data: 'a' }] }))).toContain('Records[0].Data is "a"');
  });

  it('accepts the documented errors of an operation with their status and members, and refusals by name', () => {
    expect(unknownFunction(404, 'Function not found: a')).toBeNull();
    expect(unknownFunction(400, 'Function not found: a')).toContain('with status 400, not 404');
    expect(unknownFunction(404, 'Function not found: a', 'NoSuchFunction')).toContain(
      'NoSuchFunction is not documented',
    );
    expect(unknownFunction(404, 'Function not found: undefined')).toContain('says «Function not found: undefined»');
    expect(judgeAnswer(of('Lambda Invoke'), notSimulated('Invoke with TenantId'))).toBeNull();
    const misplaced = fail('QueueDoesNotExist', 'The specified queue does not exist.', 400, { Queue: 'a' });
    expect(judgeAnswer(of('SQS SendMessage'), misplaced)).toContain('has a member «Queue»');
  });
});

describe('a thousand random programs', () => {
  it('run twice give the same traces, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(), async (program, seed) => {
        const traces: string[] = [];
        for (const setting of [settingFor(program), settingFor(program)])
          traces.push(JSON.stringify((await runProgram(setting, seeded(seed))).trace));
        expect(traces[1]).toBe(traces[0]);
      }),
      { numRuns: 1_000 },
    );
  }, 600_000);
});
