/**
 * An HTTP request and its response, as far as AWS's protocols use them. Types only.
 */

export interface WireRequest {
  readonly method: string;
  /** Without the query, still percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

export interface WireResponse {
  readonly statusCode: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The bytes of a body; empty if there is no body. */
export function bytesOf(body: Uint8Array | string | undefined): Uint8Array<ArrayBuffer> {
  if (body === undefined) return new Uint8Array(0);
  return typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body);
}

/** The text of a body. */
export function textOf(body: Uint8Array | string | undefined): string {
  if (typeof body === 'string' || body === undefined) return body ?? '';
  return new TextDecoder().decode(new Uint8Array(body));
}
