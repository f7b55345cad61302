/**
 * The host of a browser: learners' code in workers, one for each environment that exists at the same time.
 *
 * Workers share nothing, and each waits for its own promises, so a command has been carried out when its worker says so. The
 * host ends a worker that does not answer in time, which would be impossible in the same thread.
 */

import type { RealmSources } from '../host/realm-sources.ts';
import { HostStopped } from '../host/stopped.ts';
import { decode } from '../host/wire.ts';
import type { BareHost, HostLimits } from '../platform/platform.ts';
import type { HostCommand, HostReport, HostRun } from '../simulator/host.ts';
import type { FromSlot, ToSlot } from './slot-messages.ts';

/** The time limit of a worker's first order, in which it compiles the SDK. That takes longer than any step. */
const OPEN_LIMIT_MS = 15_000;

export interface WorkerHostOptions extends HostLimits {
  readonly sources: RealmSources;
  /** The script that the worker of a slot runs: `slot-worker.ts`, bundled. */
  readonly slotScript: URL;
}

export class WorkerHost implements BareHost {
  /** A browser does not report processor time. */
  readonly clocks = {};
  readonly #options: WorkerHostOptions;
  readonly #slots: (Promise<SlotWorker> | undefined)[] = [];
  readonly #slotOf = new Map<string, number>();
  #run: HostRun | null = null;

  constructor(options: WorkerHostOptions) {
    this.#options = options;
  }

  async begin(run: HostRun): Promise<void> {
    this.#run = run;
    this.#slotOf.clear();
    for (const slot of this.#slots) await (await slot)?.ask({ kind: 'begin', run }, this.#options.stepLimitMs);
  }

  async deliver(commands: readonly HostCommand[]): Promise<readonly HostReport[]> {
    const reports: HostReport[] = [];
    for (const command of commands) reports.push(...(await this.#carryOut(command)));
    return reports;
  }

  close(): void {
    for (const slot of this.#slots) void slot?.then((worker) => worker.end());
    this.#slots.length = 0;
  }

  async #carryOut(command: HostCommand): Promise<readonly HostReport[]> {
    const index = this.#slotOf.get(command.environment) ?? this.#slotOf.size;
    this.#slotOf.set(command.environment, index);
    const order = { kind: 'deliver', command } as const;
    const slot = await (this.#slots[index] ?? this.#open(index));
    const said = await slot.ask(order, this.#options.stepLimitMs);
    if (said.kind === 'done') return reportsIn(said);
    slot.end();
    return reportsIn(await (await this.#open(index)).ask(order, this.#options.stepLimitMs));
  }

  #open(index: number): Promise<SlotWorker> {
    const opened = this.#opened();
    this.#slots[index] = opened;
    return opened;
  }

  async #opened(): Promise<SlotWorker> {
    const { slotScript, sources } = this.#options;
    const worker = new SlotWorker(slotScript);
    await worker.ask({ kind: 'open', sources }, OPEN_LIMIT_MS);
    if (this.#run !== null) await worker.ask({ kind: 'begin', run: this.#run }, OPEN_LIMIT_MS);
    return worker;
  }
}

function reportsIn(said: FromSlot): readonly HostReport[] {
  return said.kind === 'spoilt' || said.reports === '' ? [] : (decode(said.reports) as HostReport[]);
}

/**
 * The part of a browser's `Worker` that is used.
 * https://html.spec.whatwg.org/multipage/workers.html#dedicated-workers-and-the-worker-interface
 */
interface PageWorker {
  onmessage: ((event: { readonly data: FromSlot }) => void) | null;
  onerror: ((event: { readonly message: string }) => void) | null;
  postMessage(message: ToSlot): void;
  terminate(): void;
}
declare const Worker: new (script: URL) => PageWorker;

/** The worker of one slot, seen from the host: one order at a time. */
class SlotWorker {
  readonly #worker: PageWorker;

  constructor(script: URL) {
    this.#worker = new Worker(script);
  }

  ask(order: ToSlot, limitMs: number): Promise<FromSlot> {
    return new Promise((resolve, reject) => {
      const stop = (reason: 'hang' | 'died', detail: string): void => {
        this.end();
        reject(new HostStopped(reason, detail));
      };
      const late = setTimeout(() => stop('hang', `no answer for ${limitMs} ms`), limitMs);
      this.#worker.onmessage = ({ data }) => {
        clearTimeout(late);
        resolve(data);
      };
      this.#worker.onerror = (event) => {
        clearTimeout(late);
        stop('died', event.message);
      };
      this.#worker.postMessage(order);
    });
  }

  end(): void {
    this.#worker.terminate();
  }
}
