/**
 * For tests: the operations of the services' APIs as AWS's own SDK knows them: the shapes of their inputs and outputs, and their errors.
 *
 * The shapes are the schemas that the SDK's commands carry. The errors of an operation stand in its declaration alone, as AWS documents them.
 */

import { NormalizedSchema } from '@smithy/core/schema';
import type { AnyService } from '../services/all.ts';

/** One error that AWS documents. */
export interface SdkErrorShape {
  readonly schema: NormalizedSchema;
  /** The HTTP status that the API's model gives; undefined if it gives none. */
  readonly status: number | undefined;
}

export interface SdkOperation {
  /** The API, as AWS spells it: `SQS`. */
  readonly api: string;
  /** Without «Command»: `SendMessage`. */
  readonly operation: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** The errors that AWS documents for this operation, by name. */
  readonly errors: ReadonlyMap<string, SdkErrorShape>;
}

/** The operations of one API, and the words of its enumerations. */
export interface SdkApi {
  readonly api: string;
  readonly operations: readonly SdkOperation[];
  readonly words: readonly string[];
}

type Exports = Readonly<Record<string, unknown>>;
/** A schema as the SDK writes it: its kind, its namespace, its name, its traits, and more. */
type Written = readonly [number, string, string, unknown, ...unknown[]];

const ERROR = -3;

/** The text of the file in which a package of the SDK declares a command. */
export type DeclarationOf = (packageName: string, command: string) => string;

/** Reads the SDK's client of a service; null if it has none. */
export async function sdkApiOf(
  { service: api, client }: AnyService,
  declarationOf: DeclarationOf,
): Promise<SdkApi | null> {
  if (client === null || client.protocol === null) return null;
  const exports = (await import(client.package)) as Exports;
  const errors = errorsIn(exports);
  const operations = Object.keys(exports).flatMap((name) => {
    const operation = /^([A-Z]\w*)Command$/.exec(name)?.[1];
    const schema = exports[`${operation}$`];
    if (operation === undefined || !isWritten(schema)) return [];
    const declared = declarationOf(client.package, name);
    const thrown = [...declared.matchAll(/@throws \{@link (\w+)\}/g)].map(([, error = '']) => error);
    const known = thrown.flatMap((error) => {
      const shape = errors.get(error);
      return shape === undefined ? [] : [[error, shape] as const];
    });
    const [input, output] = [schema[4], schema[5]].map((shape) => NormalizedSchema.of(shape as never));
    return input === undefined || output === undefined
      ? []
      : [{ api, operation, input, output, errors: new Map(known) }];
  });
  return { api, operations, words: wordsIn(exports) };
}

function errorsIn(exports: Exports): ReadonlyMap<string, SdkErrorShape> {
  const written = Object.values(exports).filter(isWritten);
  return new Map(
    written.flatMap((shape) => {
      const [kind, , name, traits] = shape;
      if (kind !== ERROR || name.endsWith('ServiceException')) return [];
      const { httpError: status } = traits as { readonly httpError?: number };
      return [[name, { schema: NormalizedSchema.of(shape as never), status }] as const];
    }),
  );
}

function isWritten(value: unknown): value is Written {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[2] === 'string';
}

/** The values of the SDK's enumerations. */
function wordsIn(exports: Exports): readonly string[] {
  const enumerations = Object.values(exports).filter(
    (value): value is Readonly<Record<string, string>> =>
      typeof value === 'object' && value !== null && Object.values(value).every((word) => typeof word === 'string'),
  );
  return [...new Set(enumerations.flatMap((words) => Object.values(words)))];
}
