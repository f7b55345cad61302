/**
 * How long Lambda takes in a timed run.
 */

import { INVOKE_FUNCTION_URL } from '../../contract/function-url.ts';
import type { WaitMs } from '../../contract/latency.ts';

/** A policy: AWS publishes no figure for the way to a warm environment. */
const INVOKE: WaitMs = { fromMs: 4, toMs: 16 };
/** A policy, for the calls that change or read settings. */
const SETTINGS: WaitMs = { fromMs: 10, toMs: 50 };

/**
 * The time until an execution environment runs the first line of its Init. «From under 100 ms to over 1 second»:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export const ENVIRONMENT_START: WaitMs = { fromMs: 100, toMs: 600 };

/** The latency of a call, there and back together. */
export function lambdaLatency(operation: string): WaitMs {
  return operation === 'Invoke' || operation === INVOKE_FUNCTION_URL ? INVOKE : SETTINGS;
}
