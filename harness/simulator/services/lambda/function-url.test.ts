/**
 * Function URLs: their settings, the event that a request becomes, and what its client is answered (LS-50 to LS-55).
 */

import { describe, expect, it } from 'vitest';
import type { AwsAnswer, Input } from '../../contract/answer.ts';
import type { UrlAnswer } from '../../contract/function-url.ts';
import { effectsOf } from '../../contract/service-for-tests.ts';
import { FunctionsForTests, startedIn } from './lambda-for-tests.ts';
import type { LambdaStep } from './messages.ts';

class UrlsForTests extends FunctionsForTests {
  readonly url: string;

  constructor(settings: Input = {}) {
    super({ accountConcurrency: 1_000 });
    this.create('shop', { Timeout: 5 });
    const made = this.ask('CreateFunctionUrlConfig', { FunctionName: 'shop', AuthType: 'NONE', ...settings });
    this.url = String(made.FunctionUrl);
  }

  /** Makes a request to this path of the URL. */
  request(path = '', more: Input = {}) {
    return this.call('InvokeFunctionUrl', { Url: `${this.url}${path}`, Method: 'GET', Headers: {}, ...more });
  }

  /** The event of the function for a request. */
  eventOf(path = '', more: Input = {}): Readonly<Record<string, unknown>> {
    const environment = startedIn(this.request(path, more)) ?? expect.fail('nothing was started');
    const [invoked] = effectsOf(this.report({ kind: 'initialised', environment }).effects, 'invoke');
    this.return(invoked?.invocation ?? '');
    return JSON.parse(invoked?.payloadJson ?? '{}') as Readonly<Record<string, unknown>>;
  }

  /** What a client gets whose request the function answers with this. */
  answeredWith(payload: unknown): UrlAnswer {
    const environment = startedIn(this.request()) ?? this.#idle();
    const [invoked] = effectsOf(this.report({ kind: 'initialised', environment }).effects, 'invoke');
    return answerIn(this.return(invoked?.invocation ?? '', JSON.stringify(payload)));
  }

  #idle(): string {
    return expect.fail('each of these is the first request of its function');
  }
}

/** The answer in the reply of a step. */
function answerIn({ effects }: LambdaStep): UrlAnswer {
  return outputOf(effectsOf(effects, 'reply')[0]?.answer ?? expect.fail('nothing was answered'));
}

function outputOf(answer: AwsAnswer | null): UrlAnswer {
  return answer?.ok ? (answer.output as unknown as UrlAnswer) : expect.fail('it was refused');
}

const with_ = (payload: unknown): UrlAnswer => new UrlsForTests().answeredWith(payload);

