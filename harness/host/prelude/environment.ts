/**
 * One execution environment, seen from inside its realm: its calls, its timers, its reports.
 *
 * All output goes through `report`; all input settles a promise or runs a timer here. A dead environment reports nothing and
 * receives nothing more.
 */

import type { AwsAnswer } from '../../simulator/contract/answer.ts';
import type { EnvironmentSettings, FunctionError } from '../../simulator/contract/code.ts';
import type { HostReport, RawFrame } from '../../simulator/host.ts';
import { encode } from '../wire.ts';

type Unaddressed<Report> = Report extends HostReport ? Omit<Report, 'environment'> : never;

interface Timer {
  readonly callback: () => void;
  readonly intervalMs: number | null;
}

/**
 * More than Lambda takes (6 MB) and than a handler has reason to send, with one call or with all of an invocation. Each schedule carries
 * the text several times, so more of it would keep an exploration from its end.
 */
const SENT_CHARACTERS = 8 * 1_048_576;
/** More than AWS's SDK sends at once from one process, and more than a schedule can show. */
const MOST_AT_ONCE = 1_000;
/** The limit of an error's message and stack: more than a person reads, but fast to handle. */
const ERROR_CHARACTERS = 20_000;

/** Thrown to unwind the stack when the process has ended. Code that catches it can do nothing more. */
export class ProcessGone extends Error {
  override name = 'ProcessGone';
  readonly #brand = true;

  /** Asks without running any code of what was thrown: a learner's proxy has traps. */
  static is(thrown: unknown): boolean {
    return typeof thrown === 'object' && thrown !== null && #brand in thrown;
  }
}

export class RealmEnvironment {
  readonly id: string;
  readonly settings: EnvironmentSettings;
  readonly #outbox: string[];
  readonly #withFrames: boolean;
  readonly #calls = new Map<number, (answer: AwsAnswer) => void>();
  readonly #numbers = new WeakMap<Promise<AwsAnswer>, number>();
  readonly #timers = new Map<number, Timer>();
  #lastCall = 0;
  /** The characters of all calls of this invocation. */
  #sent = 0;
  #lastTimer = 0;
  #alive = true;
  /** The invocation that runs now; null while frozen or in Init. */
  invocation: string | null = null;

  constructor(id: string, settings: EnvironmentSettings, outbox: string[], withFrames: boolean) {
    this.id = id;
    this.settings = settings;
    this.#outbox = outbox;
    this.#withFrames = withFrames;
  }

  get alive(): boolean {
    return this.#alive;
  }

  die(): void {
    this.#alive = false;
    this.#calls.clear();
    this.#timers.clear();
  }

