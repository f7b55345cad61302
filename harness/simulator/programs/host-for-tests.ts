/**
 * A host that runs no JavaScript: it interprets the operations of a program for tests, synchronously in this process.
 *
 * An environment sees only its commands and keeps one number between invocations: how often it was invoked. Like the SDK, it
 * repeats a call whose answer was lost, once.
 */

import type { AwsAnswer, AwsCall } from '../contract/answer.ts';
import type { HostInvocation } from '../contract/code.ts';
import type { Host, HostCommand, HostReport } from '../host.ts';
import type { PutBack } from '../kernel/checkpoint.ts';
import { awsCallOf, type KnownToCode, seenIn } from './code-for-tests.ts';
import { functionName } from './names-for-tests.ts';
import type { Operation, Program, ProgramCall } from './program-for-tests.ts';

export class InterpretingHost implements Host {
  readonly #program: Program;
  readonly #environments = new Map<string, Interpreter>();
  /** The commands of this run. Each is one delivery of its own. */
  #told: HostCommand[] = [];

  constructor(program: Program) {
    this.#program = program;
  }

  begin(): void {
    this.#environments.clear();
    this.#told = [];
  }

  /** Interpreters do the same when they are told the same. */
  checkpoint(): PutBack {
    const told = [...this.#told];
    return () => {
      this.begin();
      this.deliver(told);
      return true;
    };
  }

  deliver(commands: readonly HostCommand[]): readonly HostReport[] {
    const reports: HostReport[] = [];
    for (const command of commands) {
      this.#told.push(command);
      this.#carryOut(command, reports);
    }
    return reports;
  }

  #carryOut(command: HostCommand, reports: HostReport[]): void {
    const { environment } = command;
    if (command.kind === 'kill') {
      this.#environments.delete(environment);
      return;
    }
    if (command.kind === 'start') {
      const { functions } = this.#program;
      const place = functions.findIndex((_, at) => functionName(at) === command.settings.functionName);
      const callee = place + 1 < functions.length ? functionName(place + 1) : null;
      const made = new Interpreter(environment, functions[place]?.operations ?? [], callee);
      this.#environments.set(environment, made);
      reports.push({ kind: 'initialised', environment });
      if (command.first !== undefined) made.invoke(command.first, command.nowMs, reports);
      return;
    }
    const there = this.#environments.get(environment);
    if (there === undefined) throw new Error(`no environment «${environment}»`);
    if (command.kind === 'invoke') there.invoke(command, command.nowMs, reports);
    else if (command.kind === 'answer') there.answer(command.number, command.answer, command.nowMs, reports);
    else there.fire(command.timer, command.nowMs, reports);
  }
}

type Next = () => void;

/** The variables of one invocation. */
interface Frame {
  readonly invocation: string;
  readonly given: number;
  seen: number;
  received: KnownToCode['received'];
  over: boolean;
}

class Interpreter {
  readonly #id: string;
  readonly #operations: readonly Operation[];
  readonly #callee: string | null;
  readonly #answers = new Map<number, (answer: AwsAnswer) => void>();
  readonly #timers = new Map<number, Next>();
  #calls = 0;
  #timersSet = 0;
  #invocations = 0;
  #nowMs = 0;
  #reports: HostReport[] = [];

  constructor(id: string, operations: readonly Operation[], callee: string | null) {
    this.#id = id;
    this.#operations = operations;
    this.#callee = callee;
  }

  invoke({ invocation, payloadJson }: HostInvocation, nowMs: number, reports: HostReport[]): void {
    this.#wake(nowMs, reports);
    this.#invocations += 1;
    const given = givenIn(payloadJson);
    const frame: Frame = { invocation, given, seen: given, received: null, over: false };
    this.#runAll(frame, this.#operations, () => this.#end(frame));
  }

  answer(number: number, answer: AwsAnswer, nowMs: number, reports: HostReport[]): void {
    this.#wake(nowMs, reports);
    const then = this.#answers.get(number);
    this.#answers.delete(number);
    then?.(answer);
  }

  fire(timer: number, nowMs: number, reports: HostReport[]): void {
    this.#wake(nowMs, reports);
    const then = this.#timers.get(timer);
    this.#timers.delete(timer);
    then?.();
  }

