/**
 * A call to AWS and its answer, as plain data: what crosses every border of the simulator.
 *
 * AWS's errors travel as data in an answer, in AWS's own words; no code throws them. A request that the simulator does not
 * model is answered with its name, and the world turns that answer into a finding. Nothing in here is specific to one service.
 */

/** One API call, as an AWS SDK client makes it. `input` has the SDK's member names; blobs are `Uint8Array`. */
export interface AwsCall {
  /** The service as AWS spells it: `DynamoDB`. */
  readonly service: string;
  /** The operation without «Command»: `PutItem`, `Invoke`. */
  readonly operation: string;
  readonly input: Input;
}

/** The members of a request, not yet validated. */
export type Input = Readonly<Record<string, unknown>>;

/** An error as AWS answers it. `code` is the SDK exception's name; `members` are its further members (`Item`, `Reason` …). */
export interface AwsError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly members?: Readonly<Record<string, unknown>>;
}

export type AwsAnswer =
  | { readonly ok: true; readonly output: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: AwsError };

/** The name of a call in flight: `call-7`. Each world counts its calls, so no name is random. */
export type CallId = string;

/** An answer to a call that succeeded. */
export function ok(output: Readonly<Record<string, unknown>>): AwsAnswer {
  return { ok: true, output };
}

/** An answer to a call that AWS refused, in AWS's own words. */
export function fail(
  code: string,
  message: string,
  status = 400,
  members?: Readonly<Record<string, unknown>>,
): AwsAnswer & { readonly ok: false } {
  return { ok: false, error: members === undefined ? { code, message, status } : { code, message, status, members } };
}

/**
 * Refuses by name what the simulator does not model: it never ignores part of a request and never guesses. `what` is a path or
 * a value as the learner wrote it. The world turns this code into a finding, so no handler can swallow it.
 */
export function notSimulated(what: string): AwsAnswer & { readonly ok: false } {
  return fail(NOT_SIMULATED, `${what} is not simulated.`, 501);
}

/** The code of {@link notSimulated}; no AWS service has an error of this name. */
export const NOT_SIMULATED = 'RaceproofNotSimulated';
