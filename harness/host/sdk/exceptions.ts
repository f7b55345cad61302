/**
 * Turns an answer's «no» into what the SDK would throw: its own exception classes, or its transport error.
 *
 * The steps are those of the SDK's error deserialisation, so that `instanceof`, `name`, `$fault` and further members
 * agree. Not a retry policy.
 */

import { decorateServiceException, type ServiceException } from '@smithy/core/client';
import { NormalizedSchema, TypeRegistry } from '@smithy/core/schema';
import { type AwsError, NOT_SIMULATED } from '../../simulator/services/service.ts';
import { AnswerReaders } from './read-answer.ts';
import type { SdkMetadata } from './sdk-shapes.ts';

/** The code of an answer that never arrived. No AWS service has an error of this name. */
export const ANSWER_LOST = 'RaceproofAnswerLost';

/** What the SDK hangs on the errors that it throws. */
export interface SdkError extends Error {
  $metadata?: Partial<SdkMetadata>;
}

type ErrorConstructor = new (options: object) => SdkError;
type ErrorSchema = Parameters<TypeRegistry['getErrorCtor']>[0];

/** `__type` of an AWS JSON 1.0 error as DynamoDB writes it; services with a REST protocol name the error in a header. */
const ERROR_TYPE_PREFIX: Readonly<Record<string, string>> = {
  'com.amazonaws.dynamodb': 'com.amazonaws.dynamodb.v20120810#',
};

/** The value of `__type` for this error; undefined where the service names its errors in a header. */
export function errorType(namespace: string, code: string): string | undefined {
  const prefix = ERROR_TYPE_PREFIX[namespace];
  return prefix === undefined ? undefined : prefix + code;
}

export class Exceptions {
  readonly #readers = new AnswerReaders();

  /** The exception for an error of this service. */
  of(namespace: string, error: AwsError, requestId: string): SdkError {
    const outside = outsideError(error);
    if (outside !== null) return outside;
    const metadata: SdkMetadata = {
      httpStatusCode: error.status,
      requestId,
      extendedRequestId: undefined,
      cfId: undefined,
    };
    const body = { __type: errorType(namespace, error.code), message: error.message };
    const modelled = findModelled(namespace, error.code);
    if (modelled === null) return this.#base(namespace, error, metadata, body);
    const { schema, Constructor } = modelled;
    const ns = NormalizedSchema.of(schema);
    const members = this.#readers.of(ns)(error.members ?? {}) as Record<string, unknown>;
    const fault = ns.getMergedTraits().error;
    const exception = Object.assign(new Constructor({}), { $metadata: metadata, $fault: fault }, members, {
      message: error.message,
    });
    return decorate(exception, body);
  }

  /** An error that the SDK has no class for: the service's base exception, under the error's own name. */
  #base(namespace: string, error: AwsError, metadata: SdkMetadata, body: Record<string, unknown>): SdkError {
    const registry = TypeRegistry.for(`smithy.ts.sdk.synthetic.${namespace}`);
    const schema = registry.getBaseException();
    const Constructor = (schema === undefined ? Error : registry.getErrorCtor(schema)) as ErrorConstructor;
    const fault = error.status < 500 ? 'client' : 'server';
    const exception = new Constructor({ name: error.code });
    return decorate(Object.assign(exception, { $metadata: metadata, $fault: fault }), body);
  }
}

/** The last touches of the SDK: what its class does not know, and the hidden response. */
function decorate(exception: SdkError, body: Record<string, unknown>): SdkError {
  decorateServiceException(exception as unknown as ServiceException, plain(body));
  const { httpStatusCode: statusCode, requestId } = exception.$metadata ?? {};
  const response = { statusCode, headers: { 'x-amzn-requestid': requestId } };
  Object.defineProperty(exception, '$response', { value: response, enumerable: false });
  return exception;
}

function plain(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

function findModelled(namespace: string, code: string): { schema: ErrorSchema; Constructor: ErrorConstructor } | null {
  const registry = TypeRegistry.for(namespace);
  const id = `${namespace}#${code}`;
  const schema = registry.find((candidate) => NormalizedSchema.of(candidate).getName(true) === id);
  if (schema === undefined) return null;
  const Constructor = registry.getErrorCtor(schema as ErrorSchema);
  return Constructor === undefined ? null : { schema: schema as ErrorSchema, Constructor };
}

/** Errors that no service answers: the connection broke, or the simulator does not know what was asked. */
export function outsideError({ code, message }: AwsError): SdkError | null {
  if (code === ANSWER_LOST) return lostAnswer();
  return code === NOT_SIMULATED ? new Error(message) : null;
}

/** What Node's HTTP handler makes of a connection that was closed before the answer came. */
function lostAnswer(): SdkError {
  return Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
}

/** What the SDK rejects with when its caller's signal is aborted. */
export function abortError(): SdkError {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
