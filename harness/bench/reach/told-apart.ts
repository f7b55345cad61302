/**
 * How many of the explored schedules could be told apart by anything: the yardstick of a reduction.
 *
 * Two schedules differ for nobody if each piece of code was told the same in the same order, the scenario observed the same, and each check
 * judged the same. No sound exploration can do with fewer schedules than there are such differences. It counts, and explores nothing.
 */

import { createHash } from 'node:crypto';
import type { Host, HostCommand } from '../../simulator/host.ts';

/** What one run showed besides what its code was told. */
export interface ShownByRun {
  readonly observation: unknown;
  /** What each check said. */
  readonly verdicts: readonly unknown[];
}

/** How many schedules differ. */
export interface Distinguishable {
  readonly all: number;
  /** Those that still differ if the names of environments and invocations, and what they could read of the time, are left out. */
  readonly withoutNamesAndTimes: number;
}

export class ToldApart {
  readonly #told = new Map<string, string[]>();
  readonly #all = new Set<string>();
  readonly #withoutNamesAndTimes = new Set<string>();

  /** The same host; what code in it is told is written down. */
  watching(host: Host): Host {
    return {
      begin: (run) => {
        this.#told.clear();
        return host.begin(run);
      },
      deliver: (commands) => {
        note(this.#told, commands);
        return host.deliver(commands);
      },
    };
  }

  /** Counts the run that has just ended. */
  count(shown: ShownByRun): void {
    const histories = [...this.#told].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#all.add(digest([shown, histories]));
    const bare = histories.map(([, history]) => digest(withoutNamesAndTimes(history.join('\n')))).sort();
    this.#withoutNamesAndTimes.add(digest([withoutNamesAndTimes(JSON.stringify(shown)), bare]));
  }

  get counts(): Distinguishable {
    return { all: this.#all.size, withoutNamesAndTimes: this.#withoutNamesAndTimes.size };
  }
}

function note(told: Map<string, string[]>, commands: readonly HostCommand[]): void {
  for (const command of commands) {
    const history = told.get(command.environment);
    const text = JSON.stringify(command);
    if (history === undefined) told.set(command.environment, [text]);
    else history.push(text);
  }
}

/** Names are numbered, so a schedule that only swaps two environments has other names and tells code nothing else. */
const NAMES = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
  /\\?"(environment|invocation|receiptHandle)\\?":\\?"[^"\\]*\\?"/g,
  /#\d+/g,
];
const TIMES = [
  /\\?"(nowMs|deadlineMs)\\?":\d+/g,
  /\\*"(ApproximateFirstReceiveTimestamp|SentTimestamp)\\*":\\*"\d+\\*"/g,
];

function withoutNamesAndTimes(text: string): string {
  return [...NAMES, ...TIMES].reduce((rest, pattern) => rest.replaceAll(pattern, ''), text);
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64').slice(0, 20);
}