describe('the settings of a function URL', () => {
  const AT = '2026-01-01T00:00:00.000Z';
  const FunctionName = 'shop';

  it('LS-50 are answered when it is made, looked up, listed and changed', () => {
    const lambda = new FunctionsForTests();
    lambda.create('shop');
    const made = lambda.ask('CreateFunctionUrlConfig', { FunctionName, AuthType: 'NONE' });
    expect(made).toEqual({
      FunctionUrl: expect.stringMatching(/^https:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws\/$/),
      FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:shop',
      ...{ AuthType: 'NONE', CreationTime: AT, InvokeMode: 'BUFFERED' },
    });
    lambda.at(1_000);
    const changed = lambda.ask('UpdateFunctionUrlConfig', { FunctionName, Cors: { AllowOrigins: ['*'] } });
    const LastModifiedTime = '2026-01-01T00:00:01.000Z';
    expect(changed).toEqual({ ...made, Cors: { AllowOrigins: ['*'] }, LastModifiedTime });
    expect(lambda.ask('UpdateFunctionUrlConfig', { FunctionName, AuthType: 'AWS_IAM' })).toEqual({
      ...{ ...changed, AuthType: 'AWS_IAM' },
    });
    expect(lambda.ask('GetFunctionUrlConfig', { FunctionName })).toEqual({ ...changed, AuthType: 'AWS_IAM' });
    expect(lambda.ask('ListFunctionUrlConfigs', { FunctionName })).toEqual({
      FunctionUrlConfigs: [{ ...changed, AuthType: 'AWS_IAM' }],
    });
    lambda.ask('DeleteFunctionUrlConfig', { FunctionName });
    expect(lambda.ask('ListFunctionUrlConfigs', { FunctionName })).toEqual({ FunctionUrlConfigs: [] });
  });

  it('LS-50 are made once, and are refused without a function, a kind of authentication or a right value', () => {
    const lambda = new UrlsForTests();
    expect(lambda.errorOf('CreateFunctionUrlConfig', { FunctionName, AuthType: 'NONE' })).toMatchObject({
      ...{ code: 'ResourceConflictException', status: 409 },
      message: expect.stringContaining('FunctionUrlConfig exists for this Lambda function'),
    });
    lambda.create('other');
    const codeOf = (operation: string, input: Input) => lambda.errorOf(operation, input).code;
    expect(codeOf('CreateFunctionUrlConfig', { FunctionName: 'other' })).toBe('ValidationException');
    expect(codeOf('CreateFunctionUrlConfig', { FunctionName: 'other', AuthType: 'no' })).toBe('ValidationException');
    expect(codeOf('CreateFunctionUrlConfig', { FunctionName: 'none', AuthType: 'NONE' })).toBe(
      'ResourceNotFoundException',
    );
    for (const operation of ['GetFunctionUrlConfig', 'UpdateFunctionUrlConfig', 'DeleteFunctionUrlConfig'])
      expect(lambda.errorOf(operation, { FunctionName: 'other' })).toMatchObject({
        ...{ code: 'ResourceNotFoundException', status: 404 },
        message: 'The resource you requested does not exist.',
      });
  });

  it('LS-51 go with the function, and the address never changes', () => {
    const lambda = new UrlsForTests();
    lambda.ask('DeleteFunction', { FunctionName });
    lambda.create('shop');
    expect(lambda.errorOf('GetFunctionUrlConfig', { FunctionName }).code).toBe('ResourceNotFoundException');
    const again = lambda.ask('CreateFunctionUrlConfig', { FunctionName, AuthType: 'NONE' });
    expect(again.FunctionUrl).toBe(lambda.url);
    lambda.create('other');
    const other = lambda.ask('CreateFunctionUrlConfig', { FunctionName: 'other', AuthType: 'NONE' });
    expect(other.FunctionUrl).not.toBe(lambda.url);
  });

  it('are refused by name for an alias, a stream of the answer, and a page of a list', () => {
    const lambda = new UrlsForTests();
    const refused = (operation: string, input: Input) => lambda.errorOf(operation, { FunctionName, ...input }).message;
    expect(refused('CreateFunctionUrlConfig', { AuthType: 'NONE', Qualifier: 'live' })).toMatch(/alias/);
    expect(refused('UpdateFunctionUrlConfig', { InvokeMode: 'RESPONSE_STREAM' })).toMatch(/RESPONSE_STREAM/);
    expect(refused('ListFunctionUrlConfigs', { Marker: 'x' })).toMatch(/Marker/);
  });
});

describe('a request', () => {
  it('depends on the settings of its URL, and a change of them on it', () => {
    const lambda = new UrlsForTests();
    const { reads } = lambda.request().footprint;
    const { writes } = lambda.call('UpdateFunctionUrlConfig', { FunctionName: 'shop', AuthType: 'AWS_IAM' }).footprint;
    expect(writes.filter((path) => reads.includes(path))).toContain('lambda/urls');
    expect(lambda.setOut('InvokeFunctionUrl', { Url: lambda.url })).toEqual({
      number: 2,
      footprint: { reads: ['lambda/urls'], writes: ['lambda/shop/numbers'] },
    });
  });
});

