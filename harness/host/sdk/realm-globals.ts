/**
 * The globals that the SDK's code uses in a realm in place of the usual ones.
 *
 * The bundler replaces `setTimeout`, `Math.random` and `crypto` in the SDK's code by these, so that its waiting and its
 * jitter are the world's, even if the learner replaces the global names. `Buffer` is left out on purpose: the SDK then takes
 * the path that needs none.
 */

import type { Ids } from './ids.ts';
import type { WorldPort } from './realm-port.ts';

interface Connection {
  readonly port: WorldPort;
  readonly ids: Ids;
}

/** One per evaluation of the script, and so one per realm. */
const connection: { current: Connection | null } = { current: null };
const cancelled = new Set<number>();
let lastTimer = 0;

/** Must be called before any package is evaluated. */
export function connect(port: WorldPort, ids: Ids): void {
  connection.current = { port, ids };
}

function connected(): Connection {
  if (connection.current === null) throw new Error('the SDK is not connected to a world');
  return connection.current;
}

export function setTimeout(callback: (...args: unknown[]) => void, delayMs = 0, ...args: unknown[]): number {
  const timer = ++lastTimer;
  connected()
    .port.sleep(delayMs)
    .then(() => {
      if (!cancelled.delete(timer)) callback(...args);
    });
  return timer;
}

export function clearTimeout(timer: number): void {
  if (timer > 0) cancelled.add(timer);
}

function random(): number {
  return connected().port.random();
}

export const crypto = {
  randomUUID: (): string => connected().ids.hidden(),
  getRandomValues: (view: Uint8Array): Uint8Array => {
    for (let i = 0; i < view.length; i += 1) view[i] = connected().ids.hidden().charCodeAt(0);
    return view;
  },
};

export const Buffer = undefined;

/** The realm's own encoder, with a method that the SDK's serialiser needs and a realm's encoder may lack. */
export class TextEncoder {
  readonly encoding = 'utf-8';

  encode(text = ''): Uint8Array<ArrayBuffer> {
    return new globalThis.TextEncoder().encode(text);
  }

  encodeInto(text: string, view: Uint8Array): { readonly read: number; readonly written: number } {
    const bytes = this.encode(text);
    view.set(bytes);
    return { read: text.length, written: bytes.length };
  }
}

/** The SDK uses it only in `instanceof`: there are no streams in a realm. */
export class ReadableStream {}

export { random as 'Math.random' };
