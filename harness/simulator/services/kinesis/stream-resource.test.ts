/**
 * Streams in templates: the calls that create them, their names, and the advice for properties that are not simulated.
 */

import { describe, expect, it } from 'vitest';
import { fail } from '../../contract/answer.ts';
import { deployed, findingsOf, standing } from '../cloudformation/stack-for-tests.ts';

/** A template with the stream Orders; its properties begin in line 4, column 7. */
const stream = (properties: string) =>
  `Resources:\n  Orders:\n    Type: AWS::Kinesis::Stream\n    Properties:\n${properties.replace(/^/gm, '      ')}\n`;

describe('AWS::Kinesis::Stream', () => {
  it('is created with its shards, and has a name and an ARN', () => {
    const { deployment, calls } = standing(`${stream(
      'Name: orders\nShardCount: 2\nStreamModeDetails: { StreamMode: PROVISIONED }\nMaxRecordSizeInKiB: 2048\nTags: [{ Key: a, Value: b }]\nDesiredShardLevelMetrics: [ALL]',
    )}Outputs:
  Name: { Value: !Ref Orders }
  Arn: { Value: !GetAtt Orders.Arn }
`);
    const StreamModeDetails = { StreamMode: 'PROVISIONED' };
    const input = { StreamName: 'orders', ShardCount: 2, StreamModeDetails, MaxRecordSizeInKiB: 2048 };
    expect(calls).toEqual([{ service: 'Kinesis', operation: 'CreateStream', input }]);
    const Arn = 'arn:aws:kinesis:eu-central-1:123456789012:stream/orders';
    expect(deployment.outputs).toEqual({ Name: 'orders', Arn });
  });

  it('gets a generated name', () => {
    const { deployment } = standing(`${stream('ShardCount: 1')}Outputs:\n  Name: { Value: !Ref Orders }\n`);
    expect(deployment.outputs.Name).toMatch(/^shop-Orders-[0-9A-Za-z]{12}$/);
  });

  it('KI-10 gets its retention by a call of its own, whose refusal is reported at its line', () => {
    const template = stream('ShardCount: 1\nRetentionPeriodHours: 48');
    expect(standing(template).calls[1]).toMatchObject({
      ...{ operation: 'IncreaseStreamRetentionPeriod', input: { RetentionPeriodHours: 48 } },
    });
    const answer = ({ operation }: { readonly operation: string }) =>
      operation === 'CreateStream'
        ? ({ ok: true, output: {} } as const)
        : fail('InvalidArgumentException', 'Too long.');
    expect(deployed(template, { answer }).result).toMatchObject({
      ok: false,
      findings: [{ line: 6, message: 'The resource Orders cannot be made. Kinesis says: Too long.' }],
    });
  });

  it('KI-10 keeps records for 24 to 8,760 hours', () => {
    for (const hours of [23, 8_761])
      expect(findingsOf(stream(`ShardCount: 1\nRetentionPeriodHours: ${hours}`))).toHaveLength(1);
  });

  it('KI-11 has a number of shards, or leaves it to AWS', () => {
    expect(standing(stream('StreamModeDetails: { StreamMode: ON_DEMAND }')).calls).toHaveLength(1);
    expect(findingsOf(stream('StreamModeDetails: { StreamMode: ON_DEMAND }\nShardCount: 2'))).toEqual([
      expect.stringContaining('A stream in ON_DEMAND mode has no ShardCount.'),
    ]);
    expect(findingsOf(stream('Name: orders'))).toEqual([
      expect.stringContaining('A stream in PROVISIONED mode, which is the default, needs a ShardCount.'),
    ]);
  });

  it.each([
    ['StreamEncryption: { EncryptionType: KMS, KeyId: key }', 'There are no keys here: remove it.'],
    ['RecordDistributionStrategy: AUTO', 'Records go by their partition keys here: remove it.'],
    ['WarmThroughputMiBps: 10', 'Streams on demand are never throttled here: remove it.'],
  ])('refuses %s with a way out', (property, advice) => {
    expect(findingsOf(stream(`ShardCount: 1\n${property}`))).toEqual([expect.stringContaining(advice)]);
  });

  it('refuses a name that AWS does not take', () => {
    expect(findingsOf(stream('ShardCount: 1\nName: "a b"'))).toEqual([
      expect.stringContaining('a name of 1 to 128 letters, digits, _ . and -'),
    ]);
  });
});
