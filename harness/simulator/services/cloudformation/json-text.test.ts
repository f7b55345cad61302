/**
 * Properties that hold any JSON: what becomes of a template's values on their way to the API.
 */

import { describe, expect, it } from 'vitest';
import { lifeWithoutCalls, type ResourceType } from '../../contract/resource-type.ts';
import { simulated } from '../../contract/shape.ts';
import { readTemplate } from './cloudformation.ts';

const THING: ResourceType = {
  name: 'Test::Thing',
  properties: { Pattern: simulated({ kind: 'json' }) },
  required: [],
  naming: { property: null, maxLength: 10 },
  ref: (name) => name,
  attributes: () => ({}),
  refusedAttributes: {},
  calls: () => [],
  life: lifeWithoutCalls([]),
};

function read(pattern: string) {
  return readTemplate({
    template: `Parameters:\n  Least: { Type: Number }\nResources:\n  It: { Type: Test::Thing, Properties: { Pattern: ${pattern} } }\n`,
    fileName: 'template.yaml',
    stackName: 'stack',
    parameters: { Least: '5' },
    types: new Map([[THING.name, THING]]),
    region: 'us-east-1',
    accountId: '123456789012',
  });
}

function jsonOf(pattern: string): unknown {
  const reading = read(pattern);
  if (!reading.ok) expect.fail(reading.findings.map(({ message }) => message).join('; '));
  return JSON.parse(String(reading.template.resources[0]?.properties.Pattern));
}

describe('a property of any JSON', () => {
  it('is handed on as text, with each value as the template has it', () => {
    expect(jsonOf('{ a: [x, 1, 1.5, true, null, "1"], b: { c: {} } }')).toEqual({
      a: ['x', 1, 1.5, true, null, '1'],
      b: { c: {} },
    });
  });

  it('may hold functions, whose results are texts', () => {
    expect(jsonOf('{ a: [!Ref Least, !Ref AWS::Region] }')).toEqual({ a: ['5', 'us-east-1'] });
  });

  it('is not known where something in it is not, which is said once', () => {
    for (const pattern of ['{ a: [!Ref Nothing] }', '{ a: { b: !Ref Nothing } }']) {
      const reading = read(pattern);
      expect(reading.ok ? [] : reading.findings.map(({ message }) => message)).toHaveLength(1);
    }
  });

  it('must be a map', () => {
    const reading = read('[1]');
    expect(reading).toMatchObject({ ok: false, findings: [{ message: 'Pattern must be a map, not a list.' }] });
  });
});
