/**
 * The SDK's standard retry strategy on virtual time, for clients outside a realm.
 *
 * Inside a realm the SDK's code uses the world's timers and needs none of this. Here the base class still decides; only the
 * waiting and the jitter are replaced. A test requires the same delays from both.
 */

import { INITIAL_RETRY_TOKENS, MAXIMUM_RETRY_DELAY, Retry, StandardRetryStrategy } from '@smithy/core/retry';
import type { WorldPort } from './realm-port.ts';

type Token = Awaited<ReturnType<StandardRetryStrategy['acquireInitialRetryToken']>>;
type ErrorInfo = Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>[1];

export interface VirtualTimeRetryOptions {
  readonly maxAttempts: number;
  readonly baseDelayMs: number;
}

export class VirtualTimeRetryStrategy extends StandardRetryStrategy {
  readonly #port: WorldPort;
  readonly #options: VirtualTimeRetryOptions;
  #tokens = INITIAL_RETRY_TOKENS;

  constructor(port: WorldPort, options: VirtualTimeRetryOptions) {
    super(options.maxAttempts);
    this.#port = port;
    this.#options = options;
  }

  override async refreshRetryTokenForRetry(token: Token, { errorType, retryAfterHint }: ErrorInfo): Promise<Token> {
    const isThrottling = errorType === 'THROTTLING';
    const cost = isThrottling ? Retry.throttlingCost() : Retry.cost();
    const isRetryable = isThrottling || errorType === 'TRANSIENT';
    const attempts = token.getRetryCount() + 1;
    if (!isRetryable || attempts >= this.#options.maxAttempts || this.#tokens < cost) {
      throw new Error('No retry token available');
    }
    this.#tokens -= cost;
    const baseMs = isThrottling ? Retry.throttlingDelay() : this.#options.baseDelayMs;
    const jitteredMs = Math.floor(
      this.#port.random() * Math.min(baseMs * 2 ** token.getRetryCount(), MAXIMUM_RETRY_DELAY),
    );
    const delayMs = Math.max(jitteredMs, Math.min(hintMs(retryAfterHint), jitteredMs + 5_000));
    await this.#port.sleep(delayMs);
    return tokenAfter(attempts, cost, delayMs);
  }

  override recordSuccess(token: Token): void {
    this.#tokens = Math.min(INITIAL_RETRY_TOKENS, this.#tokens + (token.getRetryCost() ?? 1));
  }
}

/** `Retry-After` is given in whole seconds; the wall-clock time since it was read does not count. */
function hintMs(hint: Date | undefined): number {
  return hint === undefined ? 0 : Math.round((hint.getTime() - Date.now()) / 1000) * 1000;
}

function tokenAfter(attempts: number, cost: number, delayMs: number): Token {
  return {
    getRetryCount: () => attempts,
    getRetryDelay: () => 0,
    getRetryCost: () => cost,
    $retryLog: { acquisitionDelay: delayMs },
  };
}
