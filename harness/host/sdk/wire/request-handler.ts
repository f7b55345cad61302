/**
 * The end of the SDK's middleware stack: takes the HTTP request that the SDK has signed to the world.
 */
import type { SdkRuntime } from '../runtime.ts';

export function worldRequestHandler(_runtime: SdkRuntime): object {
  return { handle: () => Promise.reject(new Error('wire mode is not there yet')), destroy() {} };
}
