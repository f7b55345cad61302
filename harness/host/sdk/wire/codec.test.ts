/**
 * The codec by itself: HTTP messages in and out, as a server would use it.
 */

import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as lambda from '@aws-sdk/client-lambda';
import * as documents from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../simulator/contract/answer.ts';
import { SERVICE_WIRES } from '../service-wires.ts';
import { WireCodec } from './codec.ts';
import { textOf } from './message.ts';
import { serviceTable, wireServiceOf } from './services.ts';

const SERVICES = serviceTable(SERVICE_WIRES);

function codec(): WireCodec {
  const made = new WireCodec();
  for (const exports of [dynamodb, lambda]) {
    const service = wireServiceOf(SERVICES, exports);
    if (service !== null) made.add(service);
  }
  return made;
}

const target = (name: string) => ({
  'X-Amz-Target': `DynamoDB_20120810.${name}`,
  'Content-Type': 'application/x-amz-json-1.0',
});

describe('the wire codec', () => {
  it('reads every operation from an SDK package, and nothing from a package without operations', () => {
    expect(wireServiceOf(SERVICES, dynamodb)?.operations.has('TransactWriteItems')).toBe(true);
    expect(wireServiceOf(SERVICES, lambda)?.operations.has('PutFunctionConcurrency')).toBe(true);
    expect(wireServiceOf(SERVICES, documents)).toBeNull();
  });

  it('reads an AWS JSON request and writes its answer', () => {
    const body = '{"TableName":"T","Key":{"id":{"B":"AQI="}}}';
    const call = codec().read({ method: 'POST', path: '/', headers: target('GetItem'), body });
    expect(call).toMatchObject({
      service: 'DynamoDB',
      operation: 'GetItem',
      input: { TableName: 'T', Key: { id: { B: new Uint8Array([1, 2]) } } },
    });
    const response = call?.write(ok({ Item: { b: { B: new Uint8Array([1, 2]) } } }), 'request-1');
    expect(response).toMatchObject({ statusCode: 200, headers: { 'x-amzn-requestid': 'request-1' } });
    expect(textOf(response?.body)).toBe('{"Item":{"b":{"B":"AQI="}}}');
  });

  it('writes an AWS JSON error with its type, its message and its members', () => {
    const call = codec().read({ method: 'POST', path: '/', headers: target('PutItem'), body: '{}' });
    const answer = fail('ConditionalCheckFailedException', 'The conditional request failed', 400, {
      Item: { id: { S: 'a' } },
    });
    const response = call?.write(answer, 'request-1');
    expect(response?.statusCode).toBe(400);
    expect(JSON.parse(textOf(response?.body))).toEqual({
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { id: { S: 'a' } },
    });
  });

  it('reads path, query, headers and payload of a REST request, and writes them back', () => {
    const call = codec().read({
      method: 'POST',
      path: '/2015-03-31/functions/a%3Ab/invocations',
      query: { Qualifier: 'live' },
      headers: { 'X-Amz-Invocation-Type': 'RequestResponse' },
      body: '{"x":1}',
    });
    expect(call).toMatchObject({
      service: 'Lambda',
      operation: 'Invoke',
      input: { FunctionName: 'a:b', Qualifier: 'live', InvocationType: 'RequestResponse' },
    });
    expect(textOf(call?.input.Payload as Uint8Array)).toBe('{"x":1}');
    const answer = ok({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      ExecutedVersion: '$LATEST',
      LogResult: 'bG9n',
      Payload: new Uint8Array([123, 125]),
    });
    const response = call?.write(answer, 'request-1');
    expect(response?.headers).toEqual({
      'x-amz-function-error': 'Unhandled',
      'x-amz-executed-version': '$LATEST',
      'x-amz-log-result': 'bG9n',
      'x-amzn-requestid': 'request-1',
    });
    expect(textOf(response?.body)).toBe('{}');
  });

  it('reads members of a REST body, and writes errors with their header', () => {
    const call = codec().read({
      method: 'PUT',
      path: '/2017-10-31/functions/f/concurrency',
      headers: {},
      body: '{"ReservedConcurrentExecutions":5,"Extra":1}',
    });
    expect(call).toMatchObject({
      operation: 'PutFunctionConcurrency',
      input: { FunctionName: 'f', ReservedConcurrentExecutions: 5 },
    });
    const response = call?.write(
      fail('TooManyRequestsException', 'Rate Exceeded.', 429, { retryAfterSeconds: '1', Reason: 'X' }),
      'r',
    );
    expect(response).toMatchObject({
      statusCode: 429,
      headers: { 'x-amzn-errortype': 'TooManyRequestsException', 'retry-after': '1' },
    });
    expect(JSON.parse(textOf(response?.body))).toEqual({ Reason: 'X', message: 'Rate Exceeded.' });
  });

  it('accepts no request of a service or operation that it was not given', () => {
    expect(codec().read({ method: 'POST', path: '/', headers: target('Nonsense'), body: '{}' })).toBeNull();
    expect(codec().read({ method: 'GET', path: '/nowhere', headers: {} })).toBeNull();
  });
});
