/**
 * The end of the SDK's middleware stack: in place of opening a connection, this makes a call to the world.
 *
 * It reads the call back from the request that the SDK has serialised and signed, and writes the answer as the HTTP response
 * that the SDK then reads. No timers, no sockets, no streams.
 */

import { HttpResponse } from '@smithy/core/protocols';
import { notSimulated } from '../../../simulator/contract/answer.ts';
import type { Departure } from '../departures.ts';
import { abortError, outsideError } from '../exceptions.ts';
import { race } from '../retries.ts';
import type { SdkRuntime } from '../runtime.ts';
import type { SdkAbortSignal } from '../sdk-shapes.ts';
import type { WireCodec } from './codec.ts';
import type { WireRequest } from './message.ts';

/** The options of `send`, as they reach the handler. */
export interface HandlerOptions {
  readonly abortSignal?: SdkAbortSignal;
  readonly departure?: Departure;
}

/** An SDK `requestHandler`. */
export interface WorldRequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: WireRequest, options?: HandlerOptions): Promise<{ response: HttpResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): object;
  destroy(): void;
}

export function worldRequestHandler({ port, ids }: SdkRuntime, codec: WireCodec): WorldRequestHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, { abortSignal, departure } = {}) {
      if (abortSignal?.aborted) throw abortError();
      const call = codec.read(request);
      if (call === null) throw refusal(request);
      await departure?.turn();
      const answering = port.call(call.service, call.operation, call.input);
      departure?.leave();
      const answer = await race(answering, abortSignal, port.giveUp);
      const requestId = ids.requestId();
      const outside = answer.ok ? null : outsideError(answer.error);
      if (outside !== null) throw outside;
      return { response: new HttpResponse(call.write(answer, requestId)) };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
}

function refusal({ method, path }: WireRequest): Error {
  const answer = notSimulated(`The request ${method} ${path}`);
  return new Error(answer.ok ? path : answer.error.message);
}
