/**
 * The place of a structure's members in an HTTP message: path, query, headers, status, or body.
 *
 * It is read from Smithy's HTTP binding traits (https://smithy.io/2.0/spec/http-bindings.html). REST protocols only.
 */

import { FromStringShapeDeserializer, ToStringShapeSerializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { settingsOf } from './json.ts';
import type { WireRequest } from './message.ts';

/** One member and the place that its traits name. */
export type Binding =
  | { readonly place: 'label' | 'payload' | 'status' | 'body' | 'query-map' }
  | { readonly place: 'query' | 'header' | 'header-prefix'; readonly name: string };

export function bindingOf(member: NormalizedSchema): Binding {
  const traits = member.getMergedTraits();
  if (traits.httpLabel) return { place: 'label' };
  if (traits.httpPayload) return { place: 'payload' };
  if (traits.httpResponseCode) return { place: 'status' };
  if (traits.httpQueryParams) return { place: 'query-map' };
  if (traits.httpQuery !== undefined) return { place: 'query', name: traits.httpQuery };
  if (traits.httpHeader !== undefined) return { place: 'header', name: traits.httpHeader.toLowerCase() };
  if (traits.httpPrefixHeaders !== undefined)
    return { place: 'header-prefix', name: traits.httpPrefixHeaders.toLowerCase() };
  return { place: 'body' };
}

/** The value of a text in a header, a path or a query. */
export function fromText(member: NormalizedSchema, text: string): unknown {
  return new FromStringShapeDeserializer(settingsOf('restJson')).read(member, text);
}

/** The text for a header. */
export function toText(member: NormalizedSchema, value: unknown): string {
  const serializer = new ToStringShapeSerializer(settingsOf('restJson'));
  serializer.write(member, value);
  return serializer.flush();
}

/** Header values by lower-case name. */
export function headersOf(request: WireRequest): ReadonlyMap<string, string> {
  return new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The operation's method, path pattern and success status: `['POST', '/functions/{Name}/invocations', 200]`. */
export type HttpTrait = readonly [method: string, uri: string, status: number];

/** The labels in a path, decoded; null if the path belongs to another operation. */
export function matchPath(uri: string, path: string): Readonly<Record<string, string>> | null {
  const names: string[] = [];
  const pattern = uri.split('?')[0]?.replace(/[.*^$()|[\]\\]/g, '\\$&') ?? '';
  const source = pattern.replace(/\{([^}+]+)(\+?)\}/g, (_whole, name: string, greedy: string) => {
    names.push(name);
    return greedy === '+' ? '(.+)' : '([^/]+)';
  });
  const match = new RegExp(`^${source}/?$`).exec(path);
  if (match === null) return null;
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]));
}
