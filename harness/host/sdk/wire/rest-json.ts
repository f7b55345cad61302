/**
 * REST-JSON 1: reads one operation's request, and writes its answer and its errors. Driven by schemas alone.
 */

import type { NormalizedSchema } from '@smithy/core/schema';
import { bindingOf, fromText, headersOf, toText } from './bindings.ts';
import { readJson, writeJson } from './json.ts';
import { bytesOf, type WireRequest, type WireResponse } from './message.ts';

type Data = Record<string, unknown>;

/** The input in a request whose path has been matched. */
export function readRestInput(
  schema: NormalizedSchema,
  request: WireRequest,
  labels: Readonly<Record<string, string>>,
): Data {
  const headers = headersOf(request);
  const input: Data = {};
  const inBody: string[] = [];
  for (const [name, member] of Object.entries(schema.getMemberSchemas())) {
    const binding = bindingOf(member);
    if (binding.place === 'label') put(input, name, labels[name], member);
    else if (binding.place === 'header') put(input, name, headers.get(binding.name), member);
    else if (binding.place === 'query') putQuery(input, name, request.query?.[binding.name], member);
    else if (binding.place === 'payload') putPayload(input, name, request, member);
    else if (binding.place === 'body') inBody.push(name);
  }
  if (inBody.length === 0) return input;
  const body = readJson('restJson', schema, request.body) as Data;
  for (const name of inBody) if (body[name] !== undefined) input[name] = body[name];
  return input;
}

function put(input: Data, name: string, text: string | undefined, member: NormalizedSchema): void {
  if (text !== undefined) input[name] = fromText(member, text);
}

function putQuery(
  input: Data,
  name: string,
  value: string | readonly string[] | null | undefined,
  member: NormalizedSchema,
): void {
  if (value === undefined || value === null) return;
  if (!member.isListSchema()) put(input, name, typeof value === 'string' ? value : value[0], member);
  else
    input[name] = (typeof value === 'string' ? [value] : value).map((text) => fromText(member.getValueSchema(), text));
}

/** A payload member is the body itself. An SDK that was given no payload sends no body. */
function putPayload(input: Data, name: string, request: WireRequest, member: NormalizedSchema): void {
  if (request.body === undefined) return;
  if (member.isBlobSchema()) input[name] = bytesOf(request.body);
  else if (member.isStringSchema()) input[name] = new TextDecoder().decode(bytesOf(request.body));
  else input[name] = readJson('restJson', member, request.body);
}

/** The response with an output. `status` is the operation's own; a status member overrides it. */
export function writeRestOutput(schema: NormalizedSchema, output: Readonly<Data>, status: number): WireResponse {
  const headers: Record<string, string> = {};
  let statusCode = status;
  let payload: Uint8Array<ArrayBuffer> | null = null;
  const inBody: Data = {};
  for (const [name, member] of Object.entries(schema.getMemberSchemas())) {
    const value = output[name];
    if (value === undefined || value === null) continue;
    const binding = bindingOf(member);
    if (binding.place === 'status') statusCode = Number(value);
    else if (binding.place === 'header') headers[binding.name] = toText(member, value);
    else if (binding.place === 'header-prefix') putPrefixed(headers, binding.name, value as Data);
    else if (binding.place === 'payload') payload = payloadOf(member, value);
    else inBody[name] = value;
  }
  const hasBody = Object.keys(inBody).length > 0;
  const body = payload ?? (hasBody ? writeJson('restJson', schema, inBody) : new Uint8Array(0));
  return { statusCode, headers, body };
}

function putPrefixed(headers: Record<string, string>, prefix: string, values: Readonly<Data>): void {
  for (const [key, value] of Object.entries(values)) headers[prefix + key.toLowerCase()] = String(value);
}

function payloadOf(member: NormalizedSchema, value: unknown): Uint8Array<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value as Uint8Array);
  return typeof value === 'string' ? bytesOf(value) : writeJson('restJson', member, value as object);
}
