/**
 * The interface between the SDK script and the realm that evaluates it.
 *
 * The script of `bundleSdk` is classic JavaScript; its completion value is a {@link RealmSdkFactory}. It needs no globals of
 * the host while it is evaluated, and only `URL`, `TextEncoder` and `TextDecoder` once a package is required. Types only.
 */

import type { AwsAnswer } from '../../simulator/contract/answer.ts';

/** The SDK's only way to the world. */
export interface WorldPort {
  /**
   * Sends one call. `input` is plain data that no other code holds: made of objects of this realm, blobs as `Uint8Array`. The
   * answer may be made of any realm's objects: the SDK reads it by schema and gives the learner copies of this realm. Never
   * rejects, since an AWS error is an answer.
   */
  call(service: string, operation: string, input: Readonly<Record<string, unknown>>): Promise<AwsAnswer>;
  /** The caller no longer waits for this answer of `call`: its signal was aborted. */
  giveUp?(answer: Promise<AwsAnswer>): void;
  /** Waits in virtual time, for the SDK's retry back-off. */
  sleep(delayMs: number): Promise<void>;
  /** A number in [0, 1) of the world's randomness, for the SDK's jitter. */
  random(): number;
}

/** How `send` runs. Both modes make the same calls in the same order. */
export type SdkMode = 'direct' | 'wire';

export interface RealmSdkOptions {
  /** `direct` by default. */
  readonly mode?: SdkMode;
  /** The answer of `client.config.region()` if the client was given none. `us-east-1` by default. */
  readonly region?: string;
}

/** The SDK inside one realm. */
export interface RealmSdk {
  /** The packages that can be required: `@aws-sdk/client-dynamodb` … */
  readonly packages: readonly string[];
  /**
   * The exports of a package, evaluated at the first call (before or after the intrinsics were frozen). Throws an Error that
   * names the package if it is not in the bundle.
   */
  require(name: string): Readonly<Record<string, unknown>>;
  /**
   * Undoes all changes of learners' code to classes of the SDK since the last reset. Draws one number from the port, so it
   * must be called when an environment starts, after its randomness was seeded. False if a change can't be undone (a class
   * was frozen, a property made unchangeable): the realm must be discarded.
   */
  resetSdk(): boolean;
}

/** The completion value of the SDK script. Must be called once per realm. */
export type RealmSdkFactory = (port: WorldPort, options?: RealmSdkOptions) => RealmSdk;
