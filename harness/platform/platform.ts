/**
 * What the machine gives to the grader: turns of its event loop, hashes, a bundler, a place that runs learners' code, threads.
 *
 * Types only. Rooms that run in a browser as well ask for these and for nothing else of a machine; `node/` gives them in Node,
 * `browser/` in a worker of a page.
 */

import type { Bundle, BundleRequest, BundleResult } from '../host/bundle.ts';
import type { Clocks } from '../host/computing-time.ts';
import type { RealmSources } from '../host/realm-sources.ts';
import type { SdkMode } from '../host/sdk/realm-port.ts';
import type { Host } from '../simulator/host.ts';

export interface Platform {
  /** What runs the harness, for results: «v24.21.0». */
  readonly runtime: string;
  readonly turns: Turns;
  readonly bundler: Bundler;
  /** The SHA-256 of these texts one after the other, in hexadecimal. */
  sha256(...texts: readonly string[]): string;
  /** Starts what runs learners' code. Rejects for a kind that this platform does not have, by name. */
  startBareHost(kind: HostKind, sources: RealmSources, limits: HostLimits): Promise<BareHost>;
  /** Starts a thread with this script. Null where there is one thread only. */
  readonly startThread: ((script: URL) => Thread) | null;
  /** A place in a stack as a person at this machine would write it: a path from the current folder, an address. */
  shownPlace(place: string): string;
}

/** Two ways to wait for the machine itself. Neither waits for a clock. */
export interface Turns {
  /** Resolves when every promise waits for something else than another promise. */
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
  /** How long one step of learner's code may take. */
  readonly stepLimitMs: number;
  /** Whether the line of a hang is watched for, which is slower. */
  readonly locate: boolean;
}

/** A host that really runs code each time it is asked to. */
export interface BareHost extends Host {
  readonly clocks: Clocks;
  close(): void;
}

/** Another thread, which shares nothing with this one: what it is told and what it says is cloned. */
export interface Thread {
  tell(message: unknown): void;
  /** Called for each message. */
  onMessage(listen: (message: unknown) => void): void;
  /** Called once, when it has ended, with the reason in words. */
  onEnd(listen: (why: string) => void): void;
  /** Ends it at once. */
  terminate(): void;
}

/** The same, seen from inside. */
export interface ThreadPort {
  say(message: unknown): void;
  onMessage(listen: (message: unknown) => void): void;
  /** Hears nothing more, so that the thread can end. */
  close(): void;
}

/** Texts by name that outlive this process. What can't be read is absent, and what can't be written is no error. */
export interface TextStore {
  names(): readonly string[];
  /** The text; null if there is none. */
  read(name: string): string | null;
  /** Notes that a text was of use just now. */
  used(name: string): void;
  /** Writes it whole or not at all, and forgets those that were used longest ago if there are too many. */
  write(name: string, text: string): void;
}
