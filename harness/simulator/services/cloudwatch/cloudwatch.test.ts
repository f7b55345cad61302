/**
 * Alarms in templates: accepted, and silent.
 */

import { describe, expect, it } from 'vitest';
import { ServiceForTests } from '../../contract/service-for-tests.ts';
import { findingsOf, standing } from '../cloudformation/stack-for-tests.ts';
import { CLOUDWATCH } from './cloudwatch.ts';

const alarm = (properties: string) => `Resources:
  Letters: { Type: AWS::SQS::Queue }
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: { ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, ${properties} }
Outputs: { Arn: { Value: !GetAtt Alarm.Arn } }
`;
const ON_LETTERS =
  'Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt Letters.QueueName }], Statistic: Maximum, Period: 60, Threshold: 0.5, TreatMissingData: notBreaching';

describe('AWS::CloudWatch::Alarm', () => {
  it('watches a metric of a queue, and says that it stays silent', () => {
    const { deployment } = standing(alarm(`AlarmName: dead, ${ON_LETTERS}`));
    expect(deployment.outputs.Arn).toBe('arn:aws:cloudwatch:eu-central-1:123456789012:alarm:dead');
    expect(deployment.notices).toEqual(['Alarms are accepted and stay silent: no metric is measured in a run.']);
  });

  it.each([
    ['Statistic: Median', 'Statistic must be'],
    ['Metrics: []', 'Metrics is not simulated. Name one metric with MetricName instead.'],
    ['Metric: Errors', 'has no property «Metric»'],
  ])('is refused with a wrong setting: %s', (properties, words) => {
    expect(findingsOf(alarm(properties))[0]).toContain(words);
  });
});

describe('calls', () => {
  it('are refused by name', () => {
    expect(new ServiceForTests(CLOUDWATCH).errorOf('PutMetricData', {}).message).toBe(
      'CloudWatch PutMetricData is not simulated.',
    );
  });
});
