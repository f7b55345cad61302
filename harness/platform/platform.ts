/**
 * What the grader needs of a machine: turns of its event loop, hashes, a bundler, a host for learners' code, threads.
 *
 * Types only. Rooms that also run in a browser use these and nothing else of a machine; `node/` implements them for Node,
 * `browser/` for a worker of a page.
 */

import type { Bundle, BundleRequest, BundleResult } from '../host/bundle.ts';
import type { Clocks } from '../host/computing-time.ts';
import type { RealmSources } from '../host/realm-sources.ts';
import type { SdkMode } from '../host/sdk/realm-port.ts';
import type { Host } from '../simulator/host.ts';

export interface Platform {
  /** The program that runs the harness, for results: «v24.21.0». */
  readonly runtime: string;
  readonly turns: Turns;
  readonly bundler: Bundler;
  /** The SHA-256 of the concatenated texts, in hexadecimal. */
  sha256(...texts: readonly string[]): string;
  /** Starts a host for learners' code. Rejects, by name, a kind that this platform does not have. */
  startBareHost(kind: HostKind, sources: RealmSources, limits: HostLimits): Promise<BareHost>;
  /** Starts a thread with this script. Null if the platform has only one thread. */
  readonly startThread: ((script: URL) => Thread) | null;
  /** A place in a stack as a person at this machine would write it: a path from the current folder, an address. */
  shownPlace(place: string): string;
}

/** Two ways to wait for the machine itself. Neither waits for a clock. */
export interface Turns {
  /** Resolves when every promise waits for something other than a promise. */
  whenPromisesWait(): Promise<void>;
  /** Resolves in the next turn of the event loop, after signals, timers and messages have had theirs. */
  nextTurn(): Promise<void>;
}

export interface Bundler {
  /** Bundles one handler. A finding per mistake, with the learner's file and line. */
  bundleHandler(request: BundleRequest): Promise<BundleResult>;
  /** The scripts of a realm that runs these handlers. */
  realmSources(bundles: readonly Bundle[], sdkMode?: SdkMode): Promise<RealmSources>;
}

/** Where learners' code runs: `isolated` in a child process, `in-realm` in this thread, `in-workers` in workers of a page. */
export type HostKind = 'isolated' | 'in-realm' | 'in-workers';

export interface HostLimits {
  /** The time limit of one step of learners' code. */
  readonly stepLimitMs: number;
  /** Whether to find the line of a hang, which is slower. */
  readonly locate: boolean;
}

/** A host that really runs code each time. */
export interface BareHost extends Host {
  readonly clocks: Clocks;
  close(): void;
}

/** Another thread, which shares nothing with this one: messages are cloned. */
export interface Thread {
  tell(message: unknown): void;
  /** Calls `listen` for each message. */
  onMessage(listen: (message: unknown) => void): void;
  /** Calls `listen` once, when the thread has ended, with the reason in words. */
  onEnd(listen: (why: string) => void): void;
  /** Ends the thread at once. */
  terminate(): void;
}

/** The same thread, seen from inside. */
export interface ThreadPort {
  say(message: unknown): void;
  onMessage(listen: (message: unknown) => void): void;
  /** Stops receiving messages, so that the thread can end. */
  close(): void;
}

/** Texts by name that outlive this process. A text that can't be read is absent; failing to write one is no error. */
export interface TextStore {
  names(): readonly string[];
  /** The text; null if there is none. */
  read(name: string): string | null;
  /** Marks a text as used just now. */
  used(name: string): void;
  /** Writes a text whole or not at all, and removes the least recently used texts if there are too many. */
  write(name: string, text: string): void;
}
