/**
 * The names of errors in AWS's query protocol: services that once spoke it (SQS) still send them.
 *
 * The SDK shows them as `Code`, `Type` and `Error` of its exceptions:
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait
 */

import { NormalizedSchema } from '@smithy/core/schema';
import type { AwsError } from '../../../simulator/contract/answer.ts';
import type { ErrorSchema } from '../error-schemas.ts';

export interface QueryError {
  /** `AWS.SimpleQueueService.NonExistentQueue` */
  readonly Code: string;
  /** The side that caused the error. */
  readonly Type: 'Sender' | 'Receiver';
}

/** The error's name in the query protocol; an error that the SDK has no class for has only one name. */
export function queryErrorOf(schema: ErrorSchema | null, { code, status }: AwsError): QueryError {
  const traits = schema === null ? {} : NormalizedSchema.of(schema).getMergedTraits();
  const [name = code] = (traits as { readonly awsQueryError?: readonly string[] }).awsQueryError ?? [];
  return { Code: name, Type: status < 500 ? 'Sender' : 'Receiver' };
}

/** The header that carries it. */
export function queryErrorHeader(schema: ErrorSchema | null, error: AwsError): Record<string, string> {
  const { Code, Type } = queryErrorOf(schema, error);
  return { 'x-amzn-query-error': `${Code};${Type}` };
}
