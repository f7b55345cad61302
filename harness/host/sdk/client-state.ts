/**
 * What is known of one client object: how to make its real insides, and whether the learner has seen them.
 *
 * A client costs half a millisecond to construct, and most are never looked into. Until somebody does, only the
 * arguments of its constructor are kept.
 */

import type { RetryState } from './retries.ts';
import type { SdkClient, SdkRetryStrategy } from './sdk-shapes.ts';

export interface ClientState {
  /** The SDK's own object behind the learner's. Made at the first use. */
  real(): SdkClient;
  /** Undefined while nobody needed it. */
  readonly made: SdkClient | undefined;
  /** The learner has had `config` or `middlewareStack` in hand: only the full stack knows what calls do now. */
  touched: boolean;
  /** The constructor's configuration asks for something that only the full stack does. */
  readonly unusual: boolean;
  /** Shared by a client and the document clients made from it, as in the SDK. */
  translateConfig: unknown;
  readonly retry: RetryState;
  retryStrategy(): Promise<SdkRetryStrategy>;
}

/** The state of a client that is made by `construct`, when needed. */
export function clientState(construct: () => SdkClient, unusual: boolean): ClientState {
  let made: SdkClient | undefined;
  const real = (): SdkClient => {
    made ??= construct();
    return made;
  };
  return {
    real,
    get made() {
      return made;
    },
    touched: false,
    unusual,
    translateConfig: undefined,
    retry: {},
    retryStrategy: () => real().config.retryStrategy(),
  };
}

/** The state of a document client: the same insides as its base's, and its own object around them. */
export function documentClientState(base: ClientState, construct: (base: SdkClient) => SdkClient): ClientState {
  let made: SdkClient | undefined;
  const real = (): SdkClient => {
    made ??= construct(base.real());
    return made;
  };
  return {
    real,
    get made() {
      return made;
    },
    get touched() {
      return base.touched;
    },
    set touched(touched) {
      base.touched = touched;
    },
    unusual: base.unusual,
    get translateConfig() {
      return base.translateConfig;
    },
    set translateConfig(translateConfig) {
      base.translateConfig = translateConfig;
    },
    retry: base.retry,
    retryStrategy: () => base.retryStrategy(),
  };
}
