/**
 * Decides, for one `send`, between the short way and the SDK's own stack.
 *
 * The short way is taken if it can be seen that nothing would differ. Both end at the same port.
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
  if (output === null) return originalSend.call(state.real(), command, optionsOrCallback, lastCallback);
  if (callback === undefined) return output;
  output
    .then(
      (value) => callback(null, value),
      (error: unknown) => callback(error),
    )
    .catch(() => {});
  return undefined;
}

/** A client as most are: nothing added, nothing looked into. */
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
  output.then(departure.leave, departure.leave);
  return output;
}

function isPlainOptions(options: unknown): options is SendOptions | undefined {
  if (options === undefined) return true;
  if (typeof options !== 'object' || options === null) return false;
  return Object.keys(options).every((key) => key === 'abortSignal');
}
