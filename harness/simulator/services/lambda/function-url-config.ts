/**
 * Function URLs: their settings and the operations on them (LS-50, LS-51).
 *
 * Settings only: what a request to one becomes is in url-event.ts, and what it is answered in url-answer.ts.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type AwsAnswer, fail, type Input, notSimulated, ok } from '../../contract/answer.ts';
import { type AccountPlace, functionArn, readFunctionName } from '../../contract/arn.ts';
import { isRecord } from '../../contract/request.ts';
import { notFound } from './function-name.ts';
import { numberOutOfBounds } from './ranges.ts';
import { lambdaMemberMissing, lambdaNotOneOf } from './refusal.ts';
import type { FunctionUrl, LambdaState } from './state.ts';

const CHOICES = { AuthType: ['NONE', 'AWS_IAM'], InvokeMode: ['BUFFERED', 'RESPONSE_STREAM'] };
/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html */
const LIMITS = { MaxItems: { least: 1, most: 50 } } as const;
const TYPE = { Type: 'User' };

/** The address at which a function is called. Its id follows from the account and the function: a new URL of one function is the old one. */
export function functionUrlOf(name: string, { region, accountId }: AccountPlace): string {
  const hash = sha256(utf8ToBytes(`${accountId} ${region} ${name}`));
  const id = Array.from(hash, (byte) => (byte % 36).toString(36)).join('');
  return `https://${id}.lambda-url.${region}.on.aws/`;
}

/** `CreateFunctionUrlConfig` (LS-50). */
export function createFunctionUrl(state: LambdaState, input: Input, nowMs: number): AwsAnswer {
  const name = unqualifiedIn(state, input);
  if (typeof name !== 'string') return name;
  const problem = input.AuthType === undefined ? lambdaMemberMissing('AuthType') : problemOfSettings(input);
  if (problem !== null) return problem;
  if (state.urls.has(name)) {
    const message = `Failed to create function url config for [functionArn = ${functionArn(name, state)}]. Error message:  FunctionUrlConfig exists for this Lambda function`;
    return fail('ResourceConflictException', message, 409, TYPE);
  }
  const made: FunctionUrl = {
    ...{ functionName: name, url: functionUrlOf(name, state) },
    authType: input.AuthType === 'AWS_IAM' ? 'AWS_IAM' : 'NONE',
    cors: corsIn(input) ?? null,
    ...{ createdAtMs: nowMs, modifiedAtMs: nowMs },
  };
  state.urls.set(name, made);
  const { LastModifiedTime: _, ...shown } = settingsOf(state, made);
  return ok(shown);
}

/** `UpdateFunctionUrlConfig` changes what it names (LS-50). */
export function updateFunctionUrl(state: LambdaState, input: Input, nowMs: number): AwsAnswer {
  const found = urlIn(state, input);
  if ('ok' in found) return found;
  const problem = problemOfSettings(input);
  if (problem !== null) return problem;
  const changed: FunctionUrl = {
    ...found,
    authType: input.AuthType === undefined ? found.authType : input.AuthType === 'AWS_IAM' ? 'AWS_IAM' : 'NONE',
    cors: corsIn(input) ?? found.cors,
    modifiedAtMs: nowMs,
  };
  state.urls.set(found.functionName, changed);
  return ok(settingsOf(state, changed));
}

/** `GetFunctionUrlConfig`. */
export function getFunctionUrl(state: LambdaState, input: Input): AwsAnswer {
  const found = urlIn(state, input);
  return 'ok' in found ? found : ok(settingsOf(state, found));
}

/** `DeleteFunctionUrlConfig`. */
export function deleteFunctionUrl(state: LambdaState, input: Input): AwsAnswer {
  const found = urlIn(state, input);
  if ('ok' in found) return found;
  state.urls.delete(found.functionName);
  return ok({});
}

/** `ListFunctionUrlConfigs`: a function has one at most, as the URLs of aliases are refused. */
export function listFunctionUrls(state: LambdaState, input: Input): AwsAnswer {
  const name = unqualifiedIn(state, input);
  if (typeof name !== 'string') return name;
  const problem = numberOutOfBounds(input, LIMITS);
  if (problem !== null) return problem;
  if (input.Marker !== undefined) return notSimulated('ListFunctionUrlConfigs with Marker');
  const found = state.urls.get(name);
  return ok({ FunctionUrlConfigs: found === undefined ? [] : [settingsOf(state, found)] });
}

const CORS_MEMBERS = ['AllowCredentials', 'AllowHeaders', 'AllowMethods', 'AllowOrigins', 'ExposeHeaders', 'MaxAge'];

/** What a browser may ask for, as it was given; undefined if nothing was. */
function corsIn({ Cors: given }: Input): Input | undefined {
  if (!isRecord(given)) return undefined;
  return Object.fromEntries(CORS_MEMBERS.flatMap((name) => (name in given ? [[name, given[name]]] : [])));
}

function settingsOf(state: LambdaState, { functionName, url, authType, cors, createdAtMs, modifiedAtMs }: FunctionUrl) {
  return {
    ...{ FunctionUrl: url, FunctionArn: functionArn(functionName, state), AuthType: authType },
    ...(cors === null ? {} : { Cors: cors }),
    CreationTime: timeOfUrl(state, createdAtMs),
    LastModifiedTime: timeOfUrl(state, modifiedAtMs),
    InvokeMode: 'BUFFERED',
  };
}

function timeOfUrl({ epochMs }: LambdaState, atMs: number): string {
  return new Date(epochMs + atMs).toISOString();
}

/** The function's URL, or why there is none. */
function urlIn(state: LambdaState, input: Input): FunctionUrl | AwsAnswer {
  const name = unqualifiedIn(state, input);
  if (typeof name !== 'string') return name;
  return (
    state.urls.get(name) ?? fail('ResourceNotFoundException', 'The resource you requested does not exist.', 404, TYPE)
  );
}

/** The name of a function that exists. The URL of an alias would be one of its own. */
function unqualifiedIn(state: LambdaState, input: Input): string | AwsAnswer {
  const { name, qualifier } = readFunctionName(String(input.FunctionName ?? ''));
  const wanted = input.Qualifier ?? qualifier;
  if (wanted !== undefined) return notSimulated('The function URL of an alias (Qualifier)');
  return state.functions.has(name) ? name : notFound(state, name);
}

function problemOfSettings(input: Input): AwsAnswer | null {
  for (const [member, values] of Object.entries(CHOICES)) {
    const value = input[member];
    if (value !== undefined && !values.includes(String(value))) return lambdaNotOneOf(value, member, values);
  }
  return input.InvokeMode === 'RESPONSE_STREAM'
    ? notSimulated('A function URL with InvokeMode «RESPONSE_STREAM»')
    : null;
}
