/**
 * Tokens that a client hands back without reading them: shard iterators, and the next page of a list.
 *
 * AWS's are encrypted. These hold plain JSON, in Base64, so that equal choices give equal tokens.
 */

import { base64 } from '../../contract/base64.ts';
import { toUtf8 } from '../../contract/utf8.ts';

/** AWS's iterators begin like this. */
const BEGINNING = 'AAAAAAAAAA';

/** A token of these values, which must be plain JSON. */
export function sealToken(values: readonly unknown[]): string {
  return BEGINNING + base64(toUtf8(JSON.stringify(values)));
}

/** The values that a token holds; null if the text is no token. */
export function openToken(token: string): readonly unknown[] | null {
  if (!token.startsWith(BEGINNING)) return null;
  try {
    const text = atob(token.slice(BEGINNING.length));
    const values: unknown = JSON.parse(text);
    return Array.isArray(values) ? values : null;
  } catch {
    return null;
  }
}
