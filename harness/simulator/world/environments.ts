/**
 * The world's view of execution environments: which run, which are frozen, and what each waits for.
 *
 * The service that starts environments implements their rules. This file keeps what routing needs: outstanding calls, timers,
 * and the work that waits for a thaw.
 */

import type { HostInvocation } from '../contract/code.ts';
import type { Chained, EventChain } from '../contract/event-chain.ts';
import type { Actor, Frame } from '../contract/trace-entry.ts';
import { invariant } from '../kernel/bug.ts';
import type { PutBack, Restorable } from '../kernel/checkpoint.ts';
import type { AnyService } from '../services/all.ts';

/** A timer that has been set and has not fired. */
export interface LiveTimer {
  readonly name: string;
  readonly dueMs: number;
  readonly actor: Actor;
  /** The trace entry of the call that set it. */
  readonly setAs: number;
  /** Its sequence number on the agenda; null while its environment is frozen. */
  onAgenda: number | null;
}

export interface LiveEnvironment {
  readonly id: string;
  /** The service that started the environment and receives the reports of its code. */
  readonly service: AnyService;
  alive: boolean;
  /** Between two invocations its code does not run (LS-19). */
  frozen: boolean;
  invocation: string | null;
  /** The chain of events of its last invocation. */
  chain: EventChain | null;
  /** When the time of its last invocation is over. */
  deadlineMs: number;
  /** The invocation that the host was told to begin as soon as Init has succeeded. */
  first: HostInvocation | null;
  /** The number of calls that were sent and are not yet answered. */
  outstanding: number;
  /** Timers by the environment's own numbers. */
  readonly timers: Map<number, LiveTimer>;
  /** Answers that arrived while it was frozen, and calls that had not left it when it froze. */
  readonly whenThawed: (() => void)[];
  /** The trace entry that last let the code run. It is the cause of everything that the code does next. */
  resumedBy: number | null;
  /** The last known place in the learner's code. */
  lastFrame: Frame | undefined;
  /** What a package was refused last, and the message of the error that it was thrown: it may catch that. */
  refusedToPackage: { readonly what: string; readonly advice: string; readonly thrown: string } | null;
}

const NOTHING: readonly (() => void)[] = [];

export class Environments implements Restorable {
  readonly #byId = new Map<string, LiveEnvironment>();

  /** Pending calls and closures on the agenda hold environments and timers, so these stay the same objects. */
  checkpoint(): PutBack {
    const environments = [...this.#byId.values()].map(contentsOf);
    return () => {
      this.#byId.clear();
      for (const putBack of environments) {
        const environment = putBack();
        this.#byId.set(environment.id, environment);
      }
      return true;
    };
  }

  get(id: string): LiveEnvironment {
    const environment = this.#byId.get(id);
    invariant(environment !== undefined, `no environment «${id}»`);
    return environment;
  }

  /** How many there ever were: never less than how many run. */
  get size(): number {
    return this.#byId.size;
  }

  /** Starts a new process, also in an environment whose earlier process died. */
  start(id: string, service: AnyService, cause: number | null, first: HostInvocation | null): void {
    this.#byId.set(id, {
      first,
      id,
      service,
      alive: true,
      frozen: false,
      invocation: null,
      chain: null,
      deadlineMs: 0,
      outstanding: 0,
      timers: new Map(),
      whenThawed: [],
      resumedBy: cause,
      lastFrame: undefined,
      refusedToPackage: null,
    });
  }

  /** Whether the host has begun this invocation by itself, together with Init. True only once. */
  hasBegun({ environment: id, invocation }: HostInvocation & { readonly environment: string }): boolean {
    const environment = this.get(id);
    const { first } = environment;
    environment.first = null;
    return first?.invocation === invocation;
  }

  /** The environments in which code runs or waits now. */
  running(): readonly LiveEnvironment[] {
    return [...this.#byId.values()].filter(({ alive, frozen }) => alive && !frozen);
  }

  /** Begins an invocation and returns the work that waited for it. */
  thaw(
    id: string,
    { invocation, context, chain }: HostInvocation & Chained,
    cause: number | null,
  ): readonly (() => void)[] {
    const environment = this.get(id);
    environment.deadlineMs = context.deadlineMs;
    environment.frozen = false;
    environment.invocation = invocation;
    environment.chain = chain ?? null;
    environment.resumedBy = cause;
    environment.lastFrame = undefined;
    return environment.whenThawed.length === 0 ? NOTHING : environment.whenThawed.splice(0);
  }

  /** Ends an invocation. No code of the environment runs until the next one (LS-19). */
  freeze(id: string): LiveEnvironment {
    const environment = this.get(id);
    environment.frozen = true;
    environment.invocation = null;
    return environment;
  }

  /** Ends the process and drops everything that it was waiting for. */
  kill(id: string): LiveEnvironment {
    const environment = this.get(id);
    environment.alive = false;
    environment.invocation = null;
    return environment;
  }

  /** Finds an environment whose invocation waits for something that can never come. */
  findStalled(): LiveEnvironment | null {
    for (const environment of this.#byId.values()) {
      const waits = environment.outstanding > 0 || environment.timers.size > 0;
      if (environment.alive && environment.invocation !== null && !waits) return environment;
    }
    return null;
  }
}

/** Remembers the contents of an environment, and gives them back to it. */
function contentsOf(environment: LiveEnvironment): () => LiveEnvironment {
  const contents = { ...environment };
  const timers = [...environment.timers].map(([number, timer]) => ({ number, timer, onAgenda: timer.onAgenda }));
  const whenThawed = [...environment.whenThawed];
  return () => {
    Object.assign(environment, contents);
    environment.timers.clear();
    for (const { number, timer, onAgenda } of timers) {
      timer.onAgenda = onAgenda;
      environment.timers.set(number, timer);
    }
    environment.whenThawed.splice(0, environment.whenThawed.length, ...whenThawed);
    return environment;
  };
}
