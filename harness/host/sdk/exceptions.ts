/**
 * Turns an answer's error into what the SDK would throw: its own exception classes, or its transport error.
 *
 * The steps are those of the SDK's error deserialisation, so that `instanceof`, `name`, `$fault` and further members agree.
 * Retries are decided elsewhere.
 */

import { decorateServiceException, type ServiceException } from '@smithy/core/client';
import { NormalizedSchema, TypeRegistry } from '@smithy/core/schema';
import { type AwsError, NOT_SIMULATED } from '../../simulator/contract/answer.ts';
import { errorTypeOf } from '../../simulator/contract/wire-protocol.ts';
import { type ErrorSchema, errorSchemaOf } from './error-schemas.ts';
import { type AnswerReader, AnswerReaders } from './read-answer.ts';
import type { SdkMetadata } from './sdk-shapes.ts';
import { queryErrorOf } from './wire/query-errors.ts';
import type { ServiceTable } from './wire/services.ts';

/** The code of an answer that never arrived. No AWS service has an error of this name. */
export const ANSWER_LOST = 'RaceproofAnswerLost';

/** The members that the SDK adds to the errors that it throws. */
export interface SdkError extends Error {
  $metadata?: Partial<SdkMetadata>;
}

type ErrorConstructor = new (options: object) => SdkError;

/**
 * The members that the SDK finds in the body of an error: its type, unless the service names it in a header; its old names; and what else stands in
 * the XML of the query protocol, which it shows where it has a class for the error.
 */
function bodyOf(
  services: ServiceTable,
  namespace: string,
  error: AwsError,
  requestId: string,
): Record<string, unknown> {
  const { code, message } = error;
  const protocol = services.get(namespace)?.protocol;
  if (protocol === undefined || protocol.kind === 'restJson1') return { message };
  const schema = errorSchemaOf(namespace, code);
  const named = (): Record<string, unknown> => {
    const names = queryErrorOf(schema, error);
    return { ...names, Error: { ...names, Message: message } };
  };
  if (protocol.kind === 'awsQuery')
    return { message, ...named(), ...(schema === null ? {} : { RequestId: requestId, xmlns: protocol.xmlNamespace }) };
  const body = { __type: errorTypeOf(protocol, code), message };
  return protocol.queryCompatible ? { ...body, ...named(), RequestId: requestId } : body;
}

/** A modelled error, ready to be constructed. */
interface Modelled {
  readonly Constructor: ErrorConstructor;
  readonly fault: unknown;
  readonly readMembers: AnswerReader;
}

export class Exceptions {
  readonly #services: ServiceTable;
  readonly #readers = new AnswerReaders();
  readonly #modelled = new Map<string, Modelled | null>();

  constructor(services: ServiceTable) {
    this.#services = services;
  }

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
    const body = bodyOf(this.#services, namespace, error, requestId);
    const modelled = this.#modelledFor(namespace, error.code);
    if (modelled === null) return this.#base(namespace, error, metadata, body);
    const { Constructor, fault, readMembers } = modelled;
    const members = readMembers(error.members ?? {}) as Record<string, unknown>;
    const { message } = error;
    return decorate(
      Object.assign(new Constructor({}), { $metadata: metadata, $fault: fault }, members, { message }),
      body,
    );
  }

  #modelledFor(namespace: string, code: string): Modelled | null {
    const id = `${namespace}#${code}`;
    const known = this.#modelled.get(id);
    if (known !== undefined) return known;
    const schema = errorSchemaOf(namespace, code);
    const Constructor = schema === null ? undefined : TypeRegistry.for(namespace).getErrorCtor(schema);
    const made = schema === null || Constructor === undefined ? null : this.#make(schema, Constructor);
    this.#modelled.set(id, made);
    return made;
  }

  #make(schema: ErrorSchema, Constructor: ErrorConstructor): Modelled {
    const ns = NormalizedSchema.of(schema);
    return { Constructor, fault: ns.getMergedTraits().error, readMembers: this.#readers.of(ns) };
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

/** The SDK's last step: adds members that its class does not know, and the hidden response. */
function decorate(exception: SdkError, body: Record<string, unknown>): SdkError {
  decorateServiceException(exception as unknown as ServiceException, body);
  const { httpStatusCode: statusCode, requestId } = exception.$metadata ?? {};
  const response = { statusCode, headers: { 'x-amzn-requestid': requestId } };
  Object.defineProperty(exception, '$response', { value: response, enumerable: false });
  return exception;
}

/** Errors that no service answers: the connection broke, or the simulator does not model the request. */
export function outsideError({ code, message }: AwsError): SdkError | null {
  if (code === ANSWER_LOST) return lostAnswer();
  return code === NOT_SIMULATED ? new Error(message) : null;
}

/** The error of Node's HTTP handler for a connection that was closed before the answer. */
function lostAnswer(): SdkError {
  return Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
}

/** The error with which the SDK rejects when its caller's signal is aborted. */
export function abortError(): SdkError {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
