/**
 * How an invocation ends: what became of it, what its caller is answered, and the errors that Lambda makes itself (LS-25, LS-27 to LS-29).
 *
 * What its environment does then stands in environments.ts.
 */

import { type AwsAnswer, ok } from '../../contract/answer.ts';
import type { FunctionError } from '../../contract/code.ts';
import { valueOfJsonText } from '../../contract/json-text.ts';
import type { Frame } from '../../contract/trace-entry.ts';
import { toUtf8, utf8Length } from '../../contract/utf8.ts';
import { invariant, unreachable } from '../../kernel/bug.ts';
import { SYNCHRONOUS_PAYLOAD_BYTES } from './invoke.ts';
import type { Environment } from './state.ts';
import type { InvocationOutcome } from './trace-events.ts';

/** How an invocation ended. */
export type End =
  | { readonly kind: 'returned'; readonly payloadJson: string }
  | { readonly kind: 'failed'; readonly error: FunctionError; readonly frame?: Frame | undefined }
  | { readonly kind: 'init-failed'; readonly error: FunctionError; readonly frame?: Frame | undefined }
  | {
      readonly kind: 'died';
      readonly why: 'crash' | 'exit' | 'timeout';
      readonly error: FunctionError;
      readonly frame?: Frame | undefined;
    };

/** What became of it. */
export function outcomeOfEnd(end: End): InvocationOutcome {
  switch (end.kind) {
    case 'returned': {
      const bytes = utf8Length(end.payloadJson);
      if (bytes > SYNCHRONOUS_PAYLOAD_BYTES) return { kind: 'failed', error: responseTooLarge() };
      return { kind: 'returned', payload: valueOfJsonText(end.payloadJson) };
    }
    case 'failed':
    case 'init-failed':
    case 'died':
      return {
        kind: 'failed',
        error: end.error,
        ...(end.frame === undefined ? {} : { frame: end.frame }),
        ...(end.kind === 'init-failed' ? { during: 'init' } : {}),
      };
    default:
      return unreachable(end, 'end of an invocation');
  }
}

/** A function error is HTTP 200 with `FunctionError` (LS-27). The answer says which version has run (LS-38). */
export function answerOf({ target }: Environment, outcome: InvocationOutcome, end: End): AwsAnswer {
  if (outcome.kind === 'returned') {
    invariant(end.kind === 'returned', 'only a handler that returned has a payload');
    return ok({ StatusCode: 200, ExecutedVersion: target.Version, Payload: toUtf8(end.payloadJson) });
  }
  return ok({
    StatusCode: 200,
    ExecutedVersion: target.Version,
    FunctionError: 'Unhandled',
    Payload: toUtf8(JSON.stringify(outcome.error)),
  });
}

/** LS-28. */
export function timeoutError(requestId: string, timeoutS: number): FunctionError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutS.toFixed(2)} seconds`,
  };
}

/** LS-29. */
export function exitError(requestId: string): FunctionError {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited without providing a reason`,
  };
}

/** LS-25. */
function responseTooLarge(): FunctionError {
  return {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${SYNCHRONOUS_PAYLOAD_BYTES} bytes).`,
  };
}