  #wake(nowMs: number, reports: HostReport[]): void {
    this.#nowMs = nowMs;
    this.#reports = reports;
  }

  #runAll(frame: Frame, operations: readonly Operation[], then: Next): void {
    const [first, ...rest] = operations;
    if (first === undefined) then();
    else this.#run(frame, first, () => this.#runAll(frame, rest, then));
  }

  #run(frame: Frame, operation: Operation, then: Next): void {
    switch (operation.do) {
      case 'sleep':
        this.#setTimer(operation.forMs, then);
        break;
      case 'within':
        this.#within(frame, operation, then);
        break;
      case 'at once': {
        let left = operation.calls.length;
        const one = (): void => {
          left -= 1;
          if (left === 0) then();
        };
        for (const call of operation.calls) this.#call(frame, call, one);
        break;
      }
      case 'no wait':
        this.#call(frame, operation.call, () => {});
        then();
        break;
      case 'if zero':
        this.#runAll(frame, frame.seen === 0 ? operation.operations : [], then);
        break;
      case 'return':
        this.#end(frame);
        break;
      case 'throw':
        this.#fail(frame);
        break;
      case 'throw if zero':
        if (frame.seen === 0) this.#fail(frame);
        else then();
        break;
      case 'exit':
        frame.over = true;
        this.#reports.push({ kind: 'exited', environment: this.#id });
        break;
      default:
        this.#call(frame, operation, then);
    }
  }

  #within(frame: Frame, { ms, call, givesUp }: Operation & { do: 'within' }, then: Next): void {
    let isOver = false;
    const number = this.#calls + 1;
    const timer = this.#setTimer(ms, () => {
      isOver = true;
      if (givesUp && this.#answers.delete(number))
        this.#reports.push({ kind: 'call-given-up', environment: this.#id, number });
      frame.seen = -2;
      then();
    });
    this.#call(frame, call, () => {
      if (isOver) return;
      this.#timers.delete(timer);
      this.#reports.push({ kind: 'timer-cleared', environment: this.#id, timer });
      then();
    });
  }

  #setTimer(delayMs: number, then: Next): number {
    this.#timersSet += 1;
    const timer = this.#timersSet;
    this.#timers.set(timer, then);
    this.#reports.push({ kind: 'timer-set', environment: this.#id, timer, delayMs });
    return timer;
  }

  #call(frame: Frame, call: ProgramCall, then: Next): void {
    const { seen, given, received } = frame;
    const about = { seen, given, received, memory: this.#invocations, nowMs: this.#nowMs, callee: this.#callee };
    const made = awsCallOf(call, about);
    if (made === null) {
      then();
      return;
    }
    this.#send(made, 2, (answer) => {
      frame.seen = seenIn(answer);
      if (call.do === 'receive') frame.received = receivedIn(answer, call.queue) ?? frame.received;
      then();
    });
  }

  #send(call: AwsCall, attempts: number, then: (answer: AwsAnswer) => void): void {
    this.#calls += 1;
    const number = this.#calls;
    this.#answers.set(number, (answer) => {
      if (attempts > 1 && !answer.ok && answer.error.code === 'RaceproofAnswerLost')
        this.#send(call, attempts - 1, then);
      else then(answer);
    });
    this.#reports.push({ kind: 'call', environment: this.#id, number, ...call });
  }

  #end(frame: Frame): void {
    if (frame.over) return;
    frame.over = true;
    const { invocation, seen } = frame;
    const payloadJson = JSON.stringify({ n: seen, memory: this.#invocations, nowMs: this.#nowMs });
    this.#reports.push({ kind: 'returned', environment: this.#id, invocation, payloadJson });
  }

  #fail(frame: Frame): void {
    if (frame.over) return;
    frame.over = true;
    const error = { errorType: 'Error', errorMessage: `saw ${frame.seen}` };
    this.#reports.push({ kind: 'failed', environment: this.#id, invocation: frame.invocation, error });
  }
}

function givenIn(payloadJson: string): number {
  const { given, Records } = JSON.parse(payloadJson) as {
    readonly given?: number;
    readonly Records?: readonly { readonly body: string }[];
  };
  if (Records === undefined) return given ?? 0;
  return Records.reduce((sum, { body }) => sum + Number(body), 0);
}

function receivedIn(answer: AwsAnswer, queue: 'input' | 'other' | 'dead'): KnownToCode['received'] {
  if (!answer.ok) return null;
  const [first] = (answer.output.Messages ?? []) as readonly { readonly ReceiptHandle: string }[];
  return first === undefined ? null : { queue, receiptHandle: first.ReceiptHandle };
}
