/**
 * A scenario that makes given calls, some of them concurrently, and reads the whole account in the end. And one run of it.
 */

import type { AwsAnswer, AwsCall, Input } from '../contract/answer.ts';
import { toUtf8 } from '../contract/utf8.ts';
import type { Choices } from '../kernel/choices.ts';
import type { OutcomeParts } from '../kernel/recorded-run/commuting.ts';
import type { TraceEvent } from '../trace.ts';
import type { Account } from '../world/account.ts';
import { applyAtOnce, momentBefore } from '../world/deploy.ts';
import { watchedInOrder } from '../world/footprints.ts';
import { type ScenarioActor, type ScenarioDesk, type ScenarioOutcome, World } from '../world.ts';
import { queueArnFor, queueUrl, RECORDS_ARN, STREAM } from './names-for-tests.ts';
import type { ProgramSetting } from './run-for-tests.ts';
import { readableAnswer } from './scenario-for-tests.ts';

/** The scenario's calls: concurrent lanes, each with one call after the other, and the reads that it makes at rest. */
export interface CallsAsked {
  readonly lanes: readonly (readonly AwsCall[])[];
  readonly looks: readonly AwsCall[];
}

const MAX_STEPS = 300;

interface Seen {
  readonly answers: readonly (readonly string[])[];
  readonly left: readonly string[];
}

class CallsAtOnce implements ScenarioActor<Seen> {
  outcome: ScenarioOutcome<Seen> = {};
  readonly #asked: CallsAsked;
  #todo: (() => void)[] = [];

  constructor(asked: CallsAsked) {
    this.#asked = asked;
  }

  enter(desk: ScenarioDesk): void {
    const { lanes, looks } = this.#asked;
    const answers = lanes.map((): string[] => []);
    const left: string[] = [];
    this.#todo.push(() => {
      desk.atRest(() =>
        this.#todo.push(() =>
          this.#ask(desk, looks, null, left, () => {
            this.outcome = { result: { answers, left } };
          }),
        ),
      );
      for (const [lane, calls] of lanes.entries()) this.#ask(desk, calls, lane, answers[lane] ?? [], () => {});
    });
  }

  goOn(): void {
    for (let todo = this.#todo; todo.length > 0; todo = this.#todo) {
      this.#todo = [];
      for (const one of todo) one();
    }
  }

  #ask(desk: ScenarioDesk, calls: readonly AwsCall[], lane: number | null, log: string[], then: () => void): void {
    const [first, ...rest] = calls;
    if (first === undefined) {
      then();
      return;
    }
    const answered = (answer: AwsAnswer) => {
      this.#todo.push(() => {
        log.push(`${first.operation}: ${readableAnswer(answer)}`);
        this.#ask(desk, rest, lane, log, then);
      });
    };
    desk.call(first.service, first.operation, first.input, answered, lane);
  }
}

/**
 * Two queues begin with a message each, so that calls have something to receive, hide and delete, and a stream with two shards begins with a
 * record.
 */
export function withMessages(setting: ProgramSetting): ProgramSetting {
  const account = setting.account.copy();
  for (const name of ['other', 'dead']) {
    const input = { QueueUrl: queueUrl(name), MessageBody: '5' };
    applyAtOnce(account, { service: 'SQS', operation: 'SendMessage', input }, momentBefore(account));
  }
  const kinesis = (operation: string, input: Input) =>
    applyAtOnce(account, { service: 'Kinesis', operation, input }, momentBefore(account));
  kinesis('CreateStream', { StreamName: STREAM, ShardCount: 2 });
  kinesis('PutRecord', { StreamName: STREAM, PartitionKey: 'a', Data: toUtf8('5') });
  kinesis('RegisterStreamConsumer', { StreamARN: RECORDS_ARN, ConsumerName: 'c1' });
  if (setting.program.apart) startMoving(account);
  return { ...setting, account };
}

/** The account also begins with what the services' own inputs for tests are about. */
export function withCallsBefore(setting: ProgramSetting, calls: readonly AwsCall[]): ProgramSetting {
  const account = setting.account.copy();
  for (const call of calls) {
    const answer = applyAtOnce(account, call, momentBefore(account));
    if (!answer.ok) throw new Error(`${call.operation} before a run: ${answer.error.message}`);
  }
  return { ...setting, account };
}

/** A task of before, which nothing continues: without it hardly any call would cancel one. */
function startMoving(account: Account): void {
  const call = { service: 'SQS', operation: 'StartMessageMoveTask', input: { SourceArn: queueArnFor('dead') } };
  const sqs = account.serviceOf(call);
  const made = { id: 'before', by: 'before', number: null, ...call };
  sqs.call(account.stateOf(sqs), made, momentBefore(account));
}

/** Runs the scenario once, in the account of a program whose functions may be invoked. */
export async function runCalls(
  { program, account, host }: ProgramSetting,
  asked: CallsAsked,
  choices: Choices,
  meet: (service: string, operation: string) => void,
): Promise<OutcomeParts> {
  const world = new World({
    ...{ account, host, choices, faults: program.faults, maxSteps: MAX_STEPS, seed: 1 },
    ...{ frames: false, afresh: true, locate: () => undefined, watched: watchedInOrder(program.watches) },
  });
  const actor = new CallsAtOnce(asked);
  const { end, result, trace } = await world.run(actor);
  const parts = new Map<string, string[]>();
  for (const { actor: who, event } of trace) {
    if (event.kind === 'call-applied' && (event.answer === null || event.answer.ok))
      meet(account.serviceOf({ ...event, input: event.input as Input }).name, event.operation);
    const part = partOf(who, event);
    parts.set(part, [...(parts.get(part) ?? []), wordsFor(event)]);
  }
  return {
    'the end': end,
    ...Object.fromEntries(result?.answers.map((log, lane) => [`lane ${lane}`, log.join('\n')]) ?? []),
    'what is left': result?.left.join('\n') ?? 'nothing',
    ...Object.fromEntries([...parts].map(([part, all]) => [part, inOrder(part, all).join('\n')])),
  };
}

/** Additions to a number commute, and no actor learns which of two came first: the changes belong to the items. */
function partOf(who: string, event: TraceEvent): string {
  if (event.kind === 'item-changed') return 'what became of the items';
  return `what ${who} ${isToldToCode(who, event) ? 'was told' : 'did'}`;
}

/** Code notices the order in which it learns things, but not the order in which its calls take effect. */
function isToldToCode(who: string, { kind }: TraceEvent): boolean {
  return who.includes('#') && (kind === 'call-answered' || kind === 'timer-fired' || kind.startsWith('invocation-'));
}

function wordsFor(event: TraceEvent): string {
  if (event.kind === 'call-answered') return readableAnswer(event.answer);
  return event.kind.startsWith('call-') ? event.kind : JSON.stringify(event, withoutCalls);
}

/** Calls are counted across the whole world, and neither code nor the scenario sees their names. */
function withoutCalls(name: string, value: unknown): unknown {
  return name === 'call' ? undefined : value;
}

function inOrder(part: string, all: readonly string[]): readonly string[] {
  return part.endsWith('told') ? all : [...all].sort();
}
