/**
 * Fills in idempotency tokens before the SDK does, from the world's randomness instead of the machine's.
 *
 * A middleware for the SDK's own stack. The direct way fills them in when it copies the input.
 */

import { NormalizedSchema } from '@smithy/core/schema';
import type { SdkMiddleware } from './sdk-shapes.ts';

export const IDEMPOTENCY_TOKEN_OPTIONS = {
  name: 'worldIdempotencyToken',
  step: 'initialize',
  priority: 'low',
} as const;

export function idempotencyToken(token: () => string): SdkMiddleware {
  return (next, context) => (args) => {
    const { operationSchema } = (context.__smithy_context ?? {}) as { operationSchema?: readonly unknown[] };
    const name = tokenMember(operationSchema);
    if (name === null || Reflect.get(args.input, name) !== undefined) return next(args);
    return next({ ...args, input: { ...args.input, [name]: token() } });
  };
}

function tokenMember(operationSchema: readonly unknown[] | undefined): string | null {
  if (operationSchema === undefined) return null;
  const input = NormalizedSchema.of(operationSchema[4] as Parameters<typeof NormalizedSchema.of>[0]);
  const members = Object.entries(input.getMemberSchemas());
  return members.find(([, member]) => member.isIdempotencyToken())?.[0] ?? null;
}
