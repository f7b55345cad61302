/**
 * AWS::CloudWatch::Alarm: accepted, and silent. No metric is measured in a run, so no alarm changes its state.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
 */

import { lifeWithoutCalls, type ResourceType } from '../../contract/resource-type.ts';
import { accepted, FLAG, type Member, refused, type Shape, TAGS, TEXT } from '../../contract/shape.ts';

/** ARNs of topics, functions and the like, at most five of a kind. */
const ACTIONS: Member = accepted({ kind: 'list', of: TEXT, max: 5 });

const DIMENSIONS: Shape = {
  kind: 'list',
  max: 30,
  of: {
    kind: 'record',
    members: {
      Name: accepted({ kind: 'text', min: 1, max: 255 }),
      Value: accepted({ kind: 'text', min: 1, max: 1_024 }),
    },
    required: ['Name', 'Value'],
  },
};

const COMPARISONS = [
  ...['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'],
];
/** Comparisons with a band that AWS learns from the past. */
const WITH_A_BAND = [
  ...['LessThanLowerOrGreaterThanUpperThreshold', 'LessThanLowerThreshold', 'GreaterThanUpperThreshold'],
];

export const CLOUDWATCH_ALARM: ResourceType = {
  name: 'AWS::CloudWatch::Alarm',
  properties: {
    ActionsEnabled: accepted(FLAG),
    AlarmActions: ACTIONS,
    AlarmDescription: accepted({ kind: 'text', max: 1_024 }),
    AlarmName: accepted({ kind: 'text', min: 1, max: 255 }),
    ComparisonOperator: accepted({ kind: 'choice', of: COMPARISONS, refused: WITH_A_BAND }),
    DatapointsToAlarm: accepted({ kind: 'whole-number', min: 1 }),
    Dimensions: accepted(DIMENSIONS),
    EvaluateLowSampleCountPercentile: accepted({ kind: 'choice', of: ['evaluate', 'ignore'] }),
    EvaluationCriteria: refused('Name a metric, its statistic and a threshold instead.'),
    EvaluationInterval: refused(),
    EvaluationPeriods: accepted({ kind: 'whole-number', min: 1 }),
    ExtendedStatistic: accepted(TEXT),
    InsufficientDataActions: ACTIONS,
    MetricName: accepted({ kind: 'text', min: 1, max: 255 }),
    Metrics: refused('Name one metric with MetricName instead.'),
    Namespace: accepted({ kind: 'text', min: 1, max: 255 }),
    OKActions: ACTIONS,
    Period: accepted({ kind: 'whole-number', min: 10 }),
    Statistic: accepted({ kind: 'choice', of: ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'] }),
    Tags: accepted(TAGS),
    Threshold: accepted({ kind: 'number', min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY }),
    ThresholdMetricId: refused('Give it a Threshold instead.'),
    TreatMissingData: accepted({ kind: 'choice', of: ['breaching', 'notBreaching', 'ignore', 'missing'] }),
    Unit: accepted(TEXT),
  },
  required: ['ComparisonOperator'],
  naming: { property: 'AlarmName', maxLength: 255 },
  ref: (name) => name,
  attributes: (name, { region, accountId }) => ({ Arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}` }),
  refusedAttributes: {},
  calls: () => [],
  life: lifeWithoutCalls([]),
  notice: 'Alarms are accepted and stay silent: no metric is measured in a run.',
};
