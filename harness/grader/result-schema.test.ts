/** The published JSON Schema of results, held against every kind of result. */

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { lostUpdate } from '../course/lost-update/lab.ts';
import { NODE } from '../node/platform.ts';
import * as fixtures from './fixtures/lab-result.ts';
import { grade } from './grade.ts';
import { reportAsJson } from './report/json.ts';
import type { LabResult } from './result.ts';

const schema: object = JSON.parse(readFileSync(new URL('./result.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const validate = ajv.compile(schema);

/** What the schema says against a result as it is printed; empty if nothing. */
function complaints(result: LabResult): readonly string[] {
  validate(JSON.parse(reportAsJson(result)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function fileOf(folder: string, path: string): [string, string] {
  return [path, readFileSync(new URL(`../../${folder}/${path}`, import.meta.url), 'utf8')];
}

function graded(folder: string, changed: Readonly<Record<string, string>> = {}): Promise<LabResult> {
  const files = new Map([...lostUpdate.editable.map((path) => fileOf(folder, path)), ...Object.entries(changed)]);
  return grade({ platform: NODE, lab: lostUpdate, files, host: 'in-realm' });
}

const STARTER = 'harness/course/lost-update/starter';

describe('the schema of a result', () => {
  const results = Object.entries(fixtures).flatMap(([name, value]) =>
    typeof value === 'string' ? [] : [[name, value] as const],
  );

  it.each(results)('fits the fixture %s', (_, result) => expect(complaints(result)).toEqual([]));

  it.each([
    ['a starter, with its failing schedules', () => graded(STARTER)],
    ['a solution', () => graded('solutions/lost-update')],
    ['code that can’t be read as code', () => graded(STARTER, { 'src/bump.ts': 'export const handler = (' })],
    ['a template that can’t be deployed', () => graded(STARTER, { 'template.yaml': 'Resources: 1' })],
  ])('fits the grading of %s', async (_, grading) => expect(complaints(await grading())).toEqual([]));

  it.each([
    ['an outcome that there is not', { outcome: 'passed' }],
    ['a member that the model does not have', { verdict: 'pass' }],
    [
      'totals without points',
      { tasks: [{ task: 1, title: '', holds: true, checks: { passed: 1, failed: 0, other: 0 } }] },
    ],
  ])('refuses %s', (_, wrong) => expect(complaints({ ...fixtures.PASSING, ...wrong } as LabResult)).not.toEqual([]));
});
