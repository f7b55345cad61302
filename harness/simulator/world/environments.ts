/**
 * The world's view of execution environments: who is alive, frozen, waiting, and for what.
 *
 * The rules of environments live in the service that starts them; this keeps what routing needs: outstanding calls, timers, what waits for a thaw.
 */

import type { HostInvocation } from '../contract/code.ts';
import type { Actor, Frame } from '../contract/trace-entry.ts';
import { invariant } from '../kernel/bug.ts';
import type { AnyService } from '../services/all.ts';

/** A timer that has been set and has not fired. */
export interface LiveTimer {
  readonly name: string;
  readonly dueMs: number;
  readonly actor: Actor;
  /** The trace entry of its setting. */
  readonly setAs: number;
  /** Its sequence number on the agenda; null while its environment is frozen. */
  onAgenda: number | null;
}

export interface LiveEnvironment {
  readonly id: string;
  /** The service that has started it, and hears of its code. */
  readonly service: AnyService;
  alive: boolean;
  /** Between two invocations nothing in it goes on (LS-19). */
  frozen: boolean;
  invocation: string | null;
  /** What the host was told to begin as soon as Init has succeeded. */
  first: HostInvocation | null;
  /** Calls sent and not yet answered. */
  outstanding: number;
  /** By the environment's own numbers. */
  readonly timers: Map<number, LiveTimer>;
  /** Answers that came while it was frozen, and calls that had not left it when it froze. */
  readonly whenThawed: (() => void)[];
  /** The trace entry that last let it run: the cause of whatever it does next. */
  resumedBy: number | null;
  /** The last place in the learner's code that we know it was at. */
  lastFrame: Frame | undefined;
}

const NOTHING: readonly (() => void)[] = [];

export class Environments {
  readonly #byId = new Map<string, LiveEnvironment>();

  get(id: string): LiveEnvironment {
    const environment = this.#byId.get(id);
    invariant(environment !== undefined, `no environment «${id}»`);
    return environment;
  }

  /** A new process, also where one died before. */
  start(id: string, service: AnyService, cause: number | null, first: HostInvocation | null): void {
    this.#byId.set(id, {
      first,
      id,
      service,
      alive: true,
      frozen: false,
      invocation: null,
      outstanding: 0,
      timers: new Map(),
      whenThawed: [],
      resumedBy: cause,
      lastFrame: undefined,
    });
  }

  /** Whether the host has begun this invocation by itself, together with Init. True once. */
  hasBegun({ environment: id, invocation }: HostInvocation & { readonly environment: string }): boolean {
    const environment = this.get(id);
    const { first } = environment;
    environment.first = null;
    return first?.invocation === invocation;
  }

  /** Begins an invocation and returns what had been waiting for it. */
  thaw(id: string, invocation: string, cause: number | null): readonly (() => void)[] {
    const environment = this.get(id);
    environment.frozen = false;
    environment.invocation = invocation;
    environment.resumedBy = cause;
    environment.lastFrame = undefined;
    return environment.whenThawed.length === 0 ? NOTHING : environment.whenThawed.splice(0);
  }

  /** Ends an invocation; nothing goes on in there until the next one (LS-19). */
  freeze(id: string): LiveEnvironment {
    const environment = this.get(id);
    environment.frozen = true;
    environment.invocation = null;
    return environment;
  }

  /** The process is gone, and whatever it was waiting for with it. */
  kill(id: string): LiveEnvironment {
    const environment = this.get(id);
    environment.alive = false;
    environment.invocation = null;
    return environment;
  }

  /** An environment whose invocation waits for nothing that could ever come. */
  findStalled(): LiveEnvironment | null {
    for (const environment of this.#byId.values()) {
      const waits = environment.outstanding > 0 || environment.timers.size > 0;
      if (environment.alive && environment.invocation !== null && !waits) return environment;
    }
    return null;
  }
}
