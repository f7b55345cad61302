/**
 * Acts out a program's scenario: the concurrent lanes, then the acts at rest, then reads of everything that is left.
 *
 * It needs no promises. Its result is everything that it saw, as text.
 */

import type { AwsAnswer, AwsCall } from '../contract/answer.ts';
import { fromUtf8 } from '../contract/utf8.ts';
import type { PutBack } from '../kernel/checkpoint.ts';
import type { ScenarioActor, ScenarioDesk, ScenarioOutcome } from '../world.ts';
import { awsCallOf, invoking } from './code-for-tests.ts';
import { FIFO_SUFFIX, functionName, QUEUES, queueUrl, TABLE } from './names-for-tests.ts';
import type { Ask, Program } from './program-for-tests.ts';

/** What the scenario was answered, by lane or in one order, and what it found in the end. */
export interface SeenByScenario {
  readonly answers: readonly (readonly string[])[];
  readonly left: readonly string[];
}

export class ProgramActor implements ScenarioActor<SeenByScenario> {
  outcome: ScenarioOutcome<SeenByScenario> = {};
  readonly #program: Program;
  readonly #answers: string[][] = [];
  readonly #left: string[] = [];
  #todo: (() => void)[] = [];

  constructor(program: Program) {
    this.#program = program;
  }

  enter(desk: ScenarioDesk): void {
    const { lanes, later, apart } = this.#program;
    this.#todo.push(() => {
      desk.atRest(() =>
        this.#todo.push(() => this.#ask(desk, later, null, this.#log(lanes.length), () => this.#look(desk))),
      );
      for (const [lane, asks] of lanes.entries())
        this.#ask(desk, asks, apart ? lane : null, this.#log(apart ? lane : 0), () => {});
    });
  }

  goOn(): void {
    for (let todo = this.#todo; todo.length > 0; todo = this.#todo) {
      this.#todo = [];
      for (const one of todo) one();
    }
  }

  /** Closures on the agenda hold the lists of answers, so these stay the same objects. */
  checkpoint(): PutBack | null {
    if (this.#todo.length > 0) return null;
    const logs = [...Object.values(this.#answers), this.#left].map((log) => ({ log, length: log.length }));
    const lanes = this.#answers.length;
    const { outcome } = this;
    return () => {
      this.#answers.length = lanes;
      for (const { log, length } of logs) log.length = length;
      this.#todo = [];
      this.outcome = outcome;
      return true;
    };
  }

  #log(place: number): string[] {
    const log = this.#answers[place] ?? [];
    this.#answers[place] = log;
    return log;
  }

  /** Performs the acts one after the other. */
  #ask(desk: ScenarioDesk, asks: readonly Ask[], lane: number | null, log: string[], then: () => void): void {
    const [first, ...rest] = asks;
    if (first === undefined) {
      then();
      return;
    }
    this.#call(desk, callOf(first, this.#program), lane, log, () => this.#ask(desk, rest, lane, log, then));
  }

  #call(desk: ScenarioDesk, call: AwsCall, lane: number | null, log: string[], then: () => void): void {
    const answered = (answer: AwsAnswer): void => {
      this.#todo.push(() => {
        log.push(`${lane} ${call.operation}: ${readableAnswer(answer)}`);
        then();
      });
    };
    desk.call(call.service, call.operation, call.input, answered, lane);
  }

  /** Waits for the answers to the acts at rest, and then reads. */
  #look(desk: ScenarioDesk): void {
    desk.atRest(() => this.#todo.push(() => this.#lookAt(desk, looks(this.#program))));
  }

  #lookAt(desk: ScenarioDesk, calls: readonly AwsCall[]): void {
    const [first, ...rest] = calls;
    if (first === undefined) {
      this.outcome = { result: { answers: this.#answers, left: this.#left } };
      return;
    }
    this.#call(desk, first, null, this.#left, () => this.#lookAt(desk, rest));
  }
}

const COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];

/** Reads of all items, of the number of messages, and of those that can be received. */
function looks(program: Program): readonly AwsCall[] {
  const items: AwsCall = { service: 'DynamoDB', operation: 'Scan', input: { TableName: TABLE, ConsistentRead: true } };
  const queues = queuesOf(program).flatMap((name): readonly AwsCall[] => {
    const QueueUrl = queueUrl(name);
    const receive = { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] };
    return [
      { service: 'SQS', operation: 'GetQueueAttributes', input: { QueueUrl, AttributeNames: COUNTS } },
      { service: 'SQS', operation: 'ReceiveMessage', input: receive },
    ];
  });
  return [items, ...queues];
}

/** The names of the queues that can have messages. */
function queuesOf(program: Program): readonly string[] {
  const text = JSON.stringify(program);
  const named = QUEUES.filter(
    (name) => text.includes(`"queue":"${name}"`) || (program.mapping !== null && name !== 'other'),
  );
  return program.mapping?.isFifo ? [...named, `input${FIFO_SUFFIX}`, `dead${FIFO_SUFFIX}`] : named;
}

function callOf(ask: Ask, { mapping }: Program): AwsCall {
  switch (ask.ask) {
    case 'invoke':
    case 'event':
      return invoking(functionName(ask.function), ask.given, ask.ask === 'event');
    case 'send': {
      const bodies = ask.twice ? [ask.given, ask.given + 1] : [ask.given];
      const isFifo = mapping?.isFifo ?? false;
      const Entries = bodies.map((body, at) => ({
        ...{ Id: String(at), MessageBody: String(body) },
        ...(isFifo ? { MessageGroupId: body % 2 === 0 ? 'even' : 'odd' } : {}),
      }));
      const QueueUrl = queueUrl(isFifo ? `input${FIFO_SUFFIX}` : 'input');
      return { service: 'SQS', operation: 'SendMessageBatch', input: { QueueUrl, Entries } };
    }
    case 'call': {
      const known = { seen: 0, given: 7, memory: 0, nowMs: 0, received: null, callee: null };
      const call = awsCallOf(ask.call, known);
      if (call === null) throw new Error(`the scenario can't ${ask.call.do}`);
      return call;
    }
  }
}

/** An answer as text, with payloads that can be read. */
export function readableAnswer(answer: AwsAnswer): string {
  return JSON.stringify(answer, (_, value: unknown) => (value instanceof Uint8Array ? fromUtf8(value) : value));
}
