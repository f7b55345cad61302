/**
 * `eval`, `Function` and its hidden siblings: refused by name, so that catching the error does not hide the attempt.
 *
 * In a realm the engine creates no code from strings in any case; this file adds a finding with the learner's line.
 */

import type { RealmEnvironment } from './environment.ts';

/** Replaces the language's constructors of code by refusals. Must be called before the language's objects are frozen. */
export function refuseCodeFromStrings(current: () => RealmEnvironment): void {
  const refuse = (what: string): never =>
    current().refuse(`Your code uses ${what}.`, 'A lab runs no code from strings. Write it out as a function.');
  Reflect.set(globalThis, 'eval', (text: unknown) => (typeof text === 'string' ? refuse('eval') : text));
  const functions = [
    (): void => {},
    async (): Promise<void> => {},
    function* (): Generator {},
    async function* (): AsyncGenerator {},
  ];
  for (const example of functions) {
    const prototype = Object.getPrototypeOf(example) as { readonly constructor: object };
    const refusing = new Proxy(prototype.constructor, {
      apply: () => refuse('new Function'),
      construct: () => refuse('new Function'),
    });
    Object.defineProperty(prototype, 'constructor', { value: refusing, configurable: true, writable: true });
    if (prototype === Function.prototype) Reflect.set(globalThis, 'Function', refusing);
  }
}
