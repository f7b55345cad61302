/**
 * `process` for learners: an environment's variables and an exit; nothing of the machine.
 */

import type { EnvironmentSettings } from '../../simulator/contract/code.ts';
import type { RealmEnvironment } from './environment.ts';

type Write = (level: 'log' | 'error', text: string) => void;

const NO_MACHINE = 'A lab runs without a machine. Use AWS through its SDK clients.';

/** Far more than a line of a trace shows. */
const SHORT_CHARACTERS = 10_000;

interface ProcessParts {
  readonly current: () => RealmEnvironment;
  readonly write: Write;
  /** Virtual milliseconds since this process started. */
  readonly upMs: () => number;
}

/** A new `process` for a new environment. */
export function makeProcess(settings: EnvironmentSettings, { current, write, upMs }: ProcessParts): object {
  const refused = (what: string) => (): never => current().refuse(`Your code calls process.${what}.`, NO_MACHINE);
  const stream = (level: 'log' | 'error') => ({
    isTTY: false,
    write: (text: unknown) => {
      const written = String(text);
      // Reading the end of a text lays all of it out in memory, and the end of a long text is not shown.
      write(level, written.length > SHORT_CHARACTERS ? written : written.replace(/\n$/, ''));
      return true;
    },
  });
  const process = {
    env: { ...settings.variables },
    argv: ['/var/lang/bin/node', '/var/runtime/index.mjs'],
    execArgv: [],
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
    exit: () => current().exit(),
    abort: () => current().exit(),
    reallyExit: () => current().exit(),
    kill: refused('kill'),
    binding: refused('binding'),
    dlopen: refused('dlopen'),
    getBuiltinModule: refused('getBuiltinModule'),
    memoryUsage: refused('memoryUsage'),
    cpuUsage: refused('cpuUsage'),
    chdir: refused('chdir'),
  };
  return process;
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
