/**
 * Finds the SDK's schema and class for an error by its code.
 */

import { NormalizedSchema, TypeRegistry } from '@smithy/core/schema';

export type ErrorSchema = Parameters<TypeRegistry['getErrorCtor']>[0];

/** The schema of a modelled error; null for an error that the SDK has no class for. */
export function errorSchemaOf(namespace: string, code: string): ErrorSchema | null {
  const id = `${namespace}#${code}`;
  const found = TypeRegistry.for(namespace).find((candidate) => NormalizedSchema.of(candidate).getName(true) === id);
  return (found as ErrorSchema | undefined) ?? null;
}
