/**
 * Patches the SDK so that every call of every client goes to the world.
 *
 * It replaces `send` of the one base class of all clients, and the clients' constructors by cheap ones. What learners hold
 * stays the SDK's: same prototypes, same names, `instanceof` and subclasses work. No trusted code should share this realm.
 */

import { Client } from '@smithy/core/client';
import { constructClient, isUnusual } from './client-config.ts';
import { type ClientState, clientState, documentClientState } from './client-state.ts';
import { dispatch } from './dispatch.ts';
import type { SdkRuntime } from './runtime.ts';
import type { ClientClass, SdkClient } from './sdk-shapes.ts';

export interface TakeOver {
  /** The class that learners get in place of the SDK's. */
  lazy(original: ClientClass): ClientClass;
}

/** Patches this realm's SDK. Once per realm. `requestHandler` is the end of the SDK's own stack. */
export function takeOver(runtime: SdkRuntime, requestHandler: object): TakeOver {
  const states = new WeakMap<object, ClientState>();
  const lazies = new Map<object, ClientClass>();
  const base = Client.prototype as unknown as SdkClient;
  const originalSend = base.send;
  base.send = function send(this: SdkClient, command, optionsOrCallback, callback) {
    const state = states.get(this);
    if (state === undefined) return originalSend.call(this, command, optionsOrCallback, callback);
    return dispatch(runtime, originalSend, state, [command, optionsOrCallback, callback]);
  };

  function adopt(instance: object, original: ClientClass, args: readonly unknown[]): void {
    const state = stateFor(original, args);
    states.set(instance, state);
  }

  function stateFor(original: ClientClass, args: readonly unknown[]): ClientState {
    const [first, translateConfig] = args;
    const owner = typeof first === 'object' && first !== null ? states.get(first) : undefined;
    if (owner !== undefined) {
      owner.translateConfig = translateConfig;
      return documentClientState(owner, (client) => new original(client, owner.translateConfig));
    }
    const config = first ?? {};
    const construct = (): SdkClient => constructClient(runtime, original, config, requestHandler);
    const state = clientState(construct, isUnusual(config));
    if (state.unusual) state.real();
    return state;
  }

  return {
    lazy(original) {
      const known = lazies.get(original);
      if (known !== undefined) return known;
      const lazy = lazyClass(original, adopt);
      const parent = lazies.get(Object.getPrototypeOf(original));
      if (parent !== undefined) Object.setPrototypeOf(lazy, parent);
      lookInside(original.prototype, states);
      lazies.set(original, lazy);
      return lazy;
    },
  };
}

type Adopt = (instance: object, original: ClientClass, args: readonly unknown[]) => void;

/** A constructor in place of the SDK's: same name, same prototype, same statics, and almost no work. */
function lazyClass(original: ClientClass, adopt: Adopt): ClientClass {
  const { name } = original;
  const named = {
    [name]: function (this: unknown, ...args: unknown[]): object {
      if (new.target === undefined) throw new TypeError(`Class constructor ${name} cannot be invoked without 'new'`);
      const instance: object = Object.create(new.target.prototype);
      adopt(instance, original, args);
      return instance;
    },
  };
  const lazy = named[name] as unknown as ClientClass;
  Object.setPrototypeOf(lazy, Object.getPrototypeOf(original));
  for (const key of Reflect.ownKeys(original)) {
    if (key === 'length' || key === 'name' || key === 'prototype') continue;
    Object.defineProperty(lazy, key, Object.getOwnPropertyDescriptor(original, key) ?? {});
  }
  Object.defineProperty(lazy, 'prototype', { value: original.prototype, writable: false });
  Object.defineProperty(original.prototype, 'constructor', { value: lazy, configurable: true, writable: true });
  if (typeof original.from === 'function') {
    lazy.from = { from: (client: unknown, translateConfig: unknown) => new lazy(client, translateConfig) }.from;
  }
  return lazy;
}

/** Makes the first read of a client's internals construct them and end the direct way for this client. */
function lookInside(prototype: object, states: WeakMap<object, ClientState>): void {
  for (const key of ['config', 'middlewareStack', 'initConfig', 'handlers'] as const) {
    Object.defineProperty(prototype, key, {
      configurable: true,
      get(this: object) {
        const state = states.get(this);
        if (state === undefined) return undefined;
        state.touched = true;
        return Reflect.get(state.real(), key);
      },
      set(this: object, value: unknown) {
        const state = states.get(this);
        if (state === undefined)
          Object.defineProperty(this, key, { value, configurable: true, enumerable: true, writable: true });
        else {
          state.touched = true;
          Reflect.set(state.real(), key, value);
        }
      },
    });
  }
  Object.defineProperty(prototype, 'destroy', { value: destroyNothing, configurable: true, writable: true });
}

/** There are no connections to close. */
function destroyNothing(): void {}