  /** Sends a report to the world. It is encoded at once, so that later changes to the data have no effect. */
  report(report: Unaddressed<HostReport>): void {
    if (!this.#alive) return;
    const text = encode({ ...report, environment: this.id });
    if (report.kind === 'call') this.#refuseMuch(report.operation, text.length);
    this.#outbox.push(text);
  }

  /** From now on this invocation runs. */
  begin(invocation: string): void {
    this.invocation = invocation;
    this.#sent = 0;
  }

  #refuseMuch(operation: string, characters: number): void {
    this.#sent += characters;
    if (characters > SENT_CHARACTERS)
      this.refuse(`Your code sends more than 8 MB with one ${operation}.`, 'Send smaller pieces.');
    if (this.#sent > SENT_CHARACTERS)
      this.refuse('Your code sends more than 8 MB in one invocation.', 'Send less, or smaller pieces.');
  }

  call(service: string, operation: string, input: object): Promise<AwsAnswer> {
    if (this.#calls.size >= MOST_AT_ONCE)
      this.refuse(
        'Your code makes more than 1,000 calls and waits for the answer of none.',
        `Await each ${operation}, or a few of them together.`,
      );
    const number = ++this.#lastCall;
    this.report({
      kind: 'call',
      number,
      service,
      operation,
      input: input as Readonly<Record<string, unknown>>,
      ...(this.#withFrames ? topFrames() : {}),
    });
    const answer = new Promise<AwsAnswer>((resolve) => {
      this.#calls.set(number, resolve);
    });
    this.#numbers.set(answer, number);
    return answer;
  }

  /** The code no longer waits for this answer. */
  giveUp(answer: Promise<AwsAnswer>): void {
    const number = this.#numbers.get(answer) ?? 0;
    if (this.#calls.delete(number)) this.report({ kind: 'call-given-up', number });
  }

  answer(number: number, answer: AwsAnswer): void {
    const resolve = this.#calls.get(number);
    this.#calls.delete(number);
    resolve?.(answer);
  }

  setTimer(callback: () => void, delayMs: number, repeat: boolean): number {
    if (this.#timers.size >= MOST_AT_ONCE)
      this.refuse('Your code sets more than 1,000 timers at once.', 'Set one, await it, and then set the next.');
    const timer = ++this.#lastTimer;
    const wholeMs = normaliseDelayMs(delayMs);
    this.#timers.set(timer, { callback, intervalMs: repeat ? wholeMs : null });
    this.report({ kind: 'timer-set', timer, delayMs: wholeMs, ...this.frame() });
    return timer;
  }

  clearTimer(timer: number): void {
    if (this.#timers.delete(timer)) this.report({ kind: 'timer-cleared', timer });
  }

  /** Runs a timer's callback. An error that it throws is uncaught. */
  fire(number: number): void {
    const timer = this.#timers.get(number);
    if (timer === undefined) return;
    if (timer.intervalMs === null) this.#timers.delete(number);
    try {
      timer.callback();
    } catch (error) {
      this.uncaught(error, null);
    }
    if (timer.intervalMs !== null && this.#timers.has(number)) {
      this.report({ kind: 'timer-set', timer: number, delayMs: timer.intervalMs });
    }
  }

  /** An uncaught error or rejection ends the process, as in Node. */
  uncaught(error: unknown, errorType: string | null): void {
    if (ProcessGone.is(error) || !this.#alive) return;
    const described = describeError(error);
    const shown =
      errorType === null
        ? described
        : { ...described, errorType, errorMessage: `${described.errorType}: ${described.errorMessage}` };
    this.report({ kind: 'exited', error: shown, ...frameOf(error) });
    this.die();
  }

  /** `process.exit`: ends the process and drops all its work. */
  exit(): never {
    this.report({ kind: 'exited', ...topFrame() });
    this.die();
    throw new ProcessGone('the process has exited');
  }

  /** Reports that the code used something that a run does not have. Catching the error does not hide the report. */
  refuse(what: string, advice: string): never {
    this.report({ kind: 'refused', what, advice, ...topFrame() });
    throw new Error(`${what} ${advice}`);
  }

  frame(): { readonly frame?: RawFrame } {
    return this.#withFrames ? topFrame() : {};
  }
}

/** Node: less than 1 ms or more than 2³¹−1 ms becomes 1 ms. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
function normaliseDelayMs(delayMs: number): number {
  const number = Number(delayMs);
  if (!(number >= 1) || number > 2_147_483_647) return 1;
  return Math.trunc(number);
}

/** The payload of a function error as Lambda's Node runtime creates it (LS-27), with an unmapped stack. */
export function describeError(error: unknown): FunctionError {
  try {
    return describe(error);
  } catch {
    // A getter or `toString` of the thrown value throws, too.
    return { errorType: typeof error, errorMessage: 'a value that can\u2019t be shown' };
  }
}

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error))
    return { errorType: typeof error, errorMessage: String(error).slice(0, ERROR_CHARACTERS) };
  return {
    errorType: String(error.name),
    errorMessage: String(error.message).slice(0, ERROR_CHARACTERS),
    trace: stackOf(error).split('\n'),
  };
}

const TASK_FRAME = /\/var\/task\/([^):]+)\.js:(\d+):(\d+)/;

/** The innermost place in the learner's own code on this error's stack. */
export function frameOf(error: unknown): { readonly frame?: RawFrame } {
  const frame = rawFrameIn(stackOf(error));
  return frame === undefined ? {} : { frame };
}

/** The first place in a stack, or in a part of one. */
function rawFrameIn(stack: string): RawFrame | undefined {
  const match = TASK_FRAME.exec(stack);
  return match === null ? undefined : { module: match[1] ?? '', line: Number(match[2]), column: Number(match[3]) };
}

/** The end of the stack, which holds the frames; the message comes before them. */
function stackOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.stack ?? '').slice(-ERROR_CHARACTERS) : '';
  } catch {
    // A proxy, or a getter that throws, has no stack.
    return '';
  }
}

/** Where this call is made, and where the function that makes it was called, unless that function was resumed by a promise. */
function topFrames(): { readonly frame?: RawFrame; readonly calledFrom?: RawFrame } {
  const [top, caller] = stackOf(new Error('here'))
    .split('\n')
    .filter((line) => TASK_FRAME.test(line));
  const frame = rawFrameIn(top ?? '');
  const calledFrom = caller === undefined || caller.includes('at async ') ? undefined : rawFrameIn(caller);
  return { ...(frame === undefined ? {} : { frame }), ...(calledFrom === undefined ? {} : { calledFrom }) };
}

function topFrame(): { readonly frame?: RawFrame } {
  return frameOf(new Error('here'));
}
