/**
 * Holds results against the published JSON Schema, as a grader's own tools do that read `raceproof grade --json`.
 *
 * Only the course check asks it, of each result that it makes.
 */

import { readFile } from 'node:fs/promises';
import { Ajv, type ValidateFunction } from 'ajv';
import { reportAsJson } from '../../grader/report/json.ts';
import type { LabResult } from '../../grader/result.ts';

const PUBLISHED = new URL('../../grader/result.schema.json', import.meta.url);

/** Resolves to a function that says in which places a result, as it is printed, does not fit the schema; empty if it fits. */
export async function readResultSchema(): Promise<(result: LabResult) => readonly string[]> {
  const schema: object = JSON.parse(await readFile(PUBLISHED, 'utf8'));
  const validate: ValidateFunction = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
  return (result) => {
    validate(JSON.parse(reportAsJson(result)));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
