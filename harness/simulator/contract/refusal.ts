/**
 * How the inside of a service gives up on a call: a `Refusal` carries AWS's answer to the one place that catches it, the service's
 * door, where it becomes data again.
 *
 * It is no `Error`: it has no stack to collect, never leaves its service, and says nothing about a bug of ours. Which words AWS has for what is
 * the service's business (its own `refusal.ts`).
 */

import { type AwsAnswer, fail, notSimulated } from './answer.ts';

/** An answer on its way out of a call. */
export class Refusal {
  readonly answer: AwsAnswer & { readonly ok: false };

  constructor(answer: AwsAnswer & { readonly ok: false }) {
    this.answer = answer;
  }
}

/** A refusal with an error of AWS's. */
export function refusal(code: string, message: string, status = 400): Refusal {
  return new Refusal(fail(code, message, status));
}

/** Refuses by name what a service does not model. */
export function unmodelled(what: string): Refusal {
  return new Refusal(notSimulated(what));
}
