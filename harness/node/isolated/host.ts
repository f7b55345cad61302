/**
 * The isolated host: learners' code in a child process, the engine and its checks in this one.
 *
 * It sends and receives one message per step. It watches the child from outside: time without an answer, memory, output. The
 * child's messages are data and are parsed here; the child can affect a verdict only through what its handlers did.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clocks } from '../../host/computing-time.ts';
import { clockMs } from '../../host/own-clock.ts';
import type { RealmSources } from '../../host/realm-sources.ts';
import { HostStopped, type StopReason } from '../../host/stopped.ts';
import { decode, encode } from '../../host/wire.ts';
import type { BareHost } from '../../platform/platform.ts';
import type { HostCommand, HostReport, HostRun } from '../../simulator/host.ts';
import { confinement } from '../confinement.ts';
import { EXTENSION, PACKAGES_FOLDER } from '../own-files.ts';
import { ownTimers } from '../own-timers.ts';
import { residentMbOf } from '../process-usage.ts';
import { Awake } from './awake.ts';
import type { FromChild, ToChild } from './protocol.ts';

export interface IsolatedOptions {
  readonly sources: RealmSources;
  /** The time limit of one step. */
  readonly stepLimitMs: number;
  /** Whether to find the line of a hang. This is slower, and used when a run is repeated because it hung. */
  readonly locate: boolean;
}

/** Room for the engine, the SDK in a few realms, and handlers that stay within their 128 MB. */
const HEAP_MB = 512;
const RESIDENT_LIMIT_MB = 1_024;
const MEMORY_LOOK_MS = 50;
const LINE_LIMIT_CHARACTERS = 64 * 1_048_576;
/** Starting Node and compiling the SDK takes longer than any step, and no code of a learner runs meanwhile. */
const START_LIMIT_MS = 60_000;

interface Waiting {
  readonly resolve: (line: string) => void;
  readonly reject: (stopped: HostStopped) => void;
}

