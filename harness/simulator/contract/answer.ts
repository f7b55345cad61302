/**
 * A call to AWS and its answer, as plain data: what crosses every border of the simulator.
 *
 * AWS's errors travel as data in an answer, in AWS's own words; nothing throws them. What the simulator does not model is
 * answered by name, too, and the world turns that into a finding. Nothing in here is specific to one service.
 */

/** One API call, as an AWS SDK client makes it. `input` has the SDK's member names; blobs are `Uint8Array`. */
export interface AwsCall {
  /** The service as AWS spells it: `DynamoDB`. */
  readonly service: string;
  /** The operation without «Command»: `PutItem`, `Invoke`. */
  readonly operation: string;
  readonly input: Input;
}

/** The members of a request, before anybody has looked at them. */
export type Input = Readonly<Record<string, unknown>>;

/** An error that AWS would answer. `code` is the SDK exception's name; `members` are its further members (`Item`, `Reason` …). */
export interface AwsError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly members?: Readonly<Record<string, unknown>>;
}

export type AwsAnswer =
  | { readonly ok: true; readonly output: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: AwsError };

/** A call in flight has a name of its own: `call-7`. Each world counts its calls; no name is random. */
export type CallId = string;

/** An answer that says «yes». */
export function ok(output: Readonly<Record<string, unknown>>): AwsAnswer {
  return { ok: true, output };
}

/** An answer that says «no», in AWS's own words. */
export function fail(
  code: string,
  message: string,
  status = 400,
  members?: Readonly<Record<string, unknown>>,
): AwsAnswer & { readonly ok: false } {
  return { ok: false, error: members === undefined ? { code, message, status } : { code, message, status, members } };
}

/**
 * Refuses what is not modelled, by name: the simulator never ignores a request and never guesses. `what` is a path or a
 * value as the learner wrote it; the world turns this code into a finding, so that no handler can swallow it.
 */
export function notSimulated(what: string): AwsAnswer & { readonly ok: false } {
  return fail(NOT_SIMULATED, `${what} is not simulated.`, 501);
}

/** The code of {@link notSimulated}; no AWS service has an error of this name. */
export const NOT_SIMULATED = 'RaceproofNotSimulated';
