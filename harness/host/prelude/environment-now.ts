/**
 * The environment that runs, for objects of the realm that learners' code makes itself and to which nothing can be handed.
 *
 * `new TextDecoder('big5')` and `AbortSignal.timeout(5)` must reach the world, and a class has no other way to it. One
 * connection per realm, made before anything of the realm is used. Learners' code can't reach it.
 */

import type { RealmEnvironment } from './environment.ts';

const connection: { current: (() => RealmEnvironment) | null } = { current: null };

/** To be called once, when the realm is furnished. */
export function connectEnvironment(current: () => RealmEnvironment): void {
  connection.current = current;
}

/** The environment that runs. That there is none is a mistake of ours. */
export function environmentNow(): RealmEnvironment {
  if (connection.current === null) throw new Error('the realm is not connected to an environment');
  return connection.current();
}

/** Tells the world that a run does not have this, and throws: catching the error hides nothing. */
export function refuse(what: string, advice: string): never {
  return environmentNow().refuse(what, advice);
}

/** An error that no caller can catch, such as one of an event's listener: it ends the process, as in Node. */
export function throwLater(error: unknown): void {
  const environment = environmentNow();
  void Promise.resolve().then(() => environment.uncaught(error, null));
}

/** Runs a callback when the present code is done. What it throws ends the process, as in Node. */
export function callLater(callback: () => void): void {
  const environment = environmentNow();
  void Promise.resolve().then(() => {
    try {
      callback();
    } catch (error) {
      environment.uncaught(error, null);
    }
  });
}
