/** Base64, against the platform's own. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base64 } from './base64.ts';

it('prints bytes as Buffer does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  );
});
