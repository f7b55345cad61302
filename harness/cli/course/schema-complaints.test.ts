/** The course check holds each result against the published schema. */

import { expect, it } from 'vitest';
import { PASSING } from '../../grader/fixtures/lab-result.ts';
import type { LabResult } from '../../grader/result.ts';
import { readResultSchema } from './schema-complaints.ts';

it('has nothing to say about a result that fits', async () => {
  const complaintsAbout = await readResultSchema();
  expect(complaintsAbout(PASSING)).toEqual([]);
});

it('names the place of what the schema does not know', async () => {
  const complaintsAbout = await readResultSchema();
  const wrong = { ...PASSING, outcome: 'passed' } as unknown as LabResult;
  expect(complaintsAbout(wrong)).toEqual(['/outcome must be equal to one of the allowed values']);
});
