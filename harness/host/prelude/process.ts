/**
 * `process` for learners: an environment's variables and an exit; nothing of the machine.
 */

import type { EnvironmentSettings } from '../../simulator/contract/code.ts';
import type { RealmEnvironment } from './environment.ts';
import { NODE_NAMES } from './node-names.ts';
import { inheritedRefusals } from './refusals.ts';

type Write = (level: 'log' | 'error', text: string) => void;

const NO_MACHINE = 'A lab runs without a machine. Use AWS through its SDK clients.';

/** Far more than a line of a trace shows. */
const SHORT_CHARACTERS = 10_000;

interface ProcessParts {
  readonly current: () => RealmEnvironment;
  readonly write: Write;
  /** Virtual milliseconds since this process started. */
  readonly upMs: () => number;
  /** From {@link makeRestOfProcess}, made once: an environment begins thousands of times. */
  readonly rest: object;
}

/** What each `process` inherits: the members of Node's that refuse. */
export function makeRestOfProcess(): object {
  return inheritedRefusals('process', NODE_NAMES.process, NO_MACHINE);
}

/** A fresh `process` for a fresh environment. */
export function makeProcess(settings: EnvironmentSettings, { current, write, upMs, rest }: ProcessParts): object {
  const stream = (level: 'log' | 'error') => ({
    isTTY: false,
    write: (text: unknown) => {
      const written = String(text);
      // Looking at a text's end lays all of it out in memory, and the end of a long one is not shown.
      write(level, written.length > SHORT_CHARACTERS ? written : written.replace(/\n$/, ''));
      return true;
    },
  });
  const process = {
    env: { ...settings.variables },
    argv: ['/var/lang/bin/node', '/var/runtime/index.mjs'],
    argv0: '/var/lang/bin/node',
    execArgv: [],
    execPath: '/var/lang/bin/node',
    title: '/var/lang/bin/node',
    platform: 'linux',
    arch: 'x64',
    pid: 8,
    version: 'v24.0.0',
    versions: { node: '24.0.0' },
    release: { name: 'node' },
    exitCode: undefined,
    stdout: stream('log'),
    stderr: stream('error'),
    cwd: () => '/var/task',
    uptime: () => upMs() / 1_000,
    hrtime: makeHrtime(upMs),
    nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) =>
      void Promise.resolve().then(() => callback(...args)),
    emitWarning: () => {},
    on: () => process,
    once: () => process,
    off: () => process,
    addListener: () => process,
    prependListener: () => process,
    prependOnceListener: () => process,
    removeListener: () => process,
    removeAllListeners: () => process,
    setMaxListeners: () => process,
    exit: () => current().exit(),
    abort: () => current().exit(),
    reallyExit: () => current().exit(),
  };
  return Object.setPrototypeOf(process, rest) as object;
}

type Hrtime = readonly [seconds: number, nanoseconds: number];

/**
 * Node's clock of nanoseconds. No two readings of it are alike on a machine, and none are here: each is a nanosecond after the one
 * before. https://nodejs.org/api/process.html#processhrtimebigint
 */
function makeHrtime(upMs: () => number): object {
  let lastNs = 0;
  const readNs = (): number => {
    lastNs = Math.max(lastNs + 1, upMs() * 1_000_000);
    return lastNs;
  };
  const hrtime = (since?: Hrtime): Hrtime => {
    const ns = readNs() - (since === undefined ? 0 : since[0] * 1_000_000_000 + since[1]);
    return [Math.floor(ns / 1_000_000_000), ns % 1_000_000_000];
  };
  return Object.assign(hrtime, { bigint: () => BigInt(readNs()) });
}
