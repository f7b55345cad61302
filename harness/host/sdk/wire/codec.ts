/**
 * One codec between HTTP messages and calls, for every operation of every service that it is given.
 *
 * It reads a request into (service, operation, input) and writes the answer as the service would, driven by the SDK's
 * schemas. It knows no transport and makes no calls: an SDK's request handler or an HTTP server uses it.
 */

import { NormalizedSchema } from '@smithy/core/schema';
import type { AwsAnswer, AwsError } from '../../../simulator/contract/answer.ts';
import { errorTypeOf, type JsonRpcProtocol, type WireProtocol } from '../../../simulator/contract/wire-protocol.ts';
import { unreachable } from '../../../simulator/kernel/bug.ts';
import { errorSchemaOf } from '../error-schemas.ts';
import { AnswerReaders } from '../read-answer.ts';
import { type HttpTrait, matchPath } from './bindings.ts';
import { errorBodyMembers } from './errors.ts';
import { readJson, writeJson } from './json.ts';
import type { WireRequest, WireResponse } from './message.ts';
import { formOf, readQueryInput, writeQueryError, writeQueryOutput } from './query.ts';
import { queryErrorHeader, queryErrorOf } from './query-errors.ts';
import { readRestInput, writeRestOutput } from './rest-json.ts';
import type { OperationSchema, WireService } from './services.ts';

/** A request that was read, and how to answer it. */
export interface ReadCall {
  readonly service: string;
  readonly namespace: string;
  readonly operation: string;
  readonly input: Record<string, unknown>;
  write(answer: AwsAnswer, requestId: string): WireResponse;
}

export class WireCodec {
  readonly #services: WireService[] = [];
  readonly #readers = new AnswerReaders();

  /** Adds a service whose requests are read from now on. */
  add(service: WireService): void {
    if (!this.#services.some(({ namespace }) => namespace === service.namespace)) this.#services.push(service);
  }

  /** Null for a request of an unknown service or operation. Throws a SyntaxError for a body that is not JSON. */
  read(request: WireRequest): ReadCall | null {
    const target = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
    for (const service of this.#services) {
      const found = this.#readAs(service, service.protocol, target, request);
      if (found !== null) return found;
    }
    return null;
  }

  #readAs(
    service: WireService,
    protocol: WireProtocol,
    target: string | undefined,
    request: WireRequest,
  ): ReadCall | null {
    switch (protocol.kind) {
      case 'restJson1':
        return this.#rest(service, request);
      case 'awsQuery':
        return target === undefined ? this.#query(service, protocol, request) : null;
      case 'awsJson1_0':
      case 'awsJson1_1':
        return this.#rpc(service, protocol, target, request);
      default:
        return unreachable(protocol, 'wire protocol');
    }
  }

  #rpc(
    service: WireService,
    protocol: JsonRpcProtocol,
    target: string | undefined,
    request: WireRequest,
  ): ReadCall | null {
    const [prefix, name] = target?.split('.') ?? [];
    const operation = prefix === protocol.target && name !== undefined ? service.operations.get(name) : undefined;
    if (operation === undefined) return null;
    const input = readJson('awsJson', schemaOf(operation[4]), request.body) as Record<string, unknown>;
    const contentType = protocol.kind === 'awsJson1_0' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1';
    return this.#call(service, operation, input, (answer, requestId) => {
      const queryError =
        answer.ok || !protocol.queryCompatible
          ? {}
          : queryErrorHeader(errorSchemaOf(service.namespace, answer.error.code), answer.error);
      const headers = { 'content-type': contentType, 'x-amzn-requestid': requestId, ...queryError };
      const { statusCode, body } = this.#rpcResponse(service, protocol, operation, answer);
      return { statusCode, headers, body };
    });
  }

  #rpcResponse(
    { namespace }: WireService,
    protocol: JsonRpcProtocol,
    operation: OperationSchema,
    answer: AwsAnswer,
  ): Pick<WireResponse, 'statusCode' | 'body'> {
    if (answer.ok)
      return {
        statusCode: 200,
        body: writeJson('awsJson', schemaOf(operation[5]), this.#own(operation, answer.output)),
      };
    const { error } = answer;
    const schema = errorSchemaOf(namespace, error.code);
    const data = { __type: errorTypeOf(protocol, error.code), ...errorBodyMembers(schema, error, this.#readers) };
    return {
      statusCode: error.status,
      body: schema === null ? plainJson(data) : writeJson('awsJson', schemaOf(schema), data),
    };
  }

  #query(
    service: WireService,
    { version, xmlNamespace }: WireProtocol & { readonly kind: 'awsQuery' },
    request: WireRequest,
  ): ReadCall | null {
    if (request.method !== 'POST') return null;
    const form = formOf(request.body);
    const operation = form.get('Version') === version ? service.operations.get(String(form.get('Action'))) : undefined;
    if (operation === undefined) return null;
    return this.#call(service, operation, readQueryInput(schemaOf(operation[4]), form), (answer, requestId) => {
      const message = { operation: operation[2], xmlNamespace, requestId };
      const body = answer.ok
        ? writeQueryOutput(schemaOf(operation[5]), this.#own(operation, answer.output), message)
        : writeQueryError(
            queryErrorOf(errorSchemaOf(service.namespace, answer.error.code), answer.error),
            answer.error.message,
            message,
          );
      const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
      return { statusCode: answer.ok ? 200 : answer.error.status, headers, body };
    });
  }

  #rest(service: WireService, request: WireRequest): ReadCall | null {
    for (const operation of service.operations.values()) {
      const [method, uri, status] = httpOf(operation);
      const labels = method === request.method ? matchPath(uri, request.path) : null;
      if (labels === null) continue;
      const input = readRestInput(schemaOf(operation[4]), request, labels);
      return this.#call(service, operation, input, (answer, requestId) => {
        const { statusCode, headers, body } = answer.ok
          ? writeRestOutput(schemaOf(operation[5]), this.#own(operation, answer.output), status)
          : this.#restError(service, answer.error);
        return { statusCode, headers: { ...headers, 'x-amzn-requestid': requestId }, body };
      });
    }
    return null;
  }

  #restError({ namespace }: WireService, error: AwsError): WireResponse {
    const schema = errorSchemaOf(namespace, error.code);
    const data = errorBodyMembers(schema, error, this.#readers);
    const { headers, body } =
      schema === null ? { headers: {}, body: plainJson(data) } : writeRestOutput(schemaOf(schema), data, error.status);
    return {
      statusCode: error.status,
      headers: { ...headers, 'content-type': 'application/json', 'x-amzn-errortype': error.code },
      body,
    };
  }

  #call(
    { service, namespace }: WireService,
    operation: OperationSchema,
    input: Record<string, unknown>,
    write: ReadCall['write'],
  ): ReadCall {
    return { service, namespace, operation: operation[2], input, write };
  }

  /** The output as objects of this realm, since the SDK's codecs recognise no others. */
  #own(operation: OperationSchema, output: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return this.#readers.of(schemaOf(operation[5]))(output) as Record<string, unknown>;
  }
}

function schemaOf(schema: unknown): NormalizedSchema {
  return NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]);
}

function httpOf(operation: OperationSchema): HttpTrait {
  const { http } = operation[3] as { readonly http: HttpTrait };
  return http;
}

function plainJson(data: object): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(data));
}