describe('the event of a request', () => {
  it('LS-52 has payload format 2.0', () => {
    const lambda = new UrlsForTests().at(12_345);
    const host = lambda.url.slice('https://'.length, -1);
    const [apiId] = host.split('.');
    const event = lambda.eventOf('orders/7?size=big&kind=a%20b&kind=c+d', {
      Method: 'POST',
      Headers: { 'Content-Type': 'application/json', Cookie: 'a=1; b=2', 'user-agent': 'node' },
      Body: '{"n":1}',
    });
    expect(event).toEqual({
      ...{ version: '2.0', routeKey: '$default', rawPath: '/orders/7' },
      rawQueryString: 'size=big&kind=a%20b&kind=c+d',
      cookies: ['a=1', 'b=2'],
      headers: {
        ...{ 'content-type': 'application/json', host, 'user-agent': 'node' },
        ...{ 'x-forwarded-for': '192.0.2.1', 'x-forwarded-port': '443', 'x-forwarded-proto': 'https' },
      },
      queryStringParameters: { size: 'big', kind: 'a b,c d' },
      requestContext: {
        ...{ accountId: 'anonymous', apiId, domainName: host, domainPrefix: apiId },
        http: { method: 'POST', path: '/orders/7', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'node' },
        ...{ requestId: '00000000-0000-4000-8000-000000000001', routeKey: '$default', stage: '$default' },
        ...{ time: '01/Jan/2026:00:00:12 +0000', timeEpoch: 1_767_225_612_345 },
      },
      ...{ body: '{"n":1}', isBase64Encoded: false },
    });
  });

  it('LS-52 has no member for what the request lacks', () => {
    const event = new UrlsForTests().eventOf();
    expect(event).toMatchObject({ rawPath: '/', rawQueryString: '', isBase64Encoded: false });
    for (const member of ['cookies', 'queryStringParameters', 'body']) expect(event).not.toHaveProperty(member);
  });

  it.each([
    ['text/plain;charset=UTF-8', 'hé', 'hé', false],
    ['application/vnd.api+json', '{}', '{}', false],
    ['application/x-www-form-urlencoded', 'a=1', 'YT0x', true],
    ['image/png', Uint8Array.of(1, 2, 3), 'AQID', true],
  ] as const)('LS-52 UV-87 has a body of type %s as text, or as Base64', (type, Body, body, isBase64Encoded) => {
    const event = new UrlsForTests().eventOf('', { Method: 'POST', Headers: { 'content-type': type }, Body });
    expect(event).toMatchObject({ body, isBase64Encoded });
  });

  it('LS-52 names the request as the function’s context does', () => {
    const lambda = new UrlsForTests();
    lambda.eventOf();
    const begun = lambda.request();
    const [invoked] = effectsOf(begun.effects, 'invoke');
    const event = JSON.parse(invoked?.payloadJson ?? '{}') as {
      readonly requestContext: { readonly requestId: string };
    };
    expect(event.requestContext.requestId).toBe(invoked?.context.requestId);
  });
});

