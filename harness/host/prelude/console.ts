/**
 * `console` for learners: lines for the trace, formatted the same on every machine, up to a limit.
 */

import type { RealmEnvironment } from './environment.ts';
import { NODE_NAMES } from './node-names.ts';
import { fillWithRefusals } from './refusals.ts';

/** Enough to debug with; longer lines are cut, and say so. */
const LINE_CHARACTERS = 2_000;
const RUN_CHARACTERS = 20_000;
/** More output than a person could read is a finding. */
const MOST_CHARACTERS = 10_000_000;
const TOO_LARGE = '(too large to show)';
/** A value with more characters is not written out, since that would cost more than the whole run. */
const FORMAT_CHARACTERS = 1_000_000;

type Level = 'log' | 'info' | 'warn' | 'error' | 'debug';

/** The lines that one run prints: each is cut to a length, and all together to the cap. */
export class PrintedLines {
  readonly #current: () => RealmEnvironment;
  #left = RUN_CHARACTERS;
  #tried = 0;

  constructor(current: () => RealmEnvironment) {
    this.#current = current;
  }

  /** A new run begins, with a budget of its own. */
  reset(): void {
    this.#left = RUN_CHARACTERS;
    this.#tried = 0;
  }

  /** One line for the trace, of the environment that is current. */
  write(level: Level, text: string): void {
    this.#tried += text.length + 1;
    if (this.#tried > MOST_CHARACTERS)
      this.#current().refuse('Your code prints more than 10 MB in one run.', 'Print less, or give its loop an end.');
    if (this.#left <= 0) return;
    const line = text.length > LINE_CHARACTERS ? `${text.slice(0, LINE_CHARACTERS)} …` : text;
    this.#left -= line.length + 1;
    this.#current().report({ kind: 'log', level, line });
    if (this.#left <= 0)
      this.#current().report({ kind: 'log', level: 'warn', line: '(further output of this run is not shown)' });
  }

  /** Values as one line. What they would take if they were written out counts, not what is shown of them. */
  print(level: Level, values: readonly unknown[]): void {
    this.write(level, values.map((value) => this.#formatted(value)).join(' '));
  }

  #formatted(value: unknown): string {
    const text = format(value);
    if (typeof value === 'string') this.#tried += value.length;
    else if (text === TOO_LARGE) this.#tried += MOST_CHARACTERS;
    return text;
  }
}

/** The `console` that prints them. */
export function makeConsole(lines: PrintedLines): Readonly<Record<string, unknown>> {
  const at =
    (level: Level) =>
    (...values: unknown[]) =>
      lines.print(level, values);
  const nothing = (): void => {};
  const built = {
    log: at('log'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    debug: at('debug'),
    trace: at('debug'),
    dir: at('log'),
    dirxml: at('log'),
    table: at('log'),
    time: nothing,
    timeEnd: nothing,
    timeLog: nothing,
    group: nothing,
    groupCollapsed: nothing,
    groupEnd: nothing,
    count: nothing,
    countReset: nothing,
    clear: nothing,
    profile: nothing,
    profileEnd: nothing,
    timeStamp: nothing,
    assert: (condition: unknown, ...values: unknown[]) => {
      if (!condition) lines.print('error', ['Assertion failed', ...values]);
    },
  };
  return fillWithRefusals(built, 'console', NODE_NAMES.console, 'A lab has one console: use console.log.');
}

/** Writes strings as they are, and everything else much like JSON. */
export function format(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, LINE_CHARACTERS + 1);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[Function: ${value.name}]`;
  if (value === undefined || typeof value === 'symbol') return String(value);
  let left = FORMAT_CHARACTERS;
  try {
    return JSON.stringify(value, (key, member: unknown) => {
      left -= key.length + (typeof member === 'string' ? member.length : 8);
      if (left < 0) throw new TypeError('too large to show');
      if (typeof member === 'bigint') return `${member}n`;
      if (member instanceof Map) return Object.fromEntries(member);
      if (member instanceof Set) return [...member];
      return member;
    });
  } catch {
    // Circular or huge data: the line says what it is instead of failing, since a log line must not change what a handler
    // does.
    return left < 0 ? TOO_LARGE : Object.prototype.toString.call(value);
  }
}
