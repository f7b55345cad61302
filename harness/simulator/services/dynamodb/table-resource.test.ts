/**
 * Tables in templates: each rule of their properties, with line and column, and the calls.
 */

import { describe, expect, it } from 'vitest';
import { findingsOf, standing, table } from '../cloudformation/stack-for-tests.ts';

/** A table's findings; its further properties begin in line 8, column 7. */
const wrongTable = (properties: string) => findingsOf(`Resources:\n${table('Table', properties)}`);

describe('AWS::DynamoDB::Table', () => {
  it.each([
    ['TableName: a', '8:18 TableName must be a name of 3 to 255 letters, digits, _ . and -, not «a».'],
    ['SortKey: x', '8:7 AWS::DynamoDB::Table has no property «SortKey».'],
    ['StreamSpecification: {}', '8:28 StreamSpecification needs StreamViewType.'],
    [
      'StreamSpecification: { StreamViewType: ALL }',
      '8:46 StreamViewType must be NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES or KEYS_ONLY, not «ALL».',
    ],
    ['TableClass: CHEAP', '8:19 TableClass must be STANDARD or STANDARD_INFREQUENT_ACCESS, not «CHEAP».'],
    ['DeletionProtectionEnabled: maybe', '8:34 DeletionProtectionEnabled must be true or false, not «maybe».'],
    ['TimeToLiveSpecification: { AttributeName: ttl }', '8:32 TimeToLiveSpecification needs Enabled.'],
    [
      'TimeToLiveSpecification: { Enabled: true }',
      '8:7 TimeToLiveSpecification needs AttributeName when Enabled is true.',
    ],
    [
      'ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 }',
      '8:7 ProvisionedThroughput cannot stand beside BillingMode PAY_PER_REQUEST. Remove one of them.',
    ],
    [
      'GlobalSecondaryIndexes: [{ IndexName: byDay, KeySchema: [{ AttributeName: day, KeyType: HASH }], Projection: { ProjectionType: ALL } }]',
      '7:7 The key day is not in AttributeDefinitions. Define it there with its type.',
    ],
  ])('%s', (properties, finding) => {
    expect(wrongTable(properties)).toEqual([finding]);
  });

  it.each([
    ['KeyType: HASH', 'KeyType: HAHS', '7:49 KeyType must be HASH or RANGE, not «HAHS». Did you mean HASH?'],
    ['KeyType: HASH', 'KeyType: RANGE', '7:7 KeySchema must name the HASH key first and may name a RANGE key second.'],
    ['AttributeType: S', 'AttributeType: String', '6:66 AttributeType must be S, N or B, not «String».'],
    [
      '      BillingMode: PAY_PER_REQUEST\n',
      '',
      '2:3 A table without ProvisionedThroughput needs BillingMode: PAY_PER_REQUEST.',
    ],
    [
      'KeySchema: [{ AttributeName: id,',
      'KeySchema: [{ AttributName: id,',
      '7:21 KeySchema has no member «AttributName». Did you mean AttributeName?',
    ],
  ])('%s written as %s', (right, written, finding) => {
    expect(findingsOf(`Resources:\n${table('Table')}`.replace(right, written))).toContain(finding);
  });

  it('requires that each key is defined and each definition used', () => {
    const template = `Resources:\n${table('Table')}`.replace(
      'AttributeName: id, AttributeType',
      'AttributeName: day, AttributeType',
    );
    expect(findingsOf(template)).toEqual([
      '6:7 AttributeDefinitions defines day, which is no key. Only key attributes are defined (id); remove it.',
      '7:7 The key id is not in AttributeDefinitions. Define it there with its type.',
    ]);
  });

  it('does not turn time to live on if it is not enabled', () => {
    const { calls } = standing(`Resources:\n${table('Table', 'TimeToLiveSpecification: { Enabled: false }')}`);
    expect(calls.map(({ operation }) => operation)).toEqual(['CreateTable']);
  });
});
