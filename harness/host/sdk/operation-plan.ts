/**
 * The SDK's schemas of one operation, prepared once: how its input is copied and its output read.
 *
 * It is made from the operation schema that every command carries. It knows no operation by name.
 */

import { NormalizedSchema } from '@smithy/core/schema';
import { type Copier, InputCopiers } from './copy-input.ts';
import { type AnswerReader, AnswerReaders } from './read-answer.ts';
import type { ServiceTable } from './wire/services.ts';

export interface OperationPlan {
  readonly service: string;
  /** Without «Command»: `PutItem`. */
  readonly operation: string;
  readonly namespace: string;
  readonly copyInput: Copier;
  readonly readOutput: AnswerReader;
  /** The output member that repeats the HTTP status (`StatusCode` of Lambda's Invoke). */
  readonly statusMember: string | null;
  /** The output member that is the HTTP body itself (`Payload` of Lambda's Invoke); null when the body is empty. */
  readonly payloadMember: string | null;
}

/** The first member of `[9, namespace, name, traits, input, output]`, which marks an operation. */
const OPERATION = 9;

export class OperationPlans {
  readonly #services: ServiceTable;
  readonly #copiers: InputCopiers;
  readonly #readers = new AnswerReaders();
  readonly #plans = new Map<unknown, OperationPlan | null>();

  constructor(services: ServiceTable, token: () => string) {
    this.#services = services;
    this.#copiers = new InputCopiers(token);
  }

  /** The plan for `command.schema`; null for anything that is not an operation of a simulated service. */
  of(schema: unknown): OperationPlan | null {
    const known = this.#plans.get(schema);
    if (known !== undefined) return known;
    const made = this.#make(schema);
    this.#plans.set(schema, made);
    return made;
  }

  #make(schema: unknown): OperationPlan | null {
    if (!Array.isArray(schema) || schema[0] !== OPERATION) return null;
    const [, namespace, operation, , input, output] = schema;
    const service = this.#services.get(namespace)?.service;
    if (service === undefined) return null;
    const outputs = Object.entries(NormalizedSchema.of(output).getMemberSchemas());
    const memberWith = (trait: 'httpResponseCode' | 'httpPayload'): string | null =>
      outputs.find(([, member]) => member.getMergedTraits()[trait] !== undefined)?.[0] ?? null;
    return {
      service,
      operation,
      namespace,
      copyInput: this.#copiers.of(NormalizedSchema.of(input)),
      readOutput: this.#readers.of(NormalizedSchema.of(output)),
      statusMember: memberWith('httpResponseCode'),
      payloadMember: memberWith('httpPayload'),
    };
  }
}
