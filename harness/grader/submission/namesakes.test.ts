/**
 * A learner's function with the name of one of the lab's downstreams. The downstream would answer its calls, and the function
 * would never run, so this must not pass in silence.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { labNamed } from '../../cli/grading.ts';
import { NODE } from '../../node/platform.ts';
import { prepare } from './submission.ts';

const lab = labNamed('dedupe');
const read = (path: string): string =>
  readFileSync(new URL(`../../../solutions/dedupe/${path}`, import.meta.url), 'utf8');

async function findingsOf(template: string): Promise<readonly string[]> {
  const files = new Map(lab.editable.map((path) => [path, read(path)]));
  const prepared = await prepare(NODE, lab, files.set('template.yaml', template));
  return prepared.ok ? [] : prepared.findings.map(({ message, frame }) => `${frame?.line} ${message}`);
}

describe('a function with the name of a downstream', () => {
  const template = read('template.yaml');
  const lineOf = (logicalId: string): number => template.split('\n').indexOf(`  ${logicalId}:`) + 1;

  it('is refused, whether it has that name literally or through the parameter', async () => {
    const told = `${lineOf('Debit')} The function Debit is called raceproof-charge, which is the name of a system outside your account`;
    const [byName = ''] = await findingsOf(template.replace('FunctionName: debit', 'FunctionName: raceproof-charge'));
    const [byRef = ''] = await findingsOf(
      template.replace('FunctionName: debit', 'FunctionName: !Ref ChargeFunctionName'),
    );
    expect(byName).toContain(told);
    expect(byRef).toBe(byName);
  });

  it('may have any other name', async () => {
    expect(await findingsOf(template.replace('FunctionName: debit', 'FunctionName: my-debit'))).toEqual([]);
  });
});
