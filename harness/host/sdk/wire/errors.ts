/**
 * An error on the wire: the members of its body.
 */

import { NormalizedSchema } from '@smithy/core/schema';
import type { AwsError } from '../../../simulator/contract/answer.ts';
import type { ErrorSchema } from '../error-schemas.ts';
import type { AnswerReaders } from '../read-answer.ts';

/** The error's members, its message under the name that its schema has for it (`message`, `Message`). */
export function errorBodyMembers(
  schema: ErrorSchema | null,
  error: AwsError,
  readers: AnswerReaders,
): Record<string, unknown> {
  if (schema === null) return { message: error.message };
  const ns = NormalizedSchema.of(schema);
  const names = Object.keys(ns.getMemberSchemas());
  const messageName = names.find((name) => name.toLowerCase() === 'message') ?? 'message';
  const members = readers.of(ns)(error.members ?? {}) as Record<string, unknown>;
  return { ...members, [messageName]: error.message };
}
