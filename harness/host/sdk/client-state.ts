/**
 * The state of one client object: how to construct its real SDK client, and whether the learner has seen that.
 *
 * A client costs half a millisecond to construct, and most are never inspected. Until the SDK's own object is needed, only
 * the constructor's arguments are kept.
 */

import type { RetryState } from './retries.ts';
import type { SdkClient, SdkRetryStrategy } from './sdk-shapes.ts';

export interface ClientState {
  /** The SDK's own object behind the learner's. Constructed at the first use. */
  real(): SdkClient;
  /** Undefined until it is needed. */
  readonly made: SdkClient | undefined;
  /** The learner has read `config` or `middlewareStack`: from now on only the full stack knows what calls do. */
  touched: boolean;
  /** The constructor's configuration asks for something that only the full stack does. */
  readonly unusual: boolean;
  /** Shared by a client and the document clients made from it, as in the SDK. */
  translateConfig: unknown;
  readonly retry: RetryState;
  retryStrategy(): Promise<SdkRetryStrategy>;
}

/** The state of a client that `construct` creates when it is needed. */
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

/** The state of a document client: it shares its base's real client, and has an object of its own around it. */
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
