/**
 * What must be true of the template of lab 6: its sizes follow their parameters.
 */

import type { FollowedValue, TemplateCheck } from '../../lab.ts';

/** Values that neither the story nor a scenario uses. */
const PROBES = { LegacyCapacity: '7', MaxReceives: '4', HiddenSeconds: '41' } as const;

export const templateChecks: readonly TemplateCheck[] = [
  {
    id: 'legacy-is-a-parameter',
    task: 1,
    title: 'the legacy system is the one that the parameter names',
    points: 1,
    guard: true,
    hintId: 'legacy-literal',
    follows: [
      {
        logicalId: 'Stock',
        property: 'Environment.Variables.LEGACY_FUNCTION',
        parameter: 'LegacyFunctionName',
        probe: 'another-system',
      },
    ],
  },
  {
    id: 'capacity-is-a-parameter',
    task: 2,
    title: 'the cap in the template follows LegacyCapacity',
    points: 1,
    hintId: 'capacity-literal',
    follows: [
      {
        logicalId: 'StockEvents',
        property: 'ScalingConfig.MaximumConcurrency',
        parameter: 'LegacyCapacity',
        probe: PROBES.LegacyCapacity,
      },
      // A reservation beside the maximum is allowed. One that stays as it is refuses batches in a larger size.
      {
        logicalId: 'Stock',
        property: 'ReservedConcurrentExecutions',
        parameter: 'LegacyCapacity',
        probe: PROBES.LegacyCapacity,
        mayBeAbsent: true,
      },
    ],
  },
  {
    id: 'patience-is-a-parameter',
    task: 2,
    title: 'how often and how long messages wait follows MaxReceives and HiddenSeconds',
    points: 1,
    guard: true,
    hintId: 'patience-literal',
    follows: ['BillQueue', 'StockQueue'].flatMap(patienceOf),
  },
];

function patienceOf(logicalId: string): readonly FollowedValue[] {
  return [
    {
      logicalId,
      property: 'RedrivePolicy.maxReceiveCount',
      parameter: 'MaxReceives',
      probe: PROBES.MaxReceives,
      mayBeAbsent: true,
    },
    { logicalId, property: 'VisibilityTimeout', parameter: 'HiddenSeconds', probe: PROBES.HiddenSeconds },
  ];
}
