/**
 * Requests to function URLs, and their answers, as calls: what an HTTP client and Lambda know of each other.
 *
 * The operation has no name in AWS's API; it has that of the action that IAM allows. The rules of Lambda are in its folder.
 */

/** The operation's name: `lambda:InvokeFunctionUrl`, as policies call it. */
export const INVOKE_FUNCTION_URL = 'InvokeFunctionUrl';

/** What the call is told. Names of headers are in lower case. */
export interface UrlRequest {
  readonly Url: string;
  readonly Method: string;
  readonly Headers: Readonly<Record<string, string>>;
  /** Text, or bytes that are no text; absent without a body. */
  readonly Body?: string | Uint8Array;
}

/** What it is answered, whatever the status. */
export interface UrlAnswer {
  readonly StatusCode: number;
  /** Names in lower case. */
  readonly Headers: Readonly<Record<string, string>>;
  /** Each the value of a header `set-cookie`. */
  readonly Cookies: readonly string[];
  readonly Body: string | Uint8Array;
}

const FUNCTION_URL =
  /^https:\/\/([a-z0-9]+)\.lambda-url\.([a-z0-9-]+)\.on\.aws(?::443)?(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/i;

/** A function URL's parts; null for another address. */
export function readFunctionUrl(
  address: string,
): { readonly urlId: string; readonly host: string; readonly path: string; readonly query: string } | null {
  const match = FUNCTION_URL.exec(address);
  if (match === null) return null;
  const [, id = '', region = '', path = '/', query = ''] = match;
  const urlId = id.toLowerCase();
  return { urlId, host: `${urlId}.lambda-url.${region.toLowerCase()}.on.aws`, path, query };
}
