/**
 * Records which code was started: code that was never started can have had no part in a result.
 *
 * It wraps another host and passes everything on.
 */

import type { Host, HostCommand, HostReport, HostRun } from '../simulator/host.ts';
import type { PutBack } from '../simulator/kernel/checkpoint.ts';

export class StartedModules implements Host {
  readonly #inner: Host;
  readonly #started = new Set<string>();

  constructor(inner: Host) {
    this.#inner = inner;
  }

  /** Begins to record anew. */
  forget(): void {
    this.#started.clear();
  }

  /** The modules whose code was started in any run since, by name. */
  get started(): readonly string[] {
    return [...this.#started].sort();
  }

  begin(run: HostRun): void | Promise<void> {
    return this.#inner.begin(run);
  }

  deliver(commands: readonly HostCommand[]): readonly HostReport[] | Promise<readonly HostReport[]> {
    for (const command of commands) {
      if (command.kind === 'start') this.#started.add(command.settings.module);
    }
    return this.#inner.deliver(commands);
  }

  /** What was started before the checkpoint was noted then. */
  checkpoint(): PutBack | null {
    return this.#inner.checkpoint?.() ?? null;
  }
}
