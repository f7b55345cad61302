/**
 * How code inside a service gives up on a call: it throws a `Refusal` with AWS's answer, and the service's entry point catches
 * it and returns the answer as data.
 *
 * It is no `Error`: it collects no stack, never leaves its service and reports no bug. Each service chooses AWS's words in its
 * own `refusal.ts`.
 */

import { type AwsAnswer, fail, notSimulated } from './answer.ts';

/** Carries the answer of a call that is refused. */
export class Refusal {
  readonly answer: AwsAnswer & { readonly ok: false };

  constructor(answer: AwsAnswer & { readonly ok: false }) {
    this.answer = answer;
  }
}

/** Refuses with an AWS error. */
export function refusal(code: string, message: string, status = 400): Refusal {
  return new Refusal(fail(code, message, status));
}

/**
 * The words that AWS generates from its own model where a member breaks a constraint. `told`: the value as they tell it, which is 'quoted' or null.
 * Some services say it in other words (DynamoDB).
 */
export function memberBreaks(told: string, place: string, constraint: string): string {
  return `1 validation error detected: Value ${told} at '${place}' failed to satisfy constraint: Member must ${constraint}`;
}

/** A value of a request as a message tells it: a text as it stands, and what should have been a text as JSON. */
export function asTold(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
}

/** Refuses by name what a service does not model. */
export function unmodelled(what: string): Refusal {
  return new Refusal(notSimulated(what));
}
