/**
 * Decides, for one `send`, between the direct way and the SDK's own stack.
 *
 * The direct way is taken if it certainly makes no difference. Both end at the same port.
 */

import type { ClientState } from './client-state.ts';
import { type SendOptions, sendDirectly } from './direct-send.ts';
import type { SdkRuntime } from './runtime.ts';
import type { SdkCallback, SdkClient, SdkCommand } from './sdk-shapes.ts';

/** The arguments of `send`, as learners give them. */
export type SendArguments = readonly [
  command: SdkCommand,
  optionsOrCallback: unknown,
  callback: SdkCallback | undefined,
];

export function dispatch(
  runtime: SdkRuntime,
  originalSend: SdkClient['send'],
  state: ClientState,
  [command, optionsOrCallback, lastCallback]: SendArguments,
): unknown {
  const isCallback = typeof optionsOrCallback === 'function';
  const callback = isCallback ? (optionsOrCallback as SdkCallback) : lastCallback;
  const options = isCallback ? undefined : optionsOrCallback;
  const output =
    !state.touched && !state.unusual && isPlainOptions(options)
      ? sendOrdinary(runtime, originalSend, state, command, options ?? {})
      : null;
  if (output === null) return sendUnusual(runtime, originalSend, state, [command, optionsOrCallback, lastCallback]);
  if (callback === undefined) return output;
  output
    .then(
      (value) => callback(null, value),
      (error: unknown) => callback(error),
    )
    .catch(() => {});
  return undefined;
}

/** Sends through an ordinary client: nothing added, nothing inspected. */
function sendOrdinary(
  runtime: SdkRuntime,
  originalSend: SdkClient['send'],
  state: ClientState,
  command: SdkCommand,
  options: SendOptions,
): Promise<object> | null {
  if (runtime.mode === 'direct') return sendDirectly(runtime, state, command, options);
  const departure = runtime.departures.enlist();
  const output = originalSend.call(state.real(), command, { ...options, departure }) as Promise<object>;
  return observed(runtime, output, departure.leave);
}

/** Sends through the SDK's own stack, which handles every case. */
function sendUnusual(
  runtime: SdkRuntime,
  originalSend: SdkClient['send'],
  state: ClientState,
  args: SendArguments,
): unknown {
  const output = originalSend.apply(state.real(), [...args]);
  return output instanceof Promise ? observed(runtime, output, () => {}) : output;
}

/** The same outcome in a promise of its own, so that an unhandled rejection stays unhandled. */
async function observed(runtime: SdkRuntime, output: Promise<object>, settled: () => void): Promise<object> {
  try {
    return await output;
  } catch (error) {
    if (error instanceof Error) runtime.touch(error.constructor);
    throw error;
  } finally {
    settled();
  }
}

function isPlainOptions(options: unknown): options is SendOptions | undefined {
  if (options === undefined) return true;
  if (typeof options !== 'object' || options === null) return false;
  return Object.keys(options).every((key) => key === 'abortSignal');
}
