/**
 * Retries failed calls as the SDK's own retry strategy decides, on virtual time.
 *
 * The strategy makes the decisions and draws the delays; this file is the loop that the SDK's middleware has around it, for
 * calls that do not run through the middleware stack. The strategy is asked for only after a failure that may be retried.
 */

import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { abortError, type SdkError } from './exceptions.ts';
import type { SdkAbortSignal, SdkRetryErrorType, SdkRetryStrategy, SdkRetryToken } from './sdk-shapes.ts';

/** One attempt: throws if it fails, returns the output otherwise. */
export type Attempt = () => Promise<{ readonly $metadata?: { attempts?: number; totalRetryDelay?: number } }>;

/** A client's strategy, constructed at the first error. */
export interface RetryState {
  strategy?: SdkRetryStrategy;
  initialToken?: SdkRetryToken;
}

/** Continues after the first attempt has failed: throws the last error, or returns the output of a later attempt. */
export async function retry(
  firstError: unknown,
  attempt: Attempt,
  state: RetryState,
  findStrategy: () => Promise<SdkRetryStrategy>,
  signal: SdkAbortSignal | undefined,
): Promise<object> {
  let error = firstError as SdkError;
  let attempts = 1;
  let totalRetryDelay = 0;
  if (!isWorthAsking(error)) throw withAttempts(error, attempts, totalRetryDelay);
  state.strategy ??= await findStrategy();
  state.initialToken ??= await state.strategy.acquireInitialRetryToken('');
  const { strategy } = state;
  let token = state.initialToken;
  for (;;) {
    try {
      token = await race(strategy.refreshRetryTokenForRetry(token, retryInfo(error)), signal);
    } catch (refusal) {
      if (signal?.aborted && (refusal as SdkError).name === 'AbortError') throw refusal;
      throw withAttempts(error, attempts, totalRetryDelay);
    }
    totalRetryDelay += (token.$retryLog?.acquisitionDelay ?? 0) + token.getRetryDelay();
    attempts = token.getRetryCount();
    try {
      const output = await attempt();
      strategy.recordSuccess(token);
      Object.assign(output.$metadata ?? {}, { attempts: attempts + 1, totalRetryDelay });
      return output;
    } catch (next) {
      error = next as SdkError;
      attempts += 1;
    }
  }
}

/** The standard strategy retries no other errors, so most errors need no strategy at all. */
function isWorthAsking(error: SdkError): boolean {
  const type = errorTypeOf(error);
  return type === 'THROTTLING' || type === 'TRANSIENT';
}

function errorTypeOf(error: SdkError): SdkRetryErrorType {
  const candidate = error as unknown as Parameters<typeof isThrottlingError>[0];
  if (isThrottlingError(candidate)) return 'THROTTLING';
  if (isTransientError(candidate)) return 'TRANSIENT';
  return isServerError(candidate) ? 'SERVER_ERROR' : 'CLIENT_ERROR';
}

/** `Retry-After` reaches the SDK as a header; here it is the member that is bound to the header. */
function retryInfo(error: SdkError): { error: unknown; errorType: SdkRetryErrorType; retryAfterHint?: Date } {
  const seconds = Number(Reflect.get(error, 'retryAfterSeconds') ?? Number.NaN);
  const info = { error, errorType: errorTypeOf(error) };
  return Number.isNaN(seconds) ? info : { ...info, retryAfterHint: new Date(Date.now() + seconds * 1000) };
}

function withAttempts(error: SdkError, attempts: number, totalRetryDelay: number): SdkError {
  error.$metadata = Object.assign(error.$metadata ?? {}, { attempts, totalRetryDelay });
  return error;
}

/** The promise, unless the signal is aborted first: then it is given up. */
export function race<Value>(
  promise: Promise<Value>,
  signal: SdkAbortSignal | undefined,
  giveUp?: (promise: Promise<Value>) => void,
): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      giveUp?.(promise);
      reject(abortError());
    };
    if (signal.aborted) abort();
    else if (signal.addEventListener !== undefined) signal.addEventListener('abort', abort, { once: true });
    else signal.onabort = abort;
    const settled = (): void => signal.removeEventListener?.('abort', abort);
    promise.then(resolve, reject).finally(settled);
  });
}
