/**
 * What an error looks like on the wire: its schema, and the members that its body holds.
 */

import { NormalizedSchema, TypeRegistry } from '@smithy/core/schema';
import type { AwsError } from '../../../simulator/services/service.ts';
import type { AnswerReaders } from '../read-answer.ts';

/** The schema of a modelled error; null for one that the SDK has no class for. */
export function errorSchemaOf(namespace: string, code: string): NormalizedSchema | null {
  const id = `${namespace}#${code}`;
  const found = TypeRegistry.for(namespace).find((candidate) => NormalizedSchema.of(candidate).getName(true) === id);
  return found === undefined ? null : NormalizedSchema.of(found);
}

/** The error's members, its message under the name that its schema has for it (`message`, `Message`). */
export function errorBodyMembers(
  schema: NormalizedSchema | null,
  error: AwsError,
  readers: AnswerReaders,
): Record<string, unknown> {
  if (schema === null) return { message: error.message };
  const names = Object.keys(schema.getMemberSchemas());
  const messageName = names.find((name) => name.toLowerCase() === 'message') ?? 'message';
  const members = readers.of(schema)(error.members ?? {}) as Record<string, unknown>;
  return { ...members, [messageName]: error.message };
}