describe('what a client is answered', () => {
  it.each([
    ['Hello, world!', '"Hello, world!"'],
    [{ message: 'Hi' }, '{"message":"Hi"}'],
    [[1, 2], '[1,2]'],
    [null, 'null'],
    [7, '7'],
  ])('LS-53 is %o as JSON, with 200, if it says no status', (payload, Body) => {
    expect(with_(payload)).toEqual({
      ...{ StatusCode: 200, Headers: { 'content-type': 'application/json' }, Cookies: [] },
      Body,
    });
  });

  it('LS-53 is what a value with a status says', () => {
    const payload = {
      statusCode: 201,
      headers: { 'Content-Type': 'text/html', 'X-Count': 3 },
      cookies: ['a=1; Max-Age=60', 'b=2'],
      body: '<p>',
      isBase64Encoded: false,
    };
    expect(with_(payload)).toEqual({
      ...{ StatusCode: 201, Headers: { 'content-type': 'text/html', 'x-count': '3' } },
      ...{ Cookies: ['a=1; Max-Age=60', 'b=2'], Body: '<p>' },
    });
    expect(with_({ statusCode: 204 })).toMatchObject({ StatusCode: 204, Body: '' });
    expect(with_({ statusCode: 200, body: 'AQID', isBase64Encoded: true }).Body).toEqual(Uint8Array.of(1, 2, 3));
  });

  it.each([
    ['a status that is none', { statusCode: 'fine' }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['headers that are no map', { statusCode: 200, headers: ['a'] }],
    ['cookies that are no texts', { statusCode: 200, cookies: [1] }],
    ['Base64 that is none', { statusCode: 200, body: '*', isBase64Encoded: true }],
  ])('LS-54 is 502 for %s', (_, payload) => {
    expect(with_(payload)).toMatchObject({ StatusCode: 502, Body: 'Internal Server Error' });
  });

  it('LS-54 is 502 for an error in the function', () => {
    const lambda = new UrlsForTests();
    const environment = startedIn(lambda.request()) ?? '';
    const [invoked] = effectsOf(lambda.report({ kind: 'initialised', environment }).effects, 'invoke');
    const error = { errorType: 'Error', errorMessage: 'boom' };
    const answer = answerIn(lambda.report({ kind: 'failed', invocation: invoked?.invocation ?? '', error }));
    expect(answer).toMatchObject({ StatusCode: 502, Body: 'Internal Server Error' });
  });

  it('LS-54 is 429 when the function may not run, also if its reservation is 0', () => {
    const lambda = new UrlsForTests();
    lambda.reserve('shop', 1);
    lambda.request();
    expect(outputOf(lambda.request().answer)).toMatchObject({ StatusCode: 429 });
    const off = new UrlsForTests();
    off.reserve('shop', 0);
    const { answer, effects } = off.request();
    expect(outputOf(answer)).toMatchObject({ StatusCode: 429, Body: expect.stringContaining('Rate Exceeded.') });
    expect(effectsOf(effects, 'note')).toMatchObject([{ event: { kind: 'invocation-throttled' } }]);
  });

  it('LS-54 is 413 for more than 6 MB', () => {
    const Body = 'x'.repeat(6_291_557);
    const post = { Method: 'POST', Headers: { 'content-type': 'text/plain' } };
    expect(outputOf(new UrlsForTests().request('', { ...post, Body }).answer)).toMatchObject({ StatusCode: 413 });
    expect(new UrlsForTests().request('', { ...post, Body: Body.slice(1) }).answer).toBeNull();
  });

  it('LS-55 is 403 where requests are to be signed and this one is not', () => {
    const lambda = new UrlsForTests({ AuthType: 'AWS_IAM' });
    const { answer, effects } = lambda.request();
    expect(effects).toEqual([]);
    const { StatusCode, Body } = outputOf(answer);
    expect([StatusCode, JSON.parse(String(Body))]).toEqual([403, { Message: expect.stringMatching(/^Forbidden\b/) }]);
  });

  it('is a refusal by name for a signature, an origin with Cors, and an address of nobody', () => {
    const signed = { Headers: { authorization: 'AWS4-HMAC-SHA256 …' } };
    const refusal = (served: { readonly answer: AwsAnswer | null }) =>
      served.answer?.ok === false ? served.answer.error.message : '';
    expect(refusal(new UrlsForTests({ AuthType: 'AWS_IAM' }).request('', signed))).toMatch(/signed request/);
    const cors = new UrlsForTests({ Cors: { AllowOrigins: ['*'] } });
    expect(refusal(cors.request('', { Headers: { origin: 'https://example.com' } }))).toMatch(/Origin/);
    expect(cors.request().answer).toBeNull();
    const nobody = { Url: 'https://nobody.lambda-url.us-east-1.on.aws/' };
    expect(refusal(cors.request('', nobody))).toMatch(/no function URL of this stack/);
  });
});