export class IsolatedHost implements BareHost {
  readonly clocks: Clocks = { computedMs: () => this.#computedMs };
  readonly #child: ChildProcess;
  readonly #options: IsolatedOptions;
  readonly #memoryWatch: NodeJS.Timeout;
  #waiting: Waiting | null = null;
  readonly #awake = new Awake();
  #unfinished = '';
  #stopped: HostStopped | null = null;
  #limit: NodeJS.Timeout | undefined;
  #lastWords = '';
  /** When the expected answer is late, by the harness's own clock. */
  #deadline = 0;
  /** The processor time of learners' code so far, as the child measures it. */
  #computedMs = 0;

  private constructor(options: IsolatedOptions) {
    this.#options = options;
    this.#child = spawnConfined(fileURLToPath(new URL(`./child${EXTENSION}`, import.meta.url)));
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-4_000);
    });
    this.#child.stdin?.on('error', () => this.#stop('died', 'its process is gone'));
    this.#child.on('exit', () => this.#ended());
    this.#memoryWatch = ownTimers.setInterval(() => this.#lookAtMemory(), MEMORY_LOOK_MS);
    this.#memoryWatch.unref();
  }

  /** Starts the child and gives it the code. */
  static async start(options: IsolatedOptions): Promise<IsolatedHost> {
    const host = new IsolatedHost(options);
    const { sources, locate, stepLimitMs } = options;
    const watch = locate ? { limitMs: stepLimitMs, locate } : null;
    await host.#ask({ kind: 'sources', sources, watch }, START_LIMIT_MS);
    // Steps have a much shorter limit; the timer of the start would check it too late.
    ownTimers.clearTimeout(host.#limit);
    host.#limit = undefined;
    return host;
  }

  begin(run: HostRun): void {
    this.#tell({ kind: 'begin', run });
  }

  async deliver(commands: readonly HostCommand[]): Promise<readonly HostReport[]> {
    const { stepLimitMs, locate } = this.#options;
    // With `locate` the child stops itself first; the parent's limit is a safety net.
    const line = await this.#ask({ kind: 'deliver', commands }, locate ? stepLimitMs + 2_000 : stepLimitMs);
    if (!line.startsWith('{')) {
      const space = line.indexOf(' ');
      this.#computedMs = Number(line.slice(0, space));
      return decode(line.slice(space + 1)) as HostReport[];
    }
    const said = JSON.parse(line) as FromChild;
    const { at, computedMs } = said.kind === 'hangs' ? said : { at: null, computedMs: null };
    const [reason, detail] = this.#whyLate();
    const stopped = new HostStopped(reason, detail, at ?? undefined, computedMs ?? undefined);
    this.#end(stopped);
    throw stopped;
  }

  close(): void {
    ownTimers.clearInterval(this.#memoryWatch);
    ownTimers.clearTimeout(this.#limit);
    this.#stopped ??= new HostStopped('died', 'closed');
    this.#child.kill('SIGKILL');
  }

  #tell(message: ToChild): void {
    if (this.#stopped !== null) throw this.#stopped;
    this.#child.stdin?.write(`${encode(message)}\n`);
  }

  #ask(message: ToChild, limitMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#armLimit(limitMs);
      this.#awake.touch();
      try {
        this.#tell(message);
      } catch (error) {
        reject(error);
      }
    });
  }

  /** One timer for all steps: a new one for each would cost more than the step. */
  #armLimit(limitMs: number): void {
    this.#deadline = clockMs() + limitMs;
    this.#limit ??= ownTimers.setTimeout(() => this.#checkLimit(), limitMs);
  }

  #checkLimit(): void {
    this.#limit = undefined;
    if (this.#waiting === null || this.#stopped !== null) return;
    const left = this.#deadline - clockMs();
    if (left > 0) this.#limit = ownTimers.setTimeout(() => this.#checkLimit(), left);
    else this.#stop(...this.#whyLate());
  }

  /** Code that fills memory in a loop runs out of time first where the machine is slow. Memory is what tells it from other loops. */
  #whyLate(): [StopReason, string] {
    if ((residentMbOf(this.#child.pid) ?? 0) > HEAP_MB) return ['memory', `more than ${HEAP_MB} MB`];
    return ['hang', `no answer for ${this.#options.stepLimitMs} ms`];
  }

  #read(text: string): void {
    this.#unfinished += text;
    if (this.#unfinished.length > LINE_LIMIT_CHARACTERS) {
      this.#stop('output', 'more than 64 MB in one step');
      return;
    }
    const end = this.#unfinished.indexOf('\n');
    if (end < 0) return;
    const line = this.#unfinished.slice(0, end);
    this.#unfinished = this.#unfinished.slice(end + 1);
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve(line);
  }

  #ended(): void {
    const outOfMemory = /heap out of memory|allocation failed/i.test(this.#lastWords);
    this.#stop(outOfMemory ? 'memory' : 'died', outOfMemory ? `more than ${HEAP_MB} MB` : this.#lastWords.trim());
  }

  /** Ends the child and rejects the waiting call. The first reason is kept. */
  #stop(reason: StopReason, detail: string): void {
    this.#end(new HostStopped(reason, detail));
  }

  #end(why: HostStopped): void {
    this.#stopped ??= why;
    ownTimers.clearInterval(this.#memoryWatch);
    ownTimers.clearTimeout(this.#limit);
    this.#child.kill('SIGKILL');
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.reject(this.#stopped);
  }

  /** Buffers live outside the heap that Node limits; on Linux the kernel reports how much memory a process really has. */
  #lookAtMemory(): void {
    const residentMb = residentMbOf(this.#child.pid);
    if (residentMb !== null && residentMb > RESIDENT_LIMIT_MB)
      this.#stop('memory', `more than ${RESIDENT_LIMIT_MB} MB`);
  }
}

/** Starts a script of the harness as learners' code is started: no files, no environment, no code from strings. */
export function spawnConfined(script: string): ChildProcess {
  const harness = fileURLToPath(new URL('../../', import.meta.url));
  const flags = [
    '--permission',
    `--allow-fs-read=${harness}`,
    `--allow-fs-read=${PACKAGES_FOLDER}${sep}`,
    '--allow-inspector',
    '--disallow-code-generation-from-strings',
    '--no-warnings',
    `--max-old-space-size=${HEAP_MB}`,
  ];
  const [command, ...prefix] = confinement();
  const node = [process.execPath, ...flags, script];
  const args = command === undefined ? node.slice(1) : [...prefix, ...node];
  return spawn(command ?? process.execPath, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    // No variables of the grader; a fixed time zone and locale, so that dates are formatted the same everywhere.
    env: { TZ: 'UTC', LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' },
    windowsHide: true,
  });
}
